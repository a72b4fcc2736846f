"""The pages of the site, without building it: one for every rule, model and key, with links that lead somewhere."""

from __future__ import annotations

import html
import posixpath
import re
from functools import cache
from pathlib import Path

import pytest

from promptlint import models, rules
from promptlint.brief.compiling import TABLES
from promptlint.brief.knowledge import BUILTIN, read_families, terms_of
from promptlint.checks import KINDS
from promptlint.cli import main
from tools.docs import config_keys, schemas, site

_CODE = re.compile(r"<pre><code>(.*?)</code></pre>")
_TAG = re.compile(r"</?(?:mark|ins)>")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^(`{3,})\w*\n.*?^\1$", re.MULTILINE | re.DOTALL)


@cache
def pages() -> dict[str, str]:
    return site.pages()


def shown(path: str) -> list[str]:
    """Return the prompts that a page shows, as their authors wrote them."""
    found = [html.unescape(_TAG.sub("", words)) for words in _CODE.findall(pages()[path])]
    return [re.sub(r"⟨U\+([0-9A-F]{4,6})⟩", lambda match: chr(int(match.group(1), 16)), words) for words in found]


@pytest.mark.parametrize("rule", rules.builtin(), ids=lambda rule: rule.name)
class TestRule:
    def test_its_page_shows_its_examples_as_they_are(self, rule: rules.Rule) -> None:
        prompts = shown(f"rules/{rule.name}.md")
        for example in rule.file.examples:
            assert (example.bad or example.good) in prompts
            if example.fixed is not None and example.fixed != example.bad:
                assert example.fixed in prompts

    def test_its_page_marks_what_is_found(self, rule: rules.Rule) -> None:
        page = pages()[f"rules/{rule.name}.md"]
        marked = {html.unescape(words) for words in re.findall(r"<mark>(.*?)</mark>", page)}
        plain = {find for one in rule.file.examples if one.bad for find in one.finds if find.isprintable()}
        assert {find for find in plain if not any(find in one for one in marked)} == set()

    def test_the_index_links_to_it(self, rule: rules.Rule) -> None:
        assert f"]({rule.name}.md) | {rule.code} | {rule.file.severity} |" in pages()["rules/index.md"]


@pytest.mark.parametrize("name", models.catalogue())
def test_every_model_has_a_page_with_its_names_and_its_sources(name: str) -> None:
    model = models.catalogue()[name]
    page = html.unescape(pages()[f"models/{name}.md"])
    assert page.startswith(f"# {model.title}\n")
    assert all(f"<code>{alias}</code>" in page for alias in model.aliases)
    assert page.rpartition("## Sources")[2].count("\n* ") == len(model.sources)
    assert f"]({name}.md) |" in pages()["models/index.md"]


def test_every_key_of_the_configuration_is_told_of_and_nothing_else_is() -> None:
    assert sorted(config_keys.told()) == sorted(config_keys.key_names())
    headings = re.findall(r"^##+ (.+)$", html.unescape(pages()["configuration.md"]), re.MULTILINE)
    assert set(config_keys.key_names()) <= set(headings)


def test_keys_say_what_they_may_be_and_what_holds_without_them() -> None:
    page = pages()["configuration.md"]
    assert "<code>error</code> or <code>warning</code> or <code>info</code>; by default <code>warning</code>." in page
    assert "Value: whole number, 0 or more." in page


def test_every_concept_stands_on_the_page_of_its_section() -> None:
    concepts = {concept for path in BUILTIN.glob("*.yaml") if path.name not in TABLES for concept in _concepts(path)}
    missing = [
        name
        for name, section in concepts
        if f"| <code>{name}</code> |" not in pages()[f"knowledge/concepts-{section}.md"]
    ]
    assert len(concepts) > 1000
    assert missing == []


def _concepts(path: Path) -> set[tuple[str, str]]:
    return {(concept.name, concept.section) for family in read_families(path) for concept, _ in terms_of(family)}


def test_films_and_lights_have_their_figures() -> None:
    films, lights = pages()["knowledge/films.md"], pages()["knowledge/light.md"]
    assert re.search(r"^\| Kodak Portra 400 \| 400 \| color-negative \| daylight \| current \|", films, re.MULTILINE)
    assert re.search(r"^\| .*\| 1000 to 2100 \|.*light\.source\.candle", lights, re.MULTILINE)


def test_every_kind_of_check_every_command_and_every_schema_is_described() -> None:
    assert all(f"### <code>{kind}</code>" in pages()["writing-rules.md"] for kind in KINDS)
    commands = main.list_commands(None)  # type: ignore[arg-type]
    assert all(f"## promptlint {name}\n" in pages()["command-line.md"] for name in commands)
    assert all(f"schemas/{name}.md" in pages() for name in schemas.schema_names())
    assert len(schemas.schema_names()) >= 2


def test_the_navigation_names_every_page_once() -> None:
    assert sorted(site.paths_in(site.nav())) == sorted(pages())


def test_no_two_pages_differ_in_case_only() -> None:
    assert len({path.casefold() for path in pages()}) == len(pages())


def test_links_lead_to_pages() -> None:
    dead = []
    for path, page in pages().items():
        for target in _LINK.findall(_FENCED.sub("", page)):
            if not target.startswith(("https://", "http://", "#")) and not target.endswith(".schema.json"):
                there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target.partition("#")[0]))
                if there not in pages():
                    dead.append(f"{path}: {target}")
    assert dead == []


def test_what_a_page_asks_for_is_in_its_place() -> None:
    assert [path for path, page in pages().items() if "<!-- insert" in page] == []


def test_every_page_has_one_title() -> None:
    for path, page in pages().items():
        assert len(re.findall(r"^# ", _FENCED.sub("", page), re.MULTILINE)) == 1, path

"""Rules and knowledge as a whole: what each file has to have, and what no two of them may share."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from promptlint import rules
from promptlint.brief import lexicon
from promptlint.brief.compiling import TABLES
from promptlint.brief.knowledge import BUILTIN, read_families, read_yaml, terms_of
from promptlint.brief.reader import _QUANTITIES

RULES = rules.builtin()
FAMILIES = sorted(path for path in BUILTIN.glob("*.yaml") if path.name not in TABLES)
KEBAB = re.compile(r"[a-z]+(?:-[a-z]+)*")
SENTENCE = re.compile(r"[.!?](?=\s|$)")


def by_name(rule: rules.Rule) -> str:
    return rule.name


def test_names_and_codes_are_given_once() -> None:
    names = Counter(word for rule in RULES for word in (rule.name, rule.code))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_file_is_a_rule() -> None:
    assert len(RULES) == len(list(rules.builtin_folder().rglob("*.yaml"))) >= 13


@pytest.mark.parametrize("rule", RULES, ids=by_name)
class TestRule:
    def test_it_stands_where_its_name_and_section_say(self, rule: rules.Rule) -> None:
        assert KEBAB.fullmatch(rule.name)
        assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
        assert rule.path.parts[-2:] == (rule.file.section, f"{rule.name}.yaml")

    def test_it_says_why_in_two_sentences_or_more(self, rule: rules.Rule) -> None:
        assert len(SENTENCE.findall(rule.file.why)) >= 2

    def test_its_summary_is_one_line_and_its_source_is_named(self, rule: rules.Rule) -> None:
        assert rule.file.summary == rule.file.summary.strip().rstrip(".")
        assert "\n" not in rule.file.summary
        assert rule.file.source

    def test_it_has_three_bad_and_three_good_examples(self, rule: rules.Rule) -> None:
        examples = rule.file.examples
        assert sum(one.bad is not None for one in examples) >= 3
        assert sum(one.good is not None for one in examples) >= 3
        texts = Counter(
            (one.bad or one.good, one.negative, one.model, one.before, *one.parameters.items()) for one in examples
        )
        assert max(texts.values()) == 1

    def test_a_fix_that_it_claims_is_shown_by_an_example(self, rule: rules.Rule) -> None:
        shown = [one for one in rule.file.examples if one.fixed is not None or one.fixed_negative is not None]
        assert bool(rule.file.fixes) == bool(shown)

    def test_its_names_are_known(self, rule: rules.Rule) -> None:
        assert rules.read_rule(rule.path, known()) == rule.file


@cache
def known() -> set[str]:
    """Return every concept that a mention can have, and all names above them."""
    table = lexicon.load()
    names = {prefix for _, concept in table.items() for prefix in concept.prefixes}
    made = [row["become"] for row in table.tables.context]
    for name in (*made, *_QUANTITIES):
        parts = name.split(".")
        names |= {".".join(parts[:count]) for count in range(1, len(parts) + 1)}
    return names | {f"scene:{name}" for name in table.tables.scenes}


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.stem)
def test_a_file_of_knowledge_holds_families_with_terms(path: Path) -> None:
    for family in read_families(path):
        assert list(terms_of(family)), family.family
        for concept, term in terms_of(family):
            assert re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", concept.name), concept.name
            assert term.strip() == term != "", concept.name


@pytest.mark.parametrize("name", ["context.yaml", "intent.yaml", "targets.yaml"])
def test_the_tables_name_known_concepts(name: str) -> None:
    named = {word for word in words(read_yaml(BUILTIN / name)) if "." in word}
    assert named - known() == set()


def words(value: Any) -> list[str]:
    """Return all strings of nested lists and values of maps."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for one in value.values() for word in words(one)]
    return [word for one in value for word in words(one)] if isinstance(value, list) else []

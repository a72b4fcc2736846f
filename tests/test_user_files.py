"""Rules and knowledge of users: a mistake is one line that names the file, the line, the key and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from promptlint import rules
from promptlint.brief import reader
from promptlint.config import read
from promptlint.errors import ConfigError, KnowledgeError, PromptlintError, RuleError
from promptlint.linter import linter_for
from promptlint.rules import read_rule, with_user_rules

if TYPE_CHECKING:
    from pathlib import Path

CONCEPTS = reader().concepts

RULE = """\
name: house-window
code: HSE001
section: lighting
severity: warning
presets: [five]
intents: [portrait, photo]
summary: A window
why: Windows are for other houses. This one has lamps.
source: the house
check:
  kind: wording
  of: [light.source.window]
  unless:
    - light.source.moon
message: no "{phrase}" here
fixes:
  - {replace: lamp light, when: [place.indoor]}
  - remove: true
examples:
  - bad: a barn, window light
    finds: [window light]
  - good: a barn
    model: sdxl
"""

CONFLICT = """check:
  kind: conflict
  pairs:
    - one: {of: [film.stock]}
      other: {of: [light.source.window]}
      because: it is so
      within: prompt
      unless:
        - {of: [light.source.moon]}
"""

BROKEN_RULES = [
    ("name: house-window", "name: [house-window", ":2: not valid YAML: "),
    ("name: house-window", "name: house-window\nname: house", ':2: not valid YAML: the key "name" is there twice'),
    ("name: house-window", "name: House Window", ':1: name: "House Window" is not small letters and digits, joined by'),
    ("code: HSE001", "code: window", ':2: code: "window" is not capitals and a number, such as HSE001'),
    ("why: W", "whyy: W", ':8: whyy: unknown key "whyy"; did you mean "why"?'),
    ("source: the house\n", "", ':1: the key "source" is missing'),
    ("summary: A window", "summary: [A window]", ":7: summary: expected text, got a list"),
    ("summary: A window", "summary: 35", ":7: summary: expected text, got a whole number (35); put it in quotes"),
    ("section: lighting", "section: lightning", ':3: section: no section "lightning"; did you mean "lighting"?'),
    (
        "severity: warning",
        "severity: warn",
        ':4: severity: "warn" is none of error, warning, info; did you mean "warning"?',
    ),
    ("presets: [five]", "presets: [five, most]", ':5: presets: "most" is none of all, brief, five, recommended'),
    ("[portrait, photo]", "[portrait, foto]", ':6: intents: "foto" is none of artwork, edit, photo, portrait; did you'),
    ("kind: wording", "kind: wordng", ':11: check.kind: unknown kind "wordng"; did you mean "wording"?'),
    ("  kind: wording\n", "", ":10: check.kind: missing; it is one of absence, clash, "),
    ("  of: [light", "  off: [light", ':12: check.off: unknown key "off"; did you mean "of"?'),
    ("  of: [light.source.window]\n", "", ':10: check: the key "of" is missing'),
    ("of: [light.source.window]", "of: light.source.window", ":12: check.of: expected a list, got text"),
    (
        "of: [light.source.window]",
        "of: [light.source.windw]",
        ':12: check.of: no concept "light.source.windw"; did you mean "light.source.window"?',
    ),
    ("- light.source.moon", "- light.source.mooon", ':14: check.unless: no concept "light.source.mooon"; did you mean'),
    ("when: [place.indoor]", "when: [place.indor]", ':17: fixes.when: no concept "place.indor"; did you mean'),
    ("{replace: lamp light, when", "{when", ":17: fixes: each needs exactly one of replace, insert, remove, attribute"),
    ("- remove: true", "- remove: true\n    insert: x", ":18: fixes: each needs exactly one of"),
    ("- remove: true", "- remove: some", ':18: fixes.remove: "some" is none of other, this'),
    ("- remove: true", "- edit: true", ":18: fixes: an edit needs a title that says what is done"),
    ("- remove: true", "- insert: x\n    section: lamps", ':19: fixes.section: no section "lamps"'),
    ("- remove: true", "- remove: true\n    unles: [light]", ':19: fixes.unles: unknown key "unles"; did you mean'),
    ("  - good: a barn\n    model", "  - model", ":22: examples: each is either bad or good"),
    ("  - good: a barn\n", "  - good: a barn\n    bad: a\n", ":22: examples: each is either bad or good"),
    ("model: sdxl", "model: sdxll", ':23: examples.model: no model "sdxll"; did you mean "sdxl"?'),
    ("finds: [window light]", "find: [window light]", ':21: examples.find: unknown key "find"; did you mean "finds"?'),
]

BROKEN_CONFLICTS = [
    ("of: [film.stock]", "of: [film.stok]", ':13: check.pairs.one.of: no concept "film.stok"; did you mean'),
    ("within: prompt", "within: sentense", ':16: check.pairs.within: "sentense" is none of near, phrase, prompt, sent'),
    ("{of: [light.source.moon]}", "light.source.mon", ':18: check.pairs.unless: no concept "light.source.mon"; did'),
    ("{of: [light.source.moon]}", "{off: []}", ':18: check.pairs.unless.off: unknown key "off"; did you mean "of"?'),
]

BROKEN_PARTS = [
    ("dawn: [light.time]", "dawn: [light.tme]", ':14: check.parts.dawn: no concept "light.tme"; did you mean'),
    ("dawn: [light.time]", "dawn: light.time", ":14: check.parts.dawn: expected a list, got text"),
]

KNOWLEDGE = """\
- family: house.lamp
  section: lighting
  forms: ["{} light"]
  names: [oil lamp]
  attributes: {kelvin: 1900}
  concepts:
    tall: [tall lamp]
    short:
      names: [short lamp]
      terms: [the short one]
"""

BROKEN_KNOWLEDGE = [
    ("forms: [", "forms: [[", ":4: not valid YAML: "),
    ("- family", "family", ":2: not valid YAML: "),
    ("  section: lighting\n", "", ':1: the key "section" is missing'),
    ("section: lighting", "section: lightning", ':2: section: no section "lightning"; did you mean "lighting"?'),
    ("section: lighting", "section: lamps", ":2: section: no section"),
    ("family: house.lamp", "family: House Lamp", ':1: family: "House Lamp" is not small letters and digits'),
    ("{} light", "light", ':3: forms: "light" has no {} where the name goes'),
    ("names: [oil lamp]", "names: [35]", ":4: names: expected text, got a whole number (35); put it in quotes"),
    ("names: [oil lamp]", "nmes: [oil lamp]", ':4: nmes: unknown key "nmes"; did you mean "names"?'),
    ("kelvin: 1900", "kelvin: {low: 3}", ":5: attributes.kelvin: expected "),
    ("kelvin: 1900", "opposite: 3", ":5: attributes.opposite: is no text"),
    ("kelvin: 1900", "opposite_unless: light", ":5: attributes.opposite_unless: is no list of concepts"),
    ("kelvin: 1900", "opposite_unless: [lite]", ':5: attributes.opposite_unless: no concept "lite"; did you mean'),
    ("kelvin: 1900", "opposite_section: lamps", ':5: attributes.opposite_section: no section "lamps"'),
    ("tall: [tall lamp]", "tall: [true]", ":7: concepts.tall: expected text, got true or false"),
    ("tall: [tall lamp]", "tall: 3", ":7: concepts.tall: expected keys with values or a list, got a whole number (3)"),
    ("names: [short", "nams: [short", ':9: concepts.short.nams: unknown key "nams"; did you mean "names"?'),
    ("the short one", "a b c d e f g h i", ':10: concepts.short.terms: "a b c d e f g h i" has more than 8 words'),
    ("the short one", '"!!"', ':10: concepts.short.terms: "!!" holds no word'),
]


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def check_of(text: str, check: str) -> str:
    """Return a rule with another check."""
    start, end = text.index("check:"), text.index("message:")
    return text[:start] + check + text[end:]


def test_the_rule_is_right_before_it_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(RULE)
    assert read_rule(path, CONCEPTS).name == "house-window"


@pytest.mark.parametrize(("old", "new", "said"), BROKEN_RULES)
def test_a_mistake_in_a_rule(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert_said(tmp_path, replaced(RULE, old, new), said)


@pytest.mark.parametrize(("old", "new", "said"), BROKEN_CONFLICTS)
def test_a_mistake_in_a_pair(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert_said(tmp_path, check_of(RULE, replaced(CONFLICT, old, new)), said)


@pytest.mark.parametrize(("old", "new", "said"), BROKEN_PARTS)
def test_a_mistake_under_a_name_of_the_users_own(tmp_path: Path, old: str, new: str, said: str) -> None:
    check = "check:\n  kind: parts\n  least: 1\n  parts:\n    dawn: [light.time]\n    dusk: [light]\n"
    assert_said(tmp_path, check_of(RULE, replaced(check, old, new)), said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", ":1: the file is empty"),
        (b"- a\n- b\n", ":1: expected keys with values, got a list"),
        (b"name: \xff\n", ": can't be read: it is not UTF-8 (byte 6)"),
        (b"name: a\x00b\n", ": not valid YAML: "),
        (b"name: !!python/object:os.system x\n", ":1: not valid YAML: could not determine a constructor"),
        (b"&a [*a]\n", ":1: expected keys with values, got a list"),
        (b"name: &a [*a]\n", ":1: name: expected text, got a list"),
    ],
    ids=["empty", "list", "bytes", "nul", "object", "loop", "inner-loop"],
)
def test_what_is_no_rule_at_all(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    with pytest.raises(RuleError) as caught:
        read_rule(path, CONCEPTS)
    assert str(caught.value).startswith(f"{path}{said}")
    assert "\n" not in str(caught.value)


def assert_said(folder: Path, text: str, said: str) -> None:
    path = folder / "own.yaml"
    path.write_text(text)
    with pytest.raises(RuleError) as caught:
        read_rule(path, CONCEPTS)
    assert str(caught.value).startswith(f"{path}{said}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("old", "new", "said"), BROKEN_KNOWLEDGE)
def test_a_mistake_in_knowledge(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert_knowledge(tmp_path, replaced(KNOWLEDGE, old, new), said)


def test_knowledge_that_says_otherwise_of_a_concept_that_is_there(tmp_path: Path) -> None:
    there = "- {family: light.source.window, section: lighting, terms: [pane shine]}\n"
    assert_knowledge(tmp_path, there.replace("lighting", "film"), ":1: section: ")
    changed = there.replace("terms", "attributes: {kelvin: 3}, terms")
    assert_knowledge(tmp_path, changed, ':1: family: "light.source.window" is there already, with other attributes')
    (tmp_path / "words.yaml").write_text(there)
    assert reader((tmp_path / "words.yaml",)).concepts == CONCEPTS


def assert_knowledge(folder: Path, text: str, said: str) -> None:
    path = folder / "words.yaml"
    path.write_text(text)
    with pytest.raises(KnowledgeError) as caught:
        reader((path,))
    assert str(caught.value).startswith(f"{path}{said}")
    assert "\n" not in str(caught.value)


def test_names_and_codes_are_given_once(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(RULE)
    assert_taken(second, RULE, [first, second], f':1: name: "house-window" is already the name of {first}')
    same_code = RULE.replace("house-window", "house-moon")
    assert_taken(
        second, same_code, [first, second], f':2: code: "HSE001" is already the code of "house-window" ({first})'
    )
    builtin_code = RULE.replace("HSE001", "LIT001")
    assert_taken(second, builtin_code, [second], ':2: code: "LIT001" is already the code of "vague-lighting"')


def assert_taken(path: Path, text: str, paths: list[Path], said: str) -> None:
    path.write_text(text)
    with pytest.raises(RuleError) as caught:
        with_user_rules(paths, CONCEPTS)
    assert str(caught.value) == f"{path}{said}"


def test_a_rule_of_a_built_in_name_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(RULE.replace("house-window", "vague-lighting").replace("HSE001", "LIT001"))
    found = with_user_rules([path], CONCEPTS)
    assert len(found) == len(rules.builtin())
    assert next(rule for rule in found if rule.code == "LIT001").path == path


def test_a_rule_may_name_concepts_of_the_users_knowledge(tmp_path: Path) -> None:
    (tmp_path / "rule.yml").write_text(RULE.replace("light.source.window", "house.lamp.tall"))
    (tmp_path / "words.yaml").write_text(KNOWLEDGE)
    (tmp_path / "promptlint.toml").write_text('rules = ["rule.yml"]\nknowledge = ["words.yaml"]\nselect = ["HSE001"]\n')
    config = read(tmp_path / "promptlint.toml")
    assert config is not None
    [found] = linter_for(config).lint("photo of a barn, tall lamp light").diagnostics
    assert found.message == 'no "tall lamp light" here'
    (tmp_path / "promptlint.toml").write_text('rules = ["."]\n')
    config = read(tmp_path / "promptlint.toml")
    assert config is not None
    with pytest.raises(PromptlintError, match=r'rule\.yml:12: check\.of: no concept "house\.lamp\.tall"'):
        _ = config.all_rules


def test_rules_that_are_nowhere(tmp_path: Path) -> None:
    (tmp_path / "promptlint.toml").write_text('rules = ["gone"]\n')
    config = read(tmp_path / "promptlint.toml")
    assert config is not None
    with pytest.raises(ConfigError, match='rules: no file or folder "gone"'):
        _ = config.all_rules


def test_words_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(RULE.replace("summary: A window", "summary: no").replace("the house", "2026-01-01"))
    rule = read_rule(path, CONCEPTS)
    assert (rule.summary, rule.source) == ("no", "2026-01-01")
    plain: Any = yaml.safe_load("no")
    assert plain is False

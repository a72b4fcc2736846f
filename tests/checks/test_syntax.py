"""The way a prompt is written down: what is a mistake, what is none, and what the fixes make of it."""

from __future__ import annotations

import pytest
from hypothesis import given

from promptlint import syntax
from promptlint.brief import reader
from promptlint.errors import RuleError
from promptlint.linter import Linter
from promptlint.rules import Rule, builtin, read_rule
from tests.strategies import prompts

RULES = {rule.name: rule for rule in builtin() if rule.file.section == "syntax"}


def linter(*names: str) -> Linter:
    return Linter([RULES[name] for name in names or RULES], reader())


def found(name: str, text: str, negative: str | None = None) -> list[str]:
    parts = {"positive": text, "negative": negative or ""}
    return [parts[one.part][slice(*one.span)] for one in linter(name).lint(text, negative).diagnostics]


def fixed(text: str) -> str:
    return linter().fix(text).text


@pytest.mark.parametrize(
    "text",
    [
        "three loaves: 1) rye 2) wheat 3) spelt",
        "a) rye, b) wheat",
        "a happy baker :) and a sad one :(",
        "a man 6'2\" tall",
        "a 5'9” baker and a 24\" wheel",
        '"a baker\nin her shop"',
        "“a baker\n\nin her shop”",
        "a baker （in her shop)",
        "a baker (in her shop）",
        "name_\\(series\\), a baker\\)",
        '{"text": "she says "good morning" to all", "light": "window"}',
    ],
)
def test_no_bracket_is_missing(text: str) -> None:
    assert found("unbalanced-bracket", text) == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("(soft light:1.2, flour", "(soft light:1.2), flour"),
        ("window light, (flour on her hands", "window light, (flour on her hands)"),
        ("window light), flour", "window light, flour"),
        ("window light ), flour", "window light, flour"),
        ('"window light, flour', "window light, flour"),
        ("window light, flour]", "window light, flour"),
        ("soft light:1.2), flour", "soft light:1.2), flour"),
        ("(soft light, flour, 35mm", "(soft light, flour, 35mm"),
        ("a (b] c", "a (b] c"),
    ],
)
def test_a_lone_bracket_is_mended_where_one_place_is_possible(text: str, after: str) -> None:
    assert fixed(text) == after


def test_many_brackets_are_one_finding() -> None:
    assert len(found("unbalanced-bracket", "((((((a")) == 1


def test_a_bracket_that_a_comment_swallows_is_the_comments_mistake() -> None:
    text = "(rim light:1.2), a wall (#222222), flour"
    assert found("unbalanced-bracket", text) == []
    assert fixed(text) == "(rim light:1.2), a wall (222222), flour"


@pytest.mark.parametrize(
    "text",
    [
        "(rim light:1.2)",
        "(rim light: 0.4 )",
        "(rim light:0)",
        "(note: wet hair), (a:1.1)",
        "(ratio 16:9), (a:1.1)",
        "(a:b)",
    ],
)
def test_these_weights_are_numbers(text: str) -> None:
    assert found("invalid-weight", text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("(rim light:1,2)", ["1,2"]),
        ("<lora:grain:0,8> a baker", ["0,8"]),
        ("(rim light:-1)", ["-1"]),
        ("(rim light:2.5)", ["2.5"]),
        ("(rim light:abc), (flour:1.2)", ["abc"]),
        ("(rim light:1.2x), (flour:1.2)", ["1.2x"]),
        ("(rim light:), (flour:1.2)", [":"]),
    ],
)
def test_these_weights_are_wrong(text: str, words: list[str]) -> None:
    assert found("invalid-weight", text) == words


def test_the_negative_prompt_is_read_as_well_and_mended_in_its_place() -> None:
    result = linter().fix("a baker, flour", "plastic skin,, (bad hands:1,4)")
    assert (result.text, result.negative) == ("a baker, flour", "plastic skin, (bad hands:1.4)")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a,, b", "a, b"),
        ("a , , b", "a, b"),
        ("a,, , b", "a, b"),
        ("a,\n, b", "a,\nb"),
        ("a, b,", "a, b"),
        ("a, b,\n", "a, b\n"),
        ("a, b, --ar 3:4", "a, b --ar 3:4"),
        (", a, b", "a, b"),
        ("a, (), b", "a, b"),
        ("a, b ()", "a, b"),
        ("(), a, b", "a, b"),
        ("a, (:1.2), b", "a, b"),
        ("a, [], b", "a, b"),
        ("an icon of [] in blue", "an icon of [] in blue"),
    ],
)
def test_what_holds_nothing_goes(text: str, after: str) -> None:
    assert fixed(text) == after


@pytest.mark.parametrize(
    "text", ["a,\nb", "draw() a, b", "- [ ] a\n- [ ] b", "props: [], a", '{"a": [], }', 'a, "b,, c d", e f g']
)
def test_nothing_is_empty(text: str) -> None:
    assert found("empty-clause", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "{name} in {{ place }}",
        "[GENDER] at work",
        "${name}",
        'a sign "TODO" on the wall',
        "<name>Ann</name>",
        "her todo list",
        "<lora:name:1>",
    ],
)
def test_holes_of_templates_are_left_alone(text: str) -> None:
    assert found("unresolved-placeholder", text) == []


@pytest.mark.parametrize("text", ["a website mockup with lorem ipsum text", "lorem ipsum as body copy"])
def test_dummy_text_may_be_wanted(text: str) -> None:
    assert found("unresolved-placeholder", text) == []


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a baker，flour：white", "a baker, flour: white"),
        ("a baker（old）in her shop", "a baker (old) in her shop"),
        ("a\u200b baker\ufeff", "a baker"),
        ("a \u202ebaker", "a baker"),
        ("烘焙师，面粉", "烘焙师，面粉"),
        ("a sign “面包，新鲜”, flour", "a sign “面包，新鲜”, flour"),
        ("the baker’s “bread”, flour", "the baker’s “bread”, flour"),
        ("a baker \U0001f469\u200d\U0001f373", "a baker \U0001f469\u200d\U0001f373"),
        ("{“light”: “window”}", '{"light": "window"}'),
    ],
)
def test_characters_that_only_look_right(text: str, after: str) -> None:
    assert fixed(text) == after


@pytest.mark.parametrize(
    "text",
    [
        "a wall in #222222",
        "(a wall:1.2) # was 1.4",
        "# second try\n(a wall:1.2)",
        "a wall (3:4) in #222222",
        "(x: 1, y: 0.2) #222222",
    ],
)
def test_no_words_are_lost_to_a_comment(text: str) -> None:
    assert found("comment-swallows-text", text) == []


@given(prompts)
def test_fixes_hold_for_any_text(text: str) -> None:
    result = linter().fix(text)
    again = linter().fix(result.text, result.negative)
    assert (again.text, again.applied) == (result.text, [])
    assert syntax.parse(result.text).to_text() == result.text


def test_an_edit_needs_a_title_and_stands_alone(tmp_path: object) -> None:
    rule: Rule = RULES["empty-clause"]
    text = rule.path.read_text("utf-8")
    path = rule.path.__class__(str(tmp_path)) / "rule.yaml"
    path.write_text(text.replace(', title: "take it out"', ""), "utf-8")
    with pytest.raises(RuleError, match="title"):
        read_rule(path)
    path.write_text(text.replace("edit: true", "edit: true, remove: true"), "utf-8")
    with pytest.raises(RuleError, match="exactly one"):
        read_rule(path)

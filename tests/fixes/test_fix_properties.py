"""Fixes are surgical, verified and stable, whatever the prompt."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

import promptlint
from promptlint.config import Config
from promptlint.diagnostics import Applicability, Edit
from promptlint.files import FileReport, fix_source, lint_source
from promptlint.fixes import EditedText, Question, apply_edits
from promptlint.linter import Linter, linter_for
from promptlint.rules import Rule, builtin
from promptlint.source import SourceText, Span
from promptlint.syntax import Node, parse
from tests.strategies import prompts

DOUBLED = re.compile(r"[,;|][ \t]*[,;|]|\b(?:and|with|in) (?:and|with|in)\b")


def linter() -> Linter:
    return linter_for(Config().with_options(preset="all"))


@settings(max_examples=150, deadline=None)
@given(prompts, st.booleans())
def test_a_second_run_changes_nothing(text: str, unsafe: bool) -> None:
    once = promptlint.fix_text(text, preset="all", unsafe=unsafe)
    twice = promptlint.fix_text(once.text, negative=once.negative, preset="all", unsafe=unsafe)
    assert (twice.text, twice.negative, twice.applied) == (once.text, once.negative, ())


@settings(max_examples=150, deadline=None)
@given(prompts, st.booleans())
def test_fixes_bring_no_finding_and_their_edits_lead_there(text: str, unsafe: bool) -> None:
    lint = linter()
    fixed = lint.fix(text, None, unsafe=unsafe)
    assert apply_edits(text, fixed.edits) == fixed.text
    before = Counter(one.rule for one in lint.lint(text).diagnostics)
    after = Counter(one.rule for one in lint.lint(fixed.text, fixed.negative).diagnostics)
    assert all(after[rule] <= before[rule] for rule in after)


@st.composite
def edit_rounds(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    text = draw(st.text("ab, ", max_size=20))
    rounds = []
    length = len(text)
    for _ in range(draw(st.integers(0, 4))):
        cuts = sorted(draw(st.lists(st.integers(0, length), min_size=2, max_size=4, unique=True)) if length > 1 else [])
        edits = [
            Edit(Span(cuts[at], cuts[at + 1]), draw(st.text("XY", max_size=3))) for at in range(0, len(cuts) - 1, 2)
        ]
        rounds.append(edits)
        length += sum(len(edit.text) - (edit.span.end - edit.span.start) for edit in edits)
    return text, rounds


@settings(max_examples=300, deadline=None)
@given(edit_rounds())
def test_edits_in_rounds_are_one_list_of_edits_of_the_first_text(case: tuple[str, list[list[Edit]]]) -> None:
    text, rounds = case
    edited, expected = EditedText(text), text
    for edits in rounds:
        expected = apply_edits(expected, edits)
        edited.apply(edits)
        assert edited.text == expected
    found = edited.edits()
    assert apply_edits(text, found) == expected
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


@settings(max_examples=150, deadline=None)
@given(prompts, st.booleans())
def test_no_fix_is_left_untried(text: str, unsafe: bool) -> None:
    allowed = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    fixed = linter().fix(text, None, unsafe=unsafe)
    tried = {(one.rule, one.title) for one in fixed.declined}
    assert all(one.reason for one in fixed.declined)
    for one in fixed.remaining:
        assert {(one.rule, fix.title) for fix in one.fixes if fix.applicability in allowed} <= tried


@settings(max_examples=150, deadline=None)
@given(prompts)
@example("(sharp:1.2) and masterpiece and ")
@example("[soft] | [soft] | ")
def test_no_separator_or_conjunction_is_doubled(text: str) -> None:
    fixed = linter().fix(text, None, unsafe=True).text
    assert len(DOUBLED.findall(fixed)) <= len(DOUBLED.findall(text))


@settings(max_examples=150, deadline=None)
@given(prompts, st.sampled_from(["--ar 3:4", "--ar 3:4 --v 7", "--no hats --style raw"]))
def test_nothing_comes_behind_the_parameters(text: str, parameters: str) -> None:
    lint = replace(linter(), dialect="midjourney", rules=[rule for rule in linter().rules if "insert" in ways(rule)])
    fixed = lint.fix(f"{text} {parameters}", None, unsafe=True)
    assert fixed.text.endswith(parameters)


@settings(max_examples=150, deadline=None)
@given(prompts)
def test_nothing_is_put_into_brackets_and_weights(text: str) -> None:
    lint = replace(linter(), dialect="a1111", rules=[rule for rule in linter().rules if ways(rule) == {"insert"}])
    brackets = [node.span for node in parse(text, "a1111").children if isinstance(node, Node)]
    for edit in lint.fix(text, None, unsafe=True).edits:
        if edit.span.start == edit.span.end:
            assert not any(span.start < edit.span.start < len(text[: span.end].rstrip()) for span in brackets)


@settings(max_examples=60, deadline=None)
@given(st.lists(prompts, min_size=1, max_size=3), st.booleans())
@example(["{}", "Negative prompt: cartoon, "], False)
def test_every_byte_of_a_file_outside_its_prompts_stays(texts: list[str], unsafe: bool) -> None:
    # What adds a negative prompt adds it beside the prompt.
    of_negatives = tuple(rule.name for rule in builtin() if rule.file.section == "negative")
    config = Config(root=Path("/")).with_options(preset="all", ignore=of_negatives)
    page = "# Shots\r\n\r\nMagic, 8k.\r\n\r\n" + "".join(
        f"```prompt\n{text}\n```\n\nmasterpiece, {{}}\n" for text in texts
    )
    report = lint_source("/page.md", SourceText(page), config)
    fixed = fix_source(report, config, unsafe=unsafe)
    again = lint_source("/page.md", SourceText(fixed.text), config)
    assert len(again.prompts) == len(report.prompts)
    assert outside(page, report) == outside(fixed.text, again)
    assert fix_source(again, config, unsafe=unsafe).text == fixed.text


def outside(text: str, report: FileReport) -> str:
    """Return a file's text without its prompts."""
    at, out = 0, ""
    parts = [part for one in report.prompts for part in (one.prompt.positive, one.prompt.negative) if part is not None]
    for span in sorted(part.map.source_span(Span(0, len(part.text))) for part in parts):
        out, at = f"{out}{text[at : span.start]}|", max(at, span.end)
    return out + text[at:]


@settings(max_examples=60, deadline=None)
@given(prompts, st.lists(st.integers(0, 3), max_size=12))
def test_choosing_one_by_one_brings_no_finding_and_ends(text: str, numbers: list[int]) -> None:
    lint = linter()
    answers = iter(numbers)

    def ask(question: Question) -> int | None:
        number = next(answers, 9)
        return number if number < len(question.ways) else None

    fixed = lint.choose(text, None, ask)
    assert apply_edits(text, fixed.edits) == fixed.text
    before = Counter(one.rule for one in lint.lint(text).diagnostics)
    after = Counter(one.rule for one in lint.lint(fixed.text, fixed.negative).diagnostics)
    assert all(after[rule] <= before[rule] for rule in after)


def ways(rule: Rule) -> set[str]:
    """Return how a rule's fixes mend."""
    return {"insert" if fix.insert is not None else "other" for fix in rule.file.fixes}

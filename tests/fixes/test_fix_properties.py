"""Fixes are surgical, verified and stable, whatever the prompt."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

import promptlint
from promptlint.config import Config
from promptlint.diagnostics import Edit
from promptlint.fixes import EditedText, apply_edits
from promptlint.linter import Linter, linter_for
from promptlint.source import Span
from tests.strategies import prompts


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

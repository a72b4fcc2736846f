"""Most rules are not asked about a prompt: those that sleep would have found nothing, and many do sleep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given

from promptlint import models
from promptlint.brief import reader
from promptlint.checks import Case, Check, Need, Sign
from promptlint.dispatch import Dispatch
from promptlint.linter import Linter, Previous
from promptlint.rules import Rule, builtin
from tests import strategies

RULES = builtin()
SIGNS = {sign for name, sign in vars(Sign).items() if name.isupper()}
EXAMPLES = [(rule, example) for rule in RULES for example in rule.file.examples]
MOST_ASKED = 0.35
"""Of the rules that speak of a prompt's intent, so many are asked about an average example at most."""


class Watched:
    """What became of each rule that a linter could ask: whether it slept, and what it would have found."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.slept: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.missed: list[tuple[str, str]] = []
        awake = Dispatch.awake

        def watched(dispatch: Dispatch, case: Case) -> list[Rule]:
            found = awake(dispatch, case)
            for rule in dispatch.rules:
                if rule in found:
                    self.asked[rule.name] += 1
                    continue
                self.slept[rule.name] += 1
                if list(rule.find(case)):
                    self.missed.append((rule.name, case.tree.text))
            return found

        monkeypatch.setattr(Dispatch, "awake", watched)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(monkeypatch)


def lint_examples(rules: tuple[Rule, ...]) -> None:
    """Lint the examples of all rules by some rules, and each with its model and, in its place, without any."""
    for _, example in EXAMPLES:
        text = example.bad if example.bad is not None else example.good or ""
        previous = Previous(example.before, example.negative_before) if example.before is not None else None
        model = models.find(example.model) if example.model else None
        for target in [None, model] if model else [None]:
            Linter(rules, reader(), target, parameters=example.parameters).lint(text, example.negative, previous)


def test_who_sleeps_would_have_found_nothing(watched: Watched) -> None:
    lint_examples(RULES)
    assert not watched.missed


def test_who_declares_something_sleeps_at_times_and_is_asked_at_others(watched: Watched) -> None:
    lint_examples(RULES)
    for rule in RULES:
        declares = rule.needs is not None or rule.silencers
        assert bool(watched.slept[rule.name]) == bool(declares), rule.name
        assert watched.asked[rule.name], rule.name


def test_few_rules_are_asked(watched: Watched) -> None:
    lint_examples(RULES)
    asked, slept = watched.asked.total(), watched.slept.total()
    assert asked / (asked + slept) < MOST_ASKED


@given(strategies.prompts, strategies.prompts)
def test_who_sleeps_would_have_found_nothing_in_any_text(text: str, negative: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        watched = Watched(patch)
        Linter(RULES, reader()).lint(text, negative)
        Linter(RULES, reader(), models.find("midjourney-7")).lint(text)
    assert not watched.missed


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_what_is_declared_exists(rule: Rule) -> None:
    known = SIGNS | reader().concepts
    named = {name for need in rule.needs or () for half in need for name in half}
    assert named | set(rule.silencers) <= known
    assert all(need.of for need in rule.needs or ()), "what needs nothing is declared as None"


def made(check: dict[str, Any]) -> Rule:
    """Return a rule with another check."""
    return Rule(msgspec.structs.replace(RULES[0].file, check=check), Path("own.yaml"))


WALL = made({"kind": "range", "of": ["camera.focal-length"], "high": 1, "when": ["light"], "unless": ["camera.tripod"]})
ANY = made({"kind": "near-miss", "terms": ["portrait"]})


def asked(*rules: Rule) -> Callable[[str], list[Rule]]:
    def of(text: str) -> list[Rule]:
        linter = Linter(rules, reader())
        tree = linter._parse(text)
        return Dispatch(rules).awake(Case(tree, linter.understand(text)))

    return of


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("a dog, 50mm, window light", True),
        ("a dog, 50mm", False),
        ("a dog, window light", False),
        ("a dog, no 50mm, window light", False),
        ("a dog, 50mm, window light, on a tripod", False),
    ],
)
def test_a_rule_is_asked_where_both_halves_are_met_and_nothing_silences_it(text: str, is_asked: bool) -> None:
    assert asked(ANY, WALL)(text) == ([ANY, WALL] if is_asked else [ANY])
    assert asked(WALL, ANY)(text) == ([ANY, WALL] if is_asked else [ANY])


def test_a_check_that_declares_nothing_is_always_asked() -> None:
    class Plain(Check, frozen=True):
        pass

    assert Plain().needs is None
    assert not Plain().silencers
    assert asked(ANY)("") == [ANY]


@pytest.mark.parametrize(
    "wrong", [[Need(["film.stock"])], [Need(["light"], ["film.stock"])], []], ids=["other", "half", "nothing"]
)
def test_a_check_that_declares_too_little_is_caught(
    watched: Watched, monkeypatch: pytest.MonkeyPatch, wrong: list[Need]
) -> None:
    told = next(rule for rule in RULES if rule.name == "vague-lighting")
    rule = Rule(told.file, told.path)
    monkeypatch.setattr(type(rule.check), "needs", wrong)
    lint_examples((rule,))
    assert {name for name, _ in watched.missed} == {"vague-lighting"}

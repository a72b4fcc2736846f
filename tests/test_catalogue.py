"""The catalogue of rules: each is there as it was promised, its examples hold and its fixes do what they say."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from promptlint import models, rules
from promptlint.brief import reader
from promptlint.brief.knowledge import read_yaml
from promptlint.diagnostics import Applicability, Fix
from promptlint.fixes.apply import apply_fix
from promptlint.linter import Linter, Previous
from promptlint.testing import check_example

INTENTS = {"P": "portrait", "F": "photo", "A": "artwork", "E": "edit"}


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """A rule as it was promised. `stands` says why what is there differs, key by key: `[what it is, why]`."""

    name: str
    code: str
    preset: str
    severity: str
    on: str
    fixes: str
    stands: dict[str, tuple[str, str]] = {}

    def promised(self, key: str) -> str:
        return self.stands[key][0] if key in self.stands else str(getattr(self, key))


ROWS = msgspec.convert(read_yaml(Path(__file__).with_name("catalogue.yaml")), list[Row])
RULES = {rule.name: rule for rule in rules.builtin()}


class Shown(NamedTuple):
    """A fix that a bad example is offered, and whether it is the first. `mends`: with it the rule finds less."""

    fix: Fix
    first: bool
    mends: bool


def shown(rule: rules.Rule) -> list[list[Shown]]:
    """Return the fixes that the findings of the rule's bad examples are offered, each tried."""
    out = []
    for example in rule.file.examples:
        if example.bad is None:
            continue
        model = models.find(example.model) if example.model else None
        linter = Linter([rule], reader(), model, parameters=example.parameters)
        before = Previous(example.before, example.negative_before) if example.before is not None else None
        found = linter.lint(example.bad, example.negative, before).diagnostics
        for one in found:
            tried = []
            for fix in one.fixes:
                text, negative = apply_fix(example.bad, example.negative, fix)
                mends = len(linter.lint(text, negative, before).diagnostics) < len(found)
                tried.append(Shown(fix, fix is one.fixes[0], mends))
            out.append(tried)
    return out


def test_no_rule_is_missing_or_unforeseen() -> None:
    assert {row.name: row.code for row in ROWS} == {rule.name: rule.code for rule in RULES.values()}
    print(f"{len(ROWS)} rows of the catalogue, {sum(bool(row.stands) for row in ROWS)} of them otherwise on purpose")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
class TestRow:
    def test_it_is_as_promised(self, row: Row) -> None:
        rule = RULES[row.name]
        assert rule.code == row.code
        assert rule.file.presets[0] == row.promised("preset")
        assert str(rule.file.severity) == row.promised("severity")
        assert set(rule.file.intents) == {INTENTS[letter] for letter in row.promised("on")}

    def test_its_examples_hold(self, row: Row) -> None:
        for example in RULES[row.name].file.examples:
            check_example(RULES[row.name], example)

    def test_it_has_the_fixes_that_it_claims(self, row: Row) -> None:
        claimed = row.promised("fixes")
        tried = shown(RULES[row.name])
        every = [one for fixes in tried for one in fixes]
        safe = any(one.fix.applicability is Applicability.SAFE for one in every)
        unsafe = any(one.fix.applicability is Applicability.UNSAFE for one in every)
        several = any(len(fixes) > 1 for fixes in tried)
        assert safe == ("S" in claimed)
        assert ("U" not in claimed) or unsafe
        assert ("A" not in claimed) or several
        assert bool(every) == bool(claimed)

    def test_the_fixes_that_it_offers_mend(self, row: Row) -> None:
        for fixes in shown(RULES[row.name]):
            assert [one.fix.title for one in fixes if one.first and not one.mends] == []

    def test_what_stands_otherwise_is_otherwise(self, row: Row) -> None:
        assert [key for key, (there, why) in row.stands.items() if there == getattr(row, key) or not why] == []

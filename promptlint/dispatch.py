"""Which rules can find anything in a prompt: asked of what it has, once for all rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlint.checks.needs import signs

if TYPE_CHECKING:
    from promptlint.brief import Concept, Intent
    from promptlint.checks import Case, Need
    from promptlint.rules import Rule


class Dispatch:
    """Tells for each prompt which of some rules to ask.

    Each need of each rule has a bit, in three blocks: what a prompt has sets it in the first block for the one half
    of the need, in the second for the other, and in the third where it silences the rule.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self._always = [rule for rule in rules if rule.needs is None and not rule.silencers]
        """The rules that may find something in any prompt."""
        declared = [(rule, rule.needs) for rule in rules if rule not in self._always]
        self._width = sum(1 if needs is None else len(needs) for _, needs in declared)
        self._owners: list[tuple[Rule, int]] = []
        """For each bit the rule, and all bits of that rule."""
        self._any = 0
        """What any prompt sets."""
        self._by_name: dict[str, int] = {}
        """What a sign sets, or the mention of a concept or of one below it."""
        self._by_concept: dict[str, int] = {}
        """What the mention of a concept sets, remembered from one prompt to the next."""
        for rule, needs in declared:
            self._add(rule, needs)

    def _add(self, rule: Rule, needs: Sequence[Need] | None) -> None:
        first = len(self._owners)
        count = 1 if needs is None else len(needs)
        own = ((1 << count) - 1) << first
        self._owners += [(rule, own)] * count
        if needs is None:
            self._any |= own | own << self._width
        for bit, need in enumerate(needs or (), first):
            self._set(need.of, 1 << bit)
            self._set(need.beside, 1 << bit + self._width)
            if not need.beside:
                self._any |= 1 << bit + self._width
        self._set(rule.silencers, own << 2 * self._width)

    def _set(self, names: Collection[str], bits: int) -> None:
        for name in names:
            self._by_name[name] = self._by_name.get(name, 0) | bits

    def awake(self, case: Case) -> list[Rule]:
        """Return the rules that may find something."""
        bits = self._any
        known = self._by_concept
        for mention in case.brief.mentions:
            if not mention.negated:
                name = mention.concept.name
                bits |= known[name] if name in known else self._learnt(mention.concept)
        for sign in signs(case):
            bits |= self._by_name.get(sign, 0)
        left = bits & bits >> self._width & ~(bits >> 2 * self._width) & (1 << self._width) - 1
        found = self._always.copy()
        while left:
            rule, own = self._owners[(left & -left).bit_length() - 1]
            found.append(rule)
            left &= ~own
        return found

    def _learnt(self, concept: Concept) -> int:
        bits = 0
        for name in concept.prefixes:
            bits |= self._by_name.get(name, 0)
        self._by_concept[concept.name] = bits
        return bits


@lru_cache(maxsize=32)
def dispatch(rules: tuple[Rule, ...], intent: Intent, *, in_part: bool) -> Dispatch:
    """Return the dispatch of those rules that speak of an intent; where a prompt is but a part, of a part."""
    return Dispatch(
        [rule for rule in rules if intent in rule.file.intents and not (in_part and rule.needs_whole_prompt)]
    )

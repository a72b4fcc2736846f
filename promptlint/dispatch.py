"""Which rules can find anything in a prompt: asked of what it has, once for all rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlint.checks.needs import keys

if TYPE_CHECKING:
    from promptlint.brief import Intent
    from promptlint.checks import Case
    from promptlint.rules import Rule


class Dispatch:
    """Tells for each prompt which of some rules to ask.

    Each need of a rule is a bit. A key of a prompt (a concept that it mentions, a sign) sets the bits of the needs
    that it meets by the one or the other half, and takes away those of the rules that it silences.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._owners: list[tuple[Rule, int]] = []
        """For each bit the rule, and all bits of that rule."""
        self._free = [0, 0]
        """The bits of needs that are met by any prompt, by half."""
        self._bits: dict[str, list[int]] = {}
        """For each key the bits that it sets in the one half, in the other, and takes away."""
        for rule in rules:
            self._add(rule)
        self._keys = frozenset(self._bits)

    def _add(self, rule: Rule) -> None:
        needs = rule.needs
        first = len(self._owners)
        count = 1 if needs is None else len(needs)
        own = ((1 << count) - 1) << first
        self._owners += [(rule, own)] * count
        if needs is None:
            self._free[0] |= own
            self._free[1] |= own
        for bit, need in enumerate(needs or (), first):
            self._set(need.of, 0, 1 << bit)
            if need.beside:
                self._set(need.beside, 1, 1 << bit)
            else:
                self._free[1] |= 1 << bit
        self._set(rule.silencers, 2, own)

    def _set(self, names: Collection[str], half: int, bits: int) -> None:
        for name in names:
            self._bits.setdefault(name, [0, 0, 0])[half] |= bits

    def awake(self, case: Case) -> Iterator[Rule]:
        """Yield the rules that may find something, in their order."""
        one, other = self._free
        silent = 0
        for key in self._keys & keys(case):
            sets_one, sets_other, silences = self._bits[key]
            one |= sets_one
            other |= sets_other
            silent |= silences
        left = one & other & ~silent
        while left:
            rule, own = self._owners[(left & -left).bit_length() - 1]
            yield rule
            left &= ~own


@lru_cache(maxsize=32)
def dispatch(rules: tuple[Rule, ...], intent: Intent, *, in_part: bool) -> Dispatch:
    """Return the dispatch of those rules that speak of an intent; where a prompt is but a part, of a part."""
    return Dispatch(
        [rule for rule in rules if intent in rule.file.intents and not (in_part and rule.needs_whole_prompt)]
    )

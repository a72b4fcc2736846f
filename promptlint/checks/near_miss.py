"""Words that nearly are a term of the craft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.quoting import inside, quotations
from promptlint.diagnostics import Edit
from promptlint.source import Span

_SHORTEST = 5
_WORD = re.compile(rf"(?<![\w@#/.<:{{$\\-])[A-Za-z]{{{_SHORTEST},}}(?![\w@/\\}}>-]|\.\w|['’]\w)")
_LETTERS = "".join(chr(code).lower() if chr(code).isalpha() else " " for code in range(128)).encode().ljust(256)
"""Small letters for the letters of ASCII, spaces for anything else."""


class NearMiss(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """A word that is one letter, or two that changed places, away from one of `terms`.

    Another last letter is another form of a word ("portraits", "surrealismo") and no slip; neither is one of
    `words`, which means something itself. A term with a capital is a name.
    """

    terms: list[str]
    words: list[str] = []

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        words = brief.text.encode("ascii", "replace").translate(_LETTERS).decode("ascii").split()
        if self._harmless.issuperset(words) or not any(map(self._nearest, set(words) - self._harmless)):
            return
        apart: list[Span] | None = None
        for phrase in brief.phrases:
            for match in _WORD.finditer(brief.text, *phrase.span):
                terms = self._nearest(match.group())
                span = Span(*match.span())
                if not terms:
                    continue
                apart = quotations(case.tree) if apart is None else apart
                if inside(span, apart) or not _is_plain(match.group()):
                    continue
                written = [_like(match.group(), term) for term in terms]
                edits = (Edit(span, written[0]),) if len(written) == 1 else ()
                values = {"phrase": match.group(), "term": '" or "'.join(written)}
                yield Finding(span, values, edits=edits)

    @cached_property
    def _shortened(self) -> dict[str, list[str]]:
        """The terms by what is left of them without one of their letters."""
        out: dict[str, list[str]] = {}
        for term in self.terms:
            for form in _shorter(term.lower()):
                out.setdefault(form, []).append(term)
        return out

    @cached_property
    def _outlines(self) -> set[tuple[str, str, int]]:
        """First letter, last letter and length of whatever is a slip of a term; few words have one of these."""
        out: set[tuple[str, str, int]] = set()
        for term in map(str.lower, self.terms):
            out |= {(term[:1], term[-1:], len(term) + more) for more in (-1, 0, 1)}
            out.add((term[:1], term[-2:-1], len(term)))
        return out

    @cached_property
    def _harmless(self) -> set[str]:
        """Words that are nearly no term, among them those of earlier prompts: most words of most prompts."""
        return {*self.words, *(term.lower() for term in self.terms)}

    def _nearest(self, word: str) -> tuple[str, ...]:
        """Return the terms that a word is nearly."""
        lower = word.lower()
        if lower in self._harmless:
            return ()
        found: tuple[str, ...] = ()
        if len(lower) >= _SHORTEST and (lower[0], lower[-1], len(lower)) in self._outlines:
            near = {term for form in _shorter(lower) if form in self._shortened for term in self._shortened[form]}
            found = tuple(sorted(term for term in near if _is_slip(lower, term.lower())))
        if not found and len(self._harmless) < _KEPT:
            self._harmless.add(lower)
        return found


_KEPT = 50_000
"""So many words are remembered."""


def _shorter(word: str) -> set[str]:
    return {word, *[word[:at] + word[at + 1 :] for at in range(len(word))]}


def _is_slip(word: str, term: str) -> bool:
    """Tell whether one letter more, less or another inside makes a word of a term, or two that changed places."""
    if word[0] != term[0] or abs(len(word) - len(term)) > 1:
        return False
    start = next((at for at, (one, other) in enumerate(zip(word, term, strict=False)) if one != other), len(term))
    one, other = word[start:], term[start:]
    if len(word) == len(term):
        swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
        return swapped or (len(one) > 1 and one[1:] == other[1:])
    longer, shorter = (one, other) if len(word) > len(term) else (other, one)
    return bool(shorter) and longer[1:] == shorter


def _is_plain(word: str) -> bool:
    return word.islower() or word.isupper() or word.istitle()


def _like(word: str, term: str) -> str:
    """Return a term in the letters, small or capital, of a word; a name keeps its own."""
    if word.isupper():
        return term.upper()
    if not term.islower():
        return term
    return term.capitalize() if word[0].isupper() else term

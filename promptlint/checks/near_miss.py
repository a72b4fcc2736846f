"""Words that nearly are a term of the craft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from promptlint.checks.case import Case, Check, Finding
from promptlint.checks.quoting import inside, quotations
from promptlint.diagnostics import Edit
from promptlint.source import Span

_WORD = re.compile(r"(?<![\w@#/.<:{$\\-])[A-Za-z]{5,}(?![\w@/\\}>-]|\.\w|['’]\w)")


_LETTERS = re.compile(r"[A-Za-z]{5,}")
"""What holds every word that can be a slip, and more."""


class NearMiss(Check, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """A word that is one letter, or two that changed places, away from one of `terms`.

    Another last letter is another form of a word ("portraits", "surrealismo") and no slip; neither is one of
    `words`, which means something itself. A term with a capital is a name.
    """

    terms: list[str]
    words: list[str] = []

    def find(self, case: Case) -> Iterator[Finding]:
        brief = case.brief
        if all(map(self._is_harmless, set(_LETTERS.findall(brief.text)) - self._harmless)):
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
    def _known(self) -> dict[str, tuple[str, ...]]:
        known = [*self.words, *(term.lower() for term in self.terms)]
        return dict.fromkeys(known, ())

    @cached_property
    def _harmless(self) -> set[str]:
        """Words of earlier prompts that are nearly no term: most words of most prompts."""
        return set()

    def _is_harmless(self, word: str) -> bool:
        harmless = not self._nearest(word)
        if harmless and len(self._harmless) < _KEPT:
            self._harmless.add(word)
        return harmless

    def _nearest(self, word: str) -> tuple[str, ...]:
        """Return the terms that a word is nearly, remembered from one prompt to the next."""
        lower = word.lower()
        found = self._known.get(lower)
        if found is None:
            near = {term for form in _shorter(lower) for term in self._shortened.get(form, ())}
            found = tuple(sorted(term for term in near if _is_slip(lower, term.lower())))
            if len(self._known) < _KEPT:
                self._known[lower] = found
        return found


_KEPT = 50_000
"""So many words are remembered."""


def _shorter(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


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

"""How a prompt speaks: its separators, its capitals, its side of the Atlantic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from promptlint.syntax import Leaf, LeafKind, NodeKind, Tree

_WORD = re.compile(r"[A-Za-z]+")
_SHOUTS = 8
"""Letters from which on a prompt in capitals is meant to be one."""
_FEW = 2
_JOINTS = (LeafKind.SEPARATOR, LeafKind.PIPE, LeafKind.NEWLINE)


class Voice:
    """The prompt's own way of putting words, for words that come from elsewhere."""

    def __init__(self, tree: Tree, british: Mapping[str, str]) -> None:
        self._tree, self._british = tree, british

    @cached_property
    def joint(self) -> str:
        """What stands between two tags: `, ` unless the prompt has another habit."""
        found: Counter[str] = Counter()
        run = ""
        kinds: set[LeafKind] = set()
        for child in self._tree.children:
            if isinstance(child, Leaf) and child.kind in _JOINTS:
                run, kinds = run + child.text, kinds | {child.kind}
                continue
            if run and (kinds != {LeafKind.NEWLINE} or self._is_list):
                found[run if "\n" in run else _spaced(run, child)] += 1
            run, kinds = "", set()
        if not found:
            return ", "
        best, count = found.most_common(1)[0]
        return best if count > found[", "] and count >= _FEW else ", "

    @cached_property
    def _is_list(self) -> bool:
        """Whether the prompt is a list with one thing a line, and no sentences."""
        leaves = [child for child in self._tree.children if isinstance(child, Leaf)]
        others = sum(leaf.kind is LeafKind.SEPARATOR for leaf in leaves)
        lines = sum(leaf.kind is LeafKind.NEWLINE for leaf in leaves)
        has_sentences = any(leaf.kind is LeafKind.STOP for leaf in leaves)
        has_parts = bool(self._tree.of(LeafKind.KEYWORD)) or "\n\n" in self._tree.text.strip()
        return lines >= _FEW and lines > others and not has_sentences and not has_parts

    def tag(self, words: str) -> str:
        """Return words as a tag of this prompt."""
        words = self.local(words)
        if self.joint.strip() in (",", "，", ";"):
            words = words.replace(", ", self.joint)
        if self._shouts:
            return words.upper()
        return words[0].upper() + words[1:] if self._capitals else words

    def sentence(self, words: str) -> str:
        """Return words as a sentence of this prompt."""
        words = self.local(words)
        if self._shouts:
            return words.upper()
        return words if any(letter.isupper() for letter in self._tree.text) else words[0].lower() + words[1:]

    def local(self, words: str) -> str:
        """Return words in British spelling where the prompt is in British spelling."""
        if not self._is_british:
            return words
        return _WORD.sub(lambda match: _like(match.group(), self._british), words)

    @cached_property
    def _is_british(self) -> bool:
        words = set(_WORD.findall(self._tree.text.lower()))
        return not words.isdisjoint(self._british.values()) and words.isdisjoint(self._british)

    @cached_property
    def _shouts(self) -> bool:
        letters = [letter for letter in self._tree.text if letter.isalpha()]
        return len(letters) >= _SHOUTS and all(letter.isupper() for letter in letters)

    @cached_property
    def _capitals(self) -> bool:
        """Whether every tag begins with a capital."""
        firsts = []
        before: Leaf | None = None
        for child in self._tree.children:
            if not isinstance(child, Leaf):
                if child.kind in (NodeKind.LABEL, NodeKind.KEY):
                    return False
                before = None
                continue
            if child.kind is LeafKind.TEXT and (before is None or before.kind in _JOINTS):
                first = next((letter for letter in child.text if letter.isalnum()), "")
                if first.isalpha():
                    firsts.append(first.isupper())
            before = child
        return len(firsts) > _FEW and all(firsts)


def _spaced(run: str, behind: object) -> str:
    """Return a separator with the space that its grammar counts to the words behind it."""
    space = isinstance(behind, Leaf) and behind.text.startswith(" ")
    lead = " " if run.strip() == "|" else ""
    return f"{lead}{run.strip()} " if lead or space or run.endswith(" ") else run


def _like(word: str, british: Mapping[str, str]) -> str:
    other = british.get(word.lower())
    if other is None:
        return word
    return other.capitalize() if word[0].isupper() else other

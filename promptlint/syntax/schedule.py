"""What A1111 reads at each step: prompt editing, alternation, and prompts composed by AND."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from promptlint.syntax.runtime import runtime_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlint.syntax.tree import Tree

_TOKENS = re.compile(r"[\[\]():|]|(?:[^\\\[\]():|]|\\.)+|\\")
_NUMBER = re.compile(r"\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*")
_AND = re.compile(r"\bAND\b")
_COMPOSED_WEIGHT = re.compile(r"\s*([-+]?(?:\d+\.?|\d*\.\d+))")


class Composed(NamedTuple):
    """One of the prompts between ANDs, with its weight."""

    text: str
    weight: float


@dataclass(slots=True)
class _Edit:
    """A bracket that reads differently by step: `[from:to:when]`, or without `when` the `[a|b]`."""

    branches: list[_Items]
    when: int | None = None


_Items = list["str | _Edit"]


@dataclass(slots=True)
class _Open:
    """A bracket that stands open while its inside is read; `cuts` are its dividers' places in `items`.

    `piped`: one of these is a pipe without an open brace before it.
    """

    bracket: str
    items: _Items = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    divider: str = ""
    piped: bool = False

    def takes(self, token: str, *, braced: bool) -> bool:
        """Divide at a colon or pipe, unless another divider or the bracket doesn't allow it."""
        if token == ":" and self.divider == "|" and not self.piped:
            self.divider, self.cuts = "", []
        if self.divider not in ("", token) or (token == "|" and self.bracket != "["):
            return False
        self.divider = token
        self.piped |= token == "|" and not braced
        self.cuts.append(len(self.items))
        self.items.append(token)
        return True


def composed(tree: Tree) -> list[Composed]:
    """Return the prompts that A1111 composes: the text parted at each AND, and the weight that ends each."""
    out = []
    for part in _AND.split(runtime_text(tree)[0]):
        text = part.rstrip()
        before, colon, number = text.rpartition(":")
        found = _COMPOSED_WEIGHT.fullmatch(number) if colon else None
        out.append(Composed(before.rstrip(), float(found[1])) if found else Composed(text, 1.0))
    return out


def schedule(tree: Tree, steps: int) -> list[tuple[int, str]]:
    """Return the prompt's text up to and including each step at which it changes, as A1111 reads it.

    A bracket that is no schedule stays in the text. A pipe outside an alternation, or a backslash before
    nothing, stops A1111 from reading the prompt: it is then used as it stands. A pipe behind a brace, "{a|b}", is
    text there: the choice that it belongs to was made before.
    """
    text = runtime_text(tree)[0]
    items = _read(text, steps)
    if items is None:
        return [(steps, text)]
    return [(step, _at(step, items)) for step in _changes(items, steps)]


def _read(text: str, steps: int) -> _Items | None:
    """Pair brackets in one pass; None where A1111 refuses the text.

    A bracket counts only if all that it holds is well-formed: what is stray inside makes it stray.
    """
    root = _Open("")
    stack = [root]
    braces = 0
    for match in _TOKENS.finditer(text):
        token, top = match.group(), stack[-1]
        if token == "\\":
            return None
        if token in "([":
            stack.append(_Open(token))
        elif token in ")]":
            node = _close(top, steps) if top.bracket == ("(" if token == ")" else "[") else None
            if node is not None:
                stack.pop()
                stack[-1].items += node
            elif not _give_up(stack, token):
                return None
        elif token in ":|":
            if top.takes(token, braced=braces > 0):
                continue
            if token == "|" and braces:
                top.items.append(token)
            elif not _give_up(stack, token):
                return None
        else:
            braces = max(0, braces + token.count("{") - token.count("}"))
            top.items.append(token)
    return root.items if _give_up(stack, "") else None


def _give_up(stack: list[_Open], token: str) -> bool:
    """Read all open brackets, and a stray token, as plain characters; False if one of them holds a pipe."""
    root = stack[0]
    for opened in stack[1:]:
        root.items.append(opened.bracket)
        root.items += opened.items
    pipes = token == "|" or any(opened.piped for opened in stack[1:])
    root.items.append(token)
    del stack[1:]
    return not pipes


def _close(opened: _Open, steps: int) -> _Items | None:
    """Return what a closed bracket means; None if it means nothing."""
    items, cuts = opened.items, opened.cuts
    if opened.divider == "|":
        edges = [-1, *cuts, len(items)]
        return [_Edit([items[start + 1 : end] for start, end in itertools.pairwise(edges)])]
    if opened.bracket == "(":
        return ["(", *items, ")"] if len(cuts) < 2 else None
    if not cuts:
        return ["[", *items, "]"]
    last = items[cuts[-1] + 1 :]
    number = _NUMBER.fullmatch(last[0]) if len(last) == 1 and isinstance(last[0], str) else None
    if number is None or len(cuts) > 2:
        return None
    before = items[: cuts[0]] if len(cuts) == 2 else []
    after = items[cuts[0] + 1 : cuts[1]] if len(cuts) == 2 else items[: cuts[0]]
    return [_Edit([before, after], _step(number[1], steps))]


def _step(number: str, steps: int) -> int:
    """Return the step that a number stands for: with a point a fraction of all steps, else a step."""
    value = float(number) * steps if "." in number else float(number)
    return int(max(-1.0, min(value, float(steps))))


def _changes(items: _Items, steps: int) -> list[int]:
    """Return the last step of each stretch in which the text stays the same."""
    found = {steps}
    work = [items]
    while work:
        for item in work.pop():
            if isinstance(item, str):
                continue
            if item.when is None:
                found.update(range(1, steps + 1))
            elif item.when >= 1:
                found.add(item.when)
            work += item.branches
    return sorted(found)


def _at(step: int, items: _Items) -> str:
    out: list[str] = []
    work: list[Iterator[str | _Edit]] = [iter(items)]
    while work:
        for item in work[-1]:
            if isinstance(item, str):
                out.append(item)
                continue
            if item.when is None:
                branch = item.branches[(step - 1) % len(item.branches)]
            else:
                branch = item.branches[0 if step <= item.when else 1]
            work.append(iter(branch))
            break
        else:
            work.pop()
    return "".join(out)

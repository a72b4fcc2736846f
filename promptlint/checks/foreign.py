"""Syntax of another tool: what the target model reads as words, and paints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from promptlint import parameters, syntax
from promptlint.checks.case import Finding
from promptlint.checks.quoting import inside, quotations
from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import Leaf, LeafKind, Node, NodeKind, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promptlint.checks.case import Case
    from promptlint.models import Syntax

_NAMES: dict[Syntax, str] = {
    "weight": "a weight",
    "emphasis": "emphasis by brackets",
    "schedule": "a schedule of steps",
    "break": "the keyword that starts a new chunk",
    "network": "the tag of an extra network",
    "embedding": "the name of an embedding",
    "part-weight": "the weight of a part",
    "word-weight": "the weight of a word",
    "function": "a function of prompts",
    "flag": "a flag of Midjourney",
}
_BRACKETED = ("(", "[", "<", "BREAK", "embedding:")
_PART_WEIGHT = re.compile(r"(?<=[\w)\]])::-?(?:\d+\.?\d*|\.\d+)(?=[\s,]|$)")
_WORD_WEIGHT = re.compile(r"(?<=\))[01]\.\d+(?=[\s,.]|$)|(?<=[a-z]{2})\+{2,}(?=[\s,.]|$)")
_FUNCTION = re.compile(r"\)\.(?:blend|and)\([\d., ]*\)")
_EMBEDDING = re.compile(r"(?<!\w)embedding:[\w.-]+")
_WIDEST = 3.0
"""What is heavier is no weight, but a ratio or a number of the picture."""
_SHOWN = 60
"""Characters of a place that a message repeats."""
_SIDES = " \t,"


@dataclass(frozen=True, slots=True)
class Foreign:
    """One place of foreign syntax and what takes it out, leaving the words; without edits nothing is certain to."""

    kind: Syntax
    span: Span
    edits: tuple[Edit, ...] = ()


def mismatches(case: Case) -> Iterator[Finding]:
    """Yield the kinds of syntax that the model doesn't read, each once, at its first place; its edits mend them all."""
    if case.model is None or not case.model.runs_on:
        return
    read = case.model.syntax
    text = case.tree.text
    groups: dict[tuple[Syntax, bool], list[Foreign]] = {}
    for one in sorted(foreign(text), key=lambda one: one.span):
        if one.kind not in read:
            groups.setdefault((one.kind, bool(one.edits)), []).append(one)
    for (kind, _), places in groups.items():
        first = places[0]
        edits = _joined(edit for one in places for edit in one.edits)
        values = {
            "phrase": _shown(text[slice(*first.span)]),
            "what": _NAMES[kind],
            "more": f" (and {len(places) - 1} more)" if len(places) > 1 else "",
            "model": case.model.title,
        }
        yield Finding(first.span, values, edits=tuple(edits))


def _shown(phrase: str) -> str:
    return phrase if len(phrase) <= _SHOWN else f"{phrase[: _SHOWN - 1].rstrip()}…"


def _joined(edits: Iterable[Edit]) -> list[Edit]:
    """Return edits in order, those that share a comma as one; it ends with nothing where one of them does."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        if not out or edit.span.start >= out[-1].span.end:
            out.append(edit)
            continue
        span = Span(out[-1].span.start, max(out[-1].span.end, edit.span.end))
        out[-1] = Edit(span, out[-1].text if edit.text else "")
    return out


def plain(text: str) -> str:
    """Return a text without its syntax, as far as taking it out leaves the words."""
    for edit in reversed(_joined(edit for one in foreign(text) for edit in one.edits)):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


@lru_cache(maxsize=16)
def foreign(text: str) -> tuple[Foreign, ...]:
    """Return all syntax of a text that some tool would read as more than words."""
    found: list[Foreign] = []
    if any(sign in text for sign in _BRACKETED):
        found += _of_brackets(syntax.parse(text, "a1111"))
        found += [Foreign("embedding", one, (_out(text, one),)) for one in _spans(_EMBEDDING, text)]
    if "::" in text:
        found += [Foreign("part-weight", one, _part_edits(text, one)) for one in _spans(_PART_WEIGHT, text)]
    if "++" in text or ")" in text:
        found += [Foreign("word-weight", one, (Edit(one, ""),)) for one in _spans(_WORD_WEIGHT, text)]
        found += [Foreign("function", one) for one in _spans(_FUNCTION, text)]
    if "--" in text:
        found += _of_flags(text)
    return tuple(found)


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in pattern.finditer(text))


def _of_brackets(tree: Tree) -> Iterator[Foreign]:
    quoted = quotations(tree)
    doubled: set[int] = set()
    for node in tree.nodes():
        if inside(node.span, quoted):
            continue
        if node.kind is NodeKind.SCHEDULE:
            if _is_schedule(tree.text[slice(*node.span)]):
                yield Foreign("schedule", node.span)
        elif node.kind is NodeKind.EMPHASIS and tree.text[node.span.start] == "(":
            weight = _weight(node)
            if weight is not None:
                yield Foreign("weight", node.span, _unwrapped(node, weight))
            elif node.span.start in doubled or _holds_another(tree.text, node):
                doubled |= {child.span.start for child in node.children if isinstance(child, Node)}
                yield Foreign("emphasis", node.span, _unwrapped(node, node.children[-1].span))
    for leaf in tree.leaves():
        if leaf.kind is LeafKind.TAG and re.match(r"<(?:lora|lyco|hypernet):", leaf.text, re.IGNORECASE):
            yield Foreign("network", leaf.span, (_out(tree.text, leaf.span),))
        elif leaf.text == "BREAK" and _is_keyword(tree.text, leaf) and not inside(leaf.span, quoted):
            yield Foreign("break", leaf.span, (_out(tree.text, leaf.span, joint=","),))


def _weight(node: Node) -> Span | None:
    """Return where the number of a weighted bracket stands, with its colon; None for a ratio and the like."""
    if len(node.children) < 4:
        return None
    before, last = node.children[-3], node.children[-2]
    if not isinstance(last, Leaf) or last.kind is not LeafKind.WEIGHT or not 0 <= node.weight <= _WIDEST:
        return None
    ratio = isinstance(before, Leaf) and before.text.rstrip()[-1:].isdigit()
    return None if ratio and "." not in last.text else Span(last.start, node.children[-1].span.end)


def _holds_another(text: str, node: Node) -> bool:
    """Tell whether a round bracket holds nothing but another one."""
    inner = node.children[1:-1]
    if len(inner) != 1 or not isinstance(inner[0], Node) or inner[0].kind is not NodeKind.EMPHASIS:
        return False
    return text[inner[0].span.start] == "("


def _is_schedule(words: str) -> bool:
    """Tell whether a square bracket with colons can only be a schedule: [age: 25] and [3:4] are none."""
    head, _, when = words[1:-1].rpartition(":")
    return any(char.isalpha() for char in head) and (":" in head or "." in when)


def _unwrapped(node: Node, tail: Span) -> tuple[Edit, ...]:
    return (Edit(node.children[0].span, ""), Edit(tail, ""))


def _is_keyword(text: str, leaf: Leaf) -> bool:
    """Tell whether a word in capitals is a keyword, and not one of several in capitals."""
    before = re.search(r"(\w+)\W*$", text[max(0, leaf.start - 40) : leaf.start])
    after = re.match(r"\W*(\w+)", text[leaf.end : leaf.end + 40])
    words = [match.group(1) for match in (before, after) if match]
    return leaf.kind is LeafKind.KEYWORD and not any(
        len(word) > 1 and word.isupper() and word != "BREAK" for word in words
    )


def _out(text: str, span: Span, joint: str = "") -> Edit:
    """Take something out of a list of phrases, with the space and commas around it but for one."""
    start, end = span
    while start > 0 and text[start - 1] in _SIDES:
        start -= 1
    while end < len(text) and text[end] in _SIDES:
        end += 1
    if start == 0 or end == len(text) or text[start - 1] in "\r\n" or text[end] in "\r\n":
        return Edit(Span(start, end), "")
    if not text[start - 1].isalnum():
        joint = ""
    around = text[start : span.start] + text[span.end : end]
    return Edit(Span(start, end), ", " if "," in around or joint else " ")


def _part_edits(text: str, span: Span) -> tuple[Edit, ...]:
    """Part by a comma what the weight parted; a part that weighs against the picture is left to its author."""
    if text[span.start + 2 : span.start + 3] == "-":
        return ()
    rest = text[span.end :].lstrip()
    return (Edit(span, "," if rest[:1] not in ("", ",", "-", ".") else ""),)


def _of_flags(text: str) -> Iterator[Foreign]:
    """Yield Midjourney's flags; what a `--no` leaves out can't be said by taking it out."""
    tree = syntax.parse(text, "midjourney")
    if syntax.detect(text)[0] != "midjourney":
        return
    known = parameters.catalogue()["midjourney"]
    for one in syntax.flags(tree):
        name, _ = one.glued() or (one.name, one.value)
        if known.find(name) is None:
            continue
        start = one.span.start
        while start > 0 and text[start - 1] in " \t":
            start -= 1
        edits = () if name.lower() == "no" else (Edit(Span(start, one.span.end), ""),)
        yield Foreign("flag", one.span, edits)

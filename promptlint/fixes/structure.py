"""Adding to JSON-like text: a key of its own, or a word more under the key that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import Leaf, LeafKind, Node, NodeKind

_BLANK = (LeafKind.NEWLINE, LeafKind.SEPARATOR)


@dataclass(frozen=True, slots=True)
class _Member:
    key: Node
    values: tuple[Node | Leaf, ...]


class Structure:
    """An object of a prompt. `sections` are the sections of its known keys, by the key's place."""

    def __init__(self, text: str, node: Node, sections: Mapping[int, str]) -> None:
        self._text, self._node, self._sections = text, node, sections
        self._members = list(_members(node))

    def addition(self, section: str, name: str, words: str) -> Edit | None:
        """Return the edit that adds a section's words; `name` is their key beside others of the section."""
        inner = self._inner()
        if inner is not None:
            return inner.addition(section, name, words)
        own = self._find(section)
        if own is None:
            return self._member(section, words)
        if len(own.values) != 1 or not isinstance(own.values[0], Node):
            return None
        value = own.values[0]
        if value.kind is NodeKind.QUOTED:
            return self._appended(value, words)
        opening = self._text[value.span.start]
        if opening == "{":
            inside = Structure(self._text, value, self._sections)
            taken = {inside.name(one) for one in inside._members}
            return inside._member(name if name not in taken else f"{name}_detail", words)
        return self._element(value, words) if opening == "[" else None

    def removal(self, span: Span) -> Edit | None:
        """Return the edit that takes out the member whose value holds a span, where the object has others."""
        for number, one in enumerate(self._members):
            value = one.values[0] if len(one.values) == 1 else None
            if not isinstance(value, Node) or not value.span.contains(span):
                continue
            if value.kind is not NodeKind.QUOTED:
                is_object = self._text[value.span.start] == "{"
                return Structure(self._text, value, self._sections).removal(span) if is_object else None
            if number and self._members[number - 1].values:
                return Edit(Span(self._members[number - 1].values[-1].span.end, value.span.end), "")
            if len(self._members) > 1:
                return Edit(Span(one.key.span.start, self._members[number + 1].key.span.start), "")
        return None

    def _find(self, section: str) -> _Member | None:
        """Return the member of a section: the object's own, or that of an object in it."""
        for one in self._members:
            if self._section(one) == section:
                return one
        for one in self._members:
            for value in one.values:
                if isinstance(value, Node) and value.kind is NodeKind.GROUP and self._text[value.span.start] == "{":
                    found = Structure(self._text, value, self._sections)._find(section)
                    if found is not None:
                        return found
        return None

    def name(self, member: _Member) -> str:
        """Return a member's key without its quotes."""
        return self._text[slice(*member.key.span)].strip(" :\t").strip("\"'“”")

    def _section(self, member: _Member) -> str | None:
        span = member.key.span
        return next((self._sections[at] for at in range(span.start, span.end) if at in self._sections), None)

    def _inner(self) -> Structure | None:
        """Return the object that a wrapper holds as its only member."""
        if len(self._members) != 1 or self._section(self._members[0]) is not None:
            return None
        values = self._members[0].values
        if len(values) == 1 and isinstance(values[0], Node) and self._text[values[0].span.start] == "{":
            return Structure(self._text, values[0], self._sections)
        return None

    def _appended(self, value: Node, words: str) -> Edit:
        """Put words behind those that a key has already."""
        end = value.span.end - 1
        while end > value.span.start + 1 and self._text[end - 1] in " .,;":
            end -= 1
        empty = end == value.span.start + 1
        return Edit(Span(end, end), words if empty else f", {words}")

    def _member(self, key: str, words: str) -> Edit | None:
        """Add a key behind the last member, written as the keys before it."""
        if not self._members:
            return None
        last = self._text[self._members[-1].key.span.start]
        mark, close = {'"': ('"', '"'), "“": ("“", "”"), "'": ("'", "'")}.get(last, ("", ""))
        name = self.name(self._members[-1])
        if name[:1].isupper():
            key = key.upper() if name.isupper() and len(name) > 1 else key.capitalize()
        quote = mark or '"'
        return self._behind(self._node, f"{mark}{key}{close}: {quote}{words}{close or quote}")

    def _element(self, array: Node, words: str) -> Edit | None:
        """Add a string to a list of strings."""
        strings = [child for child in array.children if isinstance(child, Node)]
        if not strings or any(child.kind is not NodeKind.QUOTED for child in strings):
            return None
        mark, close = self._text[strings[-1].span.start], self._text[strings[-1].span.end - 1]
        return self._behind(array, f"{mark}{words}{close}")

    def _behind(self, node: Node, words: str) -> Edit | None:
        """Add something behind the last thing that brackets hold."""
        inner = node.children[1:-1]
        while inner and isinstance(inner[-1], Leaf) and (inner[-1].kind in _BLANK or not inner[-1].text.strip()):
            inner = inner[:-1]
        if not inner:
            return None
        at = inner[-1].span.end
        while self._text[at - 1].isspace():
            at -= 1
        lead = self._text[node.span.start + 1 : at]
        space = lead[: len(lead) - len(lead.lstrip())] or " "
        return Edit(Span(at, at), f",{space}{words}")


def _members(node: Node) -> list[_Member]:
    """Return the members of an object, each key with what stands up to the next separator or line."""
    out: list[_Member] = []
    key: Node | None = None
    values: list[Node | Leaf] = []
    for child in node.children[1:]:
        is_blank = isinstance(child, Leaf) and (child.kind in (*_BLANK, LeafKind.CLOSE) or not child.text.strip())
        if isinstance(child, Node) and child.kind is NodeKind.KEY:
            if key is not None:
                out.append(_Member(key, tuple(values)))
            key, values = child, []
        elif key is not None and not is_blank:
            values.append(child)
    if key is not None:
        out.append(_Member(key, tuple(values)))
    return out

"""Markdown and HTML for texts that must not be read as either: prompts hold brackets, pipes, stars and tags."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~^=$&:!]")
_STARTS_A_BLOCK = re.compile(r"^([-+]|\d+(?=[.)]))")
_BRACKETS = {"[": "&#91;", "]": "&#93;", "\n": "&#10;"}
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+(?:ai|art|cafe|com|dev|io|net|org)(?:/\S*)?")
_NOT_IN_ADDRESSES = {"[": "%5B", "]": "%5D", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20"}


def text(words: object) -> str:
    """Return words so that Markdown shows them as they are, in one line."""
    plain = _escaped(words)
    return _STARTS_A_BLOCK.sub(lambda match: "".join(f"&#{ord(char)};" for char in match.group()), plain)


def _escaped(words: object) -> str:
    return _SPECIAL.sub(lambda match: f"&#{ord(match.group())};", " ".join(str(words).split()))


def inline(words: object) -> str:
    """Return words as `text` does, what stands between backticks as code."""
    parts = str(words).split("`")
    if len(parts) % 2 == 0:
        return text(words)
    pieces = []
    for number, part in enumerate(parts):
        if number % 2:
            pieces.append(code(part))
        elif part:
            # The spaces beside the code stay.
            before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
            pieces.append(f"{before and ' '}{text(part)}{(after and ' ') if part.strip() else ''}")
    return "".join(pieces)


def code(words: object) -> str:
    """Return words as code within a line."""
    return f"<code>{_escaped(words)}</code>" if str(words) else ""


def raw(words: str) -> str:
    """Return words for the inside of an HTML block, which may hold neither an empty line nor what looks like a link."""
    escaped = html.escape(words, quote=True)
    return "".join(_BRACKETS.get(char, char) for char in escaped)


def marked(words: str, marks: Sequence[bool], tag: str = "mark") -> str:
    """Return words for an HTML block, with a tag around those that are marked."""
    out: list[str] = []
    inside = False
    for char, mark in zip(words, marks, strict=True):
        if mark is not inside:
            out.append(f"<{tag}>" if mark else f"</{tag}>")
            inside = mark
        out.append(raw(char))
    return "".join(out) + (f"</{tag}>" if inside else "")


def source(words: str) -> str:
    """Return where something is from, with a link for each part that is an address."""
    return " ".join(_linked(part) for part in words.split())


def _linked(part: str) -> str:
    bare = part.rstrip(".,;:")
    if not _ADDRESS.fullmatch(bare):
        return text(part)
    address = bare if bare.startswith("http") else f"https://{bare}"
    for char, encoded in _NOT_IN_ADDRESSES.items():
        address = address.replace(char, encoded)
    return f"[{text(bare)}]({address}){text(part[len(bare) :])}"


def link(title: str, target: str) -> str:
    """Return a link to a page, whose title is code."""
    return f"[{code(title)}]({target})"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def bullets(items: Iterable[str]) -> str:
    """Return a list of items that are Markdown."""
    return "".join(f"* {item}\n" for item in items)


def fenced(content: str, language: str = "") -> str:
    """Return a block of code, in a fence that is longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`{3,}", content)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{content.rstrip()}\n{fence}\n"


def page(title: str, *parts: str) -> str:
    """Return a page of parts, without those that are empty."""
    return "\n\n".join([f"# {text(title)}", *(part.strip("\n") for part in parts if part.strip())]) + "\n"

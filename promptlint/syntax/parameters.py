"""Midjourney's `--flags`, images, weights of parts and negative lists; the `Key: value` line of an infotext.

Which flags there are is grammar here: only by its name is "—ar 3:4" a flag and "—a man in a hat" a thought.
What a flag may be set to is knowledge, and stands in `knowledge/parameters/`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from promptlint.source import Span
from promptlint.syntax.tree import Dialect, Leaf, LeafKind, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


PLAIN_FLAGS = _names(
    "beta creative draft fast hd hq loop public raw relax sameseed sd stealth test testp tile turbo upanime"
    " upbeta uplight video"
)
"""Flags without a value."""
WORD_FLAGS = _names("cref dref edit end moodboard motion no oref p personalize profile sref style")
"""Flags whose value is made of words, addresses or codes."""
NUMBER_FLAGS = _names(
    "ar aspect bs c chaos cw dw exp h iw niji ow q quality r repeat s seed stop stylize sv sw v version vibe w weird"
)
"""Flags whose value is a number or a ratio."""
FLAGS = PLAIN_FLAGS | WORD_FLAGS | NUMBER_FLAGS
NEGATIVE_FLAG = "no"

_SEVERAL = _names("cref dref edit moodboard oref p personalize profile sref")
"""Flags that take several addresses or codes, parted by spaces."""
_UNMISTAKABLE = _names("ar bs cref cw iw niji oref ow sref stylize sv sw")
"""Flags that are no words: they are flags behind any dash."""
_SIGNS = FLAGS - _names("beta creative edit end fast h hd hq loop public sd test turbo video vibe")
"""Flags that show a prompt to be Midjourney's; command lines have the others as well."""

_DASHES = "-‐‑‒–—―−"
_GLUE = "A-Za-z0-9_`|/<>="
"""What no flag stands right behind."""
_OTHER_DASH = re.compile(rf"[{_DASHES[1:]}](?<![{_GLUE}].)[{_DASHES}]{{0,2}}[^\W\d_]")
"""What every flag without "--" has: a dash that is no hyphen, and a letter."""
_FLAG = re.compile(
    rf"(?P<dash>[{_DASHES}](?<![{_GLUE}{_DASHES}].)(?:(?<!-)|(?!\w))[{_DASHES}]{{0,2}})"
    rf"(?P<name>[^\W\d_]\w*(?:-\w+)*(?:[=:：.][A-Za-z0-9.:：/]+)?)"
    rf"(?=[\s,;.)\]}}\"”'*，。；]|$)"
)
_GLUED = re.compile(r"([A-Za-z]+)(?:[=:：](\S+)|(\d[\d.:：/]*))")
_WORD = re.compile(r'\{[^{}\r\n]*\}|<[^<>\s]*>|\[[^\[\]\r\n]*\]|[^\s"“”{}\[\]()<>|*]+')
_QUOTED = re.compile(r'"([^"\r\n]*)"')
_LIST = re.compile(r'(?:[^\r\n"“”()\[\]{}]|\([^()\r\n]*\)|\{[^{}\r\n]*\}|\[[^\[\]\r\n]*\])+')
_CODE = re.compile(r"https?://\S|\d|random(?!\S)|[a-z0-9]{7}(?!\S)")
_MARKS = ",.;:!，。；：！、"
_CLOSERS = '"”)]}*|\r\n'
_COMMAND = re.compile(
    r"(?<!\S)--[A-Za-z][A-Za-z0-9]*_|\\\r?\n"
    r"|^[ \t]*\$?[ \t]*(?:python3?|pip3?)[ \t]+(?:-m|install|\S+\.py)\b",
    re.MULTILINE,
)
"""What only a command line has; its options are no flags of a prompt."""

IMAGE = re.compile(r"(?:https?://[^\s,]+|<https?://[^\s>]+>)(?=[\s,]|$)")
PART_WEIGHT = re.compile(r"::[+-]?(?:\d+\.?\d*|\.\d+)(?![\w:])|::(?!:)")
"""What parts a Midjourney prompt, with the weight of the part before it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A setting in a prompt, `--ar 3:4`, or in an infotext, `Steps: 20`.

    `name` and `value` are as written, the value without its quotes; `span` is all of it. `dash` is what the
    flag begins with, empty in an infotext. "--v7" has the name "v7" and no value.
    """

    name: str
    value: str
    span: Span
    name_span: Span
    value_span: Span
    dash: str = ""

    def glued(self) -> tuple[str, str] | None:
        """Return the name and the value of a flag that has the two in one word: `--v7`, `--ar=3:4`."""
        return _parted(self.name) if not self.value else None


def find(text: str, dialect: Dialect | None = None) -> list[Parameter]:
    """Return the flags of a text in order. None are in a text that is a command line.

    In a Midjourney prompt every `--word` is a flag; elsewhere an unknown one only with a number behind it, or
    behind another flag. Behind another dash only known names are, and words of English only with a value or a
    flag beside.
    """
    if "--" not in text and (text.isascii() or not _OTHER_DASH.search(text)):
        return []
    found = list(_scan(text, dialect))
    return [] if found and _COMMAND.search(text) else found


def midjourney_flag(text: str) -> str | None:
    """Return the first flag of a text that only Midjourney has."""
    return next((one.dash + one.name for one in find(text) if _base(one.name) in _SIGNS), None)


def flags(tree: Tree) -> list[Parameter]:
    """Return the flags of a prompt in the order of its text."""
    runs = [leaf.span for leaf in tree.of(LeafKind.PARAMETERS)] if tree.flags else []
    if not runs:
        return []
    # What stands in a comment is no parameter.
    starts = [run.start for run in runs]
    return [one for one in tree.flags if runs[bisect_right(starts, one.span.start) - 1].contains(one.span)]


def negatives(tree: Tree) -> list[Span]:
    """Return what a prompt leaves out: the entries of its `--no` lists, parts of negative weight."""
    out = [span for span, weight in multi_prompt(tree) if weight < 0] if "::" in tree.text else []
    for one in flags(tree):
        if one.name.lower() == NEGATIVE_FLAG:
            out += _entries(tree.text, one.value_span)
    return sorted(out)


_BETWEEN = frozenset(
    (
        LeafKind.KEYWORD,
        LeafKind.URL,
        LeafKind.PARAMETERS,
        LeafKind.COMMENT,
        LeafKind.SEPARATOR,
        LeafKind.STOP,
        LeafKind.NEWLINE,
    )
)
"""What no part of a prompt begins or ends with."""


def multi_prompt(tree: Tree) -> list[tuple[Span, float]]:
    """Return the parts that `::` cuts a Midjourney prompt into, each with its weight, 1 where none is given.

    Flags between the words of a part stand in its span.
    """
    if tree.dialect != "midjourney":
        return []
    out: list[tuple[Span, float]] = []
    start: int | None = None
    end = 0
    for leaf in tree.leaves():
        if leaf.kind is LeafKind.WEIGHT and leaf.text.startswith("::"):
            if start is not None:
                out.append((_trimmed(tree.text, start, end), float(leaf.text[2:] or 1)))
            start = None
        elif leaf.kind not in _BETWEEN and leaf.text.strip():
            start, end = leaf.start if start is None else start, leaf.end
    if start is not None:
        out.append((_trimmed(tree.text, start, end), 1.0))
    return out


_PAIR = re.compile(
    r"[ \t]*(\w[\w \-/]{0,60}?)[ \t]*:"
    r'[ \t]*(?:"((?:\\.|[^\\"\r\n])*)"(?=[ \t]*(?:,|$))|([^,\r\n]*))'
)


def infotext(text: str, span: Span | None = None) -> list[Parameter]:
    """Return the `Key: value` pairs of an infotext's line of parameters; what is no pair is passed over."""
    at, end = span or Span(0, len(text))
    out: list[Parameter] = []
    while at < end:
        match = _PAIR.match(text, at, end)
        if match:
            quoted = match.group(2) is not None
            value = Span(*match.span(2)) if quoted else _trimmed(text, *match.span(3))
            name = Span(*match.span(1))
            whole = Span(name.start, value.end + quoted)
            out.append(Parameter(text[slice(*name)], text[slice(*value)], whole, name, value))
        comma = text.find(",", match.end() if match else at, end)
        at = comma + 1 if comma >= 0 else end
    return out


def _scan(text: str, dialect: Dialect | None) -> Iterator[Parameter]:
    at = 0
    behind = -1
    while True:
        match = _FLAG.search(text, at)
        if match is None:
            return
        at = match.end()
        following = behind >= 0 and text[behind : match.start()].isspace()
        if not _is_flag(text, match, dialect, following=following):
            behind = -1
            continue
        found = _with_value(text, match, dialect)
        yield found
        behind = at = max(at, found.span.end)


def _parted(name: str) -> tuple[str, str] | None:
    """Return the flag and the value that one word is made of, if it is."""
    match = _GLUED.fullmatch(name)
    if match is None:
        return None
    flag, marked, number = match.groups()
    known = NUMBER_FLAGS if number else NUMBER_FLAGS | WORD_FLAGS
    return (flag, marked or number) if flag.lower() in known else None


def _base(name: str) -> str:
    """Return the flag that a name is, or begins with where the value is glued to it; empty if none."""
    if name.lower() in FLAGS:
        return name.lower()
    parted = _parted(name)
    return parted[0].lower() if parted else ""


def _is_flag(text: str, match: re.Match[str], dialect: Dialect | None, *, following: bool) -> bool:
    name = _base(match["name"])
    apart = match.start() == 0 or text[match.start() - 1].isspace()
    number = _number_follows(text, match.end()) or name != match["name"].lower()
    if not name:
        meant = dialect == "midjourney" or following or _number_follows(text, match.end())
        return match["dash"] == "--" and apart and meant
    if match["dash"] == "--" and apart:
        return True
    if name in _UNMISTAKABLE or following:
        return True
    if name == NEGATIVE_FLAG:
        return dialect == "midjourney" and (apart or match["dash"] == "--")
    return number if name in NUMBER_FLAGS else match["dash"] == "--" or _ends(text, match.end())


_NUMBER = re.compile(r"[ \t]+\.?\d")


def _number_follows(text: str, at: int) -> bool:
    return _NUMBER.match(text, at) is not None


def _ends(text: str, at: int) -> bool:
    """Tell whether the line, its quotation or bracket ends here, or a flag follows."""
    while at < len(text) and text[at] in " \t":
        at += 1
    return at == len(text) or text[at] in _CLOSERS or _flag_at(text, at)


def _flag_at(text: str, at: int) -> bool:
    match = _FLAG.match(text, at)
    return match is not None and (match["dash"] == "--" or bool(_base(match["name"])))


def _with_value(text: str, match: re.Match[str], dialect: Dialect | None) -> Parameter:
    name = Span(*match.span("name"))
    value = whole = Span(match.end(), match.end())
    at = match.end()
    while at < len(text) and text[at] in " \t":
        at += 1
    quoted = _QUOTED.match(text, at) if dialect != "structured" and at > match.end() else None
    if quoted and match["name"].lower() not in PLAIN_FLAGS:
        value, whole = Span(*quoted.span(1)), Span(*quoted.span())
    elif at > match.end() and not _flag_at(text, at):
        value = whole = _value(text, at, match["name"].lower())
    if whole.start == whole.end:
        value = whole = Span(match.end(), match.end())
    return Parameter(match["name"], text[slice(*value)], Span(match.start(), whole.end), name, value, match["dash"])


def _value(text: str, at: int, name: str) -> Span:
    """Return where the bare value of a flag stands, empty where what follows is text again."""
    if name == NEGATIVE_FLAG:
        return _list(text, at)
    word = _WORD.match(text, at)
    if word is None or _parted(name):
        return Span(at, at)
    end = _without_marks(text, *word.span())
    numeric = any(char.isdigit() for char in text[at:end])
    sure = name not in PLAIN_FLAGS and (numeric or name in WORD_FLAGS or text[at] in "{<[")
    if not sure and not _ends(text, end):
        return Span(at, at)
    if name in _SEVERAL:
        end = _codes(text, at, end)
    return Span(at, end)


def _without_marks(text: str, start: int, end: int) -> int:
    """Return where a value ends: a comma behind it belongs to the sentence, unless no sentence goes on."""
    bare = end
    while bare > start and text[bare - 1] in _MARKS:
        bare -= 1
    if bare in (start, end):
        return end
    at = end
    while at < len(text) and text[at] in " \t":
        at += 1
    return end if at == len(text) or _flag_at(text, at) else bare


def _codes(text: str, start: int, end: int) -> int:
    """Return the end of a run of addresses and codes; a flag that may stand alone may have none."""
    while True:
        at = end
        while at < len(text) and text[at] in " \t":
            at += 1
        word = _WORD.match(text, at)
        if at == end or word is None or not _CODE.match(text, at) or _flag_at(text, at):
            return end
        end = _without_marks(text, *word.span())


def _list(text: str, at: int) -> Span:
    """Return the words of a `--no`: up to the next flag or the end of the line."""
    seek, end = at, len(text)
    while (flag := _FLAG.search(text, seek)) is not None:
        if flag["dash"] == "--" or _base(flag["name"]):
            end = flag.start()
            break
        seek = flag.end()
    match = _LIST.match(text, at, end)
    return _trimmed(text, at, match.end()) if match else Span(at, at)


def _entries(text: str, span: Span) -> Iterator[Span]:
    """Yield the entries of a list, without the commas between them."""
    at = span.start
    for word in re.split(r"[,，、;]", text[slice(*span)]):
        entry = _trimmed(text, at, at + len(word))
        if entry.end > entry.start:
            yield entry
        at += len(word) + 1


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def images(text: str, start: int) -> tuple[list[Leaf], int]:
    """Return the images that a Midjourney prompt begins with, as leaves, and where its words begin."""
    out: list[Leaf] = []
    at = start
    while True:
        begin = at
        while begin < len(text) and (text[begin].isspace() or (text[begin] == "," and out)):
            begin += 1
        match = IMAGE.match(text, begin)
        if match is None:
            return out, at
        if begin > at:
            out.append(Leaf(LeafKind.SEPARATOR, text[at:begin], at))
        out.append(Leaf(LeafKind.URL, match.group(), begin))
        at = match.end()

"""Which fenced block of a Markdown page holds a prompt.

READMEs are full of fences that hold commands and logs; without this guard each would be read as a photograph.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from promptlint.hosts.infotext import is_negative_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PROMPT_INFOS = frozenset(
    (
        "a1111",
        "dalle",
        "flux",
        "image-prompt",
        "midjourney",
        "mj",
        "prompt",
        "prompts",
        "sd",
        "sdxl",
        "stable-diffusion",
        "text-prompt",
        "txt-prompt",
    )
)
_NEGATIVE_INFOS = frozenset(("negative", "negative-prompt"))
_PLAIN_INFOS = frozenset(("", "text", "txt", "plain", "plaintext"))

_OF_MACHINES = re.compile(
    r"\b(?:agent|bash|chat|command|commit|dos|llm|login|password|review|shell|sudo|system|user) prompts?\b"
    r"|\bprompt (?:cach|engineer|inject)\w*",
    re.IGNORECASE,
)
_WORD = re.compile(r"\bprompts?\b|提示词|プロンプト|프롬프트", re.IGNORECASE)
_PLURAL = re.compile(r"\bprompts\W*$", re.IGNORECASE)
_ENDS_IN_WORD = re.compile(
    r"^(?:\S+ ){0,3}prompts?(?: #?\d+)?(?: ?[(（][^()（）]{1,40}[)）])?(?: ?[:：])?$", re.IGNORECASE
)
_STARTS_WITH_WORD = re.compile(r"^(?:prompts?\b|提示词|プロンプト|프롬프트)[^:：]{0,40}[:：]?$", re.IGNORECASE)
_INTRODUCES = re.compile(r"\b(?:example|following|full|my|sample|the|this) prompt\b[^.]*[:：]$", re.IGNORECASE)
_DECORATION = re.compile(r"^[\s>*_`~#\-+•\d.)]+|[\s*_`~#]+$|</?[a-z][^<>]{0,200}>|\*\*|__", re.IGNORECASE)
_NEGATIVE_WORD = re.compile(r"^(?:the )?negative(?: prompts?)?\b[^:：]{0,20}[:：]?$", re.IGNORECASE)
_LONGEST = 80
"""Code points of a line that can still be a label."""


class Verdict(Enum):
    """What a fence is."""

    PROMPT = auto()
    NEGATIVE = auto()


class Block(NamedTuple):
    """A leaf block: its kind ("p", "h2", "fence", "html_block" …), text, info string, first line from 1."""

    kind: str
    text: str
    info: str
    line: int


class _Heading(NamedTuple):
    level: int
    has_prompts: bool


def judge(path: str, blocks: Sequence[Block], *, every_fence: bool) -> Iterator[tuple[Block, Verdict]]:
    """Yield the fences that are prompts or negatives of the prompt before, in order."""
    headings: list[_Heading] = []
    readme = PurePath(path).stem.lower() == "readme"
    last_fence_spoke = False
    for index, block in enumerate(blocks):
        if block.kind.startswith("h") and block.kind[1:].isdigit():
            level = int(block.kind[1:])
            headings = [heading for heading in headings if heading.level < level]
            headings.append(_Heading(level, _names_prompts(block.text) and not (readme and level == 1)))
        elif block.kind == "fence":
            welcome = every_fence or any(heading.has_prompts for heading in headings)
            verdict = _verdict(blocks, index, welcome=welcome)
            if verdict is Verdict.NEGATIVE and not last_fence_spoke:
                verdict = None
            last_fence_spoke = verdict is not None
            if verdict is not None:
                yield block, verdict


def _verdict(blocks: Sequence[Block], index: int, *, welcome: bool) -> Verdict | None:
    words = blocks[index].info.strip().strip("{}.").lower().split()
    info = words[0] if words else ""
    if info in _NEGATIVE_INFOS:
        return Verdict.NEGATIVE
    if info not in _PROMPT_INFOS | _PLAIN_INFOS | {"json"}:
        return None
    if index and blocks[index - 1].kind != "fence" and _is_negative_label(_last_line(blocks[index - 1].text)):
        return Verdict.NEGATIVE
    if info in _PROMPT_INFOS or (welcome and info != "json") or _is_announced(blocks, index):
        return Verdict.PROMPT
    return None


def _is_announced(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether one of the two blocks before, this side of another fence or section, names a prompt."""
    below = 7
    for block in reversed(blocks[max(0, index - 2) : index]):
        level = int(block.kind[1:]) if block.kind[1:].isdigit() else 0
        if block.kind == "fence" or level >= below:
            return False
        if is_label(_last_line(block.text), heading=level > 0):
            return True
        below = level or below
    return False


def _last_line(text: str) -> str:
    """Return the last line of a block that holds words, without tags, emphasis, list and heading marks."""
    for line in reversed(text[-4 * _LONGEST :].split("\n")):
        bare = _DECORATION.sub("", line.strip()).strip()
        if bare:
            return " ".join(bare.split())
    return ""


def is_label(line: str, *, heading: bool = False) -> bool:
    """Tell whether a bare line announces an image prompt; a heading need only name one."""
    if not line or len(line) > _LONGEST or not _WORD.search(line) or _OF_MACHINES.search(line):
        return False
    if _is_negative_label(line):
        return False
    if heading:
        return True
    return any(pattern.search(line) for pattern in (_ENDS_IN_WORD, _STARTS_WITH_WORD, _INTRODUCES))


def _is_negative_label(line: str) -> bool:
    return len(line) <= _LONGEST and (is_negative_line(line) or _NEGATIVE_WORD.match(line) is not None)


def _names_prompts(heading: str) -> bool:
    """Tell whether a heading says that its section is a collection of prompts."""
    bare = _last_line(heading)
    return len(bare.split()) <= 4 and bool(_PLURAL.search(bare)) and not _OF_MACHINES.search(bare)

"""Markdown: the prompts in its fenced blocks.

markdown-it finds the fences; each line of a fence is the end of its source line, after quote marks and
indents.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from promptlint.errors import HostError
from promptlint.hosts import front_matter
from promptlint.hosts.infotext import read
from promptlint.hosts.markdown_guard import Block, Verdict, judge
from promptlint.hosts.prompt import HostOptions, Prompt, PromptPart, StatedIntent
from promptlint.hosts.spans import line_ending
from promptlint.source import OffsetMap, Piece, SourceText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it import MarkdownIt

_BLOCK_RULES = ("blockquote", "code", "fence", "heading", "hr", "html_block", "lheading", "list")


def extract(path: str, text: str, options: HostOptions) -> list[Prompt]:
    """Return the prompts in the fenced blocks of a Markdown file."""
    if "```" not in text and "~~~" not in text:
        return []
    source = SourceText(text)
    scalars = _front_matter(text)
    model = {"model": scalars["model"].text} if "model" in scalars else {}
    intent = StatedIntent(scalars["intent"], shared=True) if "intent" in scalars else None
    blocks = _blocks(text)
    prompts: list[Prompt] = []
    for block, verdict in judge(path, blocks, every_fence=options.every_fence):
        part, prefix = _contents(source, block)
        found = read(part, ending=line_ending(text), prefix=prefix, locator=f"fence at line {block.line}")
        if found is None:
            continue
        if verdict is Verdict.NEGATIVE or not found.positive.text:
            _attach(prompts, found)
        else:
            parameters = {**model, **found.parameters}
            prompts.append(replace(found, parameters=parameters, intent=intent))
    return prompts


def _attach(prompts: list[Prompt], found: Prompt) -> None:
    """Give the prompt before a fence of its own as its negative, unless it has one."""
    if prompts and prompts[-1].negative is None:
        negative = found.positive if found.positive.text else found.negative
        prompts[-1] = replace(prompts[-1], negative=negative, negative_slot=None)


def _front_matter(text: str) -> Mapping[str, PromptPart]:
    """Return what the front matter says; any page may have some, so a broken one is no error."""
    try:
        matter = front_matter.read(text)
    except HostError:
        return {}
    return matter.scalars if matter else {}


@cache
def _parser() -> MarkdownIt:
    """Return a parser of block structure alone: nothing inside a paragraph or a fence is of interest."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero", {"html": True}).enable(list(_BLOCK_RULES))
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _blocks(text: str) -> list[Block]:
    """Return the leaf blocks of a page in order, line numbers counted from 1 in the file."""
    start = front_matter.body_start(text)
    first = SourceText(text[:start]).position(start).line
    blocks: list[Block] = []
    opened = ""
    for token in _parser().parse(text[start:]):
        if token.type in ("heading_open", "paragraph_open"):
            opened = token.tag
        elif token.map is not None and token.nesting == 0:
            kind = opened if token.type == "inline" else token.type
            blocks.append(Block(kind, token.content, token.info, token.map[0] + first))
    return blocks


def _contents(source: SourceText, fence: Block) -> tuple[PromptPart, str]:
    """Return the text of a fence and what its lines start with in the file."""
    contents = fence.text.split("\n")
    if not contents[-1]:
        contents.pop()
    pieces: list[Piece] = []
    runs: list[str] = []
    prefix, at = None, 0
    for number, content in enumerate(contents, fence.line + 1):
        span = source.line_span(number)
        line = source.line_text(number)
        start = span.start + len(line) - _length_in(line, content)
        end = span.end if number < fence.line + len(contents) else span.start + len(line)
        if prefix is None and content.strip():
            prefix = source.text[span.start : start]
        if start < end:
            pieces.append(Piece(at, end - start, start, end - start))
            runs.append(source.text[start:end])
            at += end - start
    return PromptPart("".join(runs), OffsetMap(tuple(pieces) or (_nothing(source, fence),))), prefix or ""


def _nothing(source: SourceText, fence: Block) -> Piece:
    return Piece(0, 0, source.line_span(fence.line).end, 0)


def _length_in(line: str, content: str) -> int:
    """Return how much of a line's end is content; not all of it where an indent cuts through a tab."""
    if line.endswith(content):
        return len(content)
    return min(len(line), len(content.lstrip(" ")))

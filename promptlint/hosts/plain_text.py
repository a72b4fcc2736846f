"""Plain text: one prompt a file (.prompt), or what the lines look like (.txt, .prompts)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from promptlint.hosts import front_matter
from promptlint.hosts.infotext import is_negative_line, parameters_of, read
from promptlint.hosts.prompt import HostOptions, Prompt, PromptPart, StatedIntent
from promptlint.hosts.spans import cut, line_ending, lines, paragraphs, trim, whole
from promptlint.hosts.units import Shape, shape_of
from promptlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COMMENT = "#"
_NEGATIVE_KEYS = ("negative", "negativeprompt")


def extract(path: str, text: str, options: HostOptions) -> list[Prompt]:
    """Return the prompts of a plain text file. Raises HostError if its front matter is not YAML."""
    single = path.lower().endswith(".prompt")
    matter = front_matter.read(text) if single else None
    body = whole(text, matter.body if matter else 0)
    guess: Shape = "file" if single else shape_of(path, body.text)
    unit = guess if options.unit == "auto" else options.unit
    first = len(lines(text[: len(text) - len(body.text)]))
    prompts = list(_prompts(body, unit, line_ending(text), first))
    return [_with_front_matter(prompt, matter.scalars) for prompt in prompts] if matter else prompts


def _prompts(body: PromptPart, unit: Shape, ending: str, first: int) -> Iterator[Prompt]:
    """Yield the prompts of a body that starts at line `first` of its file."""
    if unit == "file":
        prompt = read(body, ending=ending)
        if prompt:
            yield prompt
    elif unit == "paragraph":
        yield from _by_paragraph(body, ending, first)
    else:
        yield from _by_line(body, first, fragment=unit == "wildcard")


def _by_line(body: PromptPart, first: int, *, fragment: bool) -> Iterator[Prompt]:
    for number, line in enumerate(lines(body.text), first):
        span = trim(body.text, line)
        if span.start < span.end and not body.text.startswith(_COMMENT, span.start):
            yield Prompt(cut(body, span), locator=f"line {number}", fragment=fragment)


def _by_paragraph(body: PromptPart, ending: str, first: int) -> Iterator[Prompt]:
    numbers = {line.start: number for number, line in enumerate(lines(body.text), first)}
    for span in _merged(body.text):
        prompt = read(cut(body, span), ending=ending, locator=f"paragraph at line {numbers[span.start]}")
        if prompt:
            yield prompt


def _merged(text: str) -> list[Span]:
    """Return the paragraphs that are prompts; a lone negative or lone parameters belong to the one before."""
    out: list[Span] = []
    announced = settled = False
    for block in paragraphs(text):
        rows = [text[row.start : row.end] for row in block]
        if all(row.lstrip().startswith(_COMMENT) for row in rows):
            continue
        alone = (is_negative_line(rows[0]) and not announced) or (len(rows) == 1 and bool(parameters_of(rows[0])))
        if out and alone and not settled:
            out[-1] = Span(out[-1].start, block[-1].end)
        else:
            out.append(Span(block[0].start, block[-1].end))
            announced = False
        announced = announced or any(map(is_negative_line, rows))
        settled = bool(parameters_of(rows[-1]))
    return out


def _with_front_matter(prompt: Prompt, scalars: Mapping[str, PromptPart]) -> Prompt:
    """Return a prompt with what the front matter says; a negative of its own goes before that one's."""
    parameters = dict(prompt.parameters)
    negative, intent = prompt.negative, None
    for key, part in scalars.items():
        if key.lower() == "intent":
            intent = StatedIntent(part)
        elif negative is None and "".join(filter(str.isalnum, key.lower())) in _NEGATIVE_KEYS:
            negative = part
        else:
            parameters.setdefault(key, part.text)
    slot = None if negative else prompt.negative_slot
    return replace(prompt, negative=negative, negative_slot=slot, parameters=parameters, intent=intent)

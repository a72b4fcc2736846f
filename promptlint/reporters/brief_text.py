"""The briefs of a file as tables: section, its words, and what they mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlint.brief import SECTIONS, Brief, Mention, classifier
from promptlint.reporters.terminal import Paint, cut, pad, painter, path_text, printable, width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlint.files import FileReport, PromptReport

NO_EVIDENCE = "nothing in it speaks for anything else"
_WORDS = 48
_Row = tuple[str, str, str]

_QUANTITIES = {
    "camera.focal-length": "{} mm",
    "camera.aperture": "f/{}",
    "camera.iso": "ISO {}",
    "camera.shutter": "{} s",
    "light.temperature": "{} K",
}


def brief_text(report: FileReport, *, color: bool = False) -> str:
    """Return a table for each prompt of a file."""
    if not report.prompts:
        return f"{path_text(report.path)}: no prompts\n"
    paint = painter(color)
    tables = "\n".join(_table(report.path, prompt, paint) for prompt in report.prompts)
    if classifier.installed() or not any(prompt.report.brief.undecided for prompt in report.prompts):
        return tables
    return f"{tables}\nclassifier: not installed (it comes with promptlint-image[spacy])\n"


def _table(path: str, prompt: PromptReport, paint: Paint) -> str:
    own, brief = prompt.prompt, prompt.report.brief
    where = f", {own.locator}" if own.locator else ""
    head = paint(
        f"{path_text(path)}{printable(where)}: {brief.intent}, {brief.dialect} ({brief.dialect_evidence})", bold=True
    )
    rows = [*_intent(prompt), *_rows(brief)]
    if own.negative is not None:
        rows.append(("negative", cut(own.negative.text, _WORDS), ""))
    rows += [("", cut(f"{key}: {value}", _WORDS), "parameter") for key, value in own.parameters.items()]
    left = max((width(row[0]) for row in rows), default=0)
    middle = max((width(row[1]) for row in rows), default=0)
    lines = [
        f"  {paint(pad(section, left), bold=True)}  {pad(words, middle)}  {says}".rstrip()
        for section, words, says in rows
    ]
    return "\n".join([head, *lines, ""])


def _intent(prompt: PromptReport) -> Iterator[_Row]:
    """Yield who says what the prompt wants, and which of its words speak for what."""
    brief, said_by = prompt.report.brief, prompt.report.intent_from
    title = "intent"
    if said_by != "the words":
        yield title, brief.intent, f"stated by {said_by}"
        title = ""
    elif not brief.evidence:
        yield title, brief.intent, NO_EVIDENCE
    for one in brief.evidence:
        yield title, one.intent, f'{one.concept} "{cut(brief.words(one.span), _WORDS)}"'
        title = ""


def _rows(brief: Brief) -> Iterator[_Row]:
    """Yield a row for each run of words of a section, further mentions of it on rows of their own."""
    for section in sorted(brief.sections, key=SECTIONS.index):
        title = section
        for span in brief.sections[section]:
            inside = [one for one in brief.mentions if span.contains(one.span)]
            first = mention_text(brief, inside[0]) if inside else ""
            yield title, cut(brief.words(span).strip(), _WORDS), first
            title = ""
            for mention in inside[1:]:
                yield "", "", mention_text(brief, mention)


def mention_text(brief: Brief, mention: Mention) -> str:
    """Return what a mention says and the words that say it."""
    return f'{meaning(mention)} "{cut(brief.words(mention.span), _WORDS)}"'


def meaning(mention: Mention) -> str:
    """Return what a mention says: its concept, with its value, denied or not."""
    negated = "not " if mention.negated else ""
    return f"{negated}{mention.concept.name}{_quantity(mention)}"


def _quantity(mention: Mention) -> str:
    if mention.value is None:
        return ""
    number = f"{mention.value:g}" + (f"-{mention.high:g}" if mention.high is not None else "")
    return " = " + _QUANTITIES.get(mention.concept.name, "{}").format(number)

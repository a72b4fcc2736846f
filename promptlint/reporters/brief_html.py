"""The briefs of a file as a page to look at: each prompt's words in the colors of their sections.

No section is told by its color alone: its name stands before its words, and each underlines in its own way.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from promptlint.brief import SECTIONS, Brief, Evidence
from promptlint.reporters.brief_marks import Piece, Run, runs
from promptlint.reporters.brief_text import NO_EVIDENCE, meaning
from promptlint.reporters.page import page, shown
from promptlint.reporters.terminal import path_text, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlint.files import FileReport, PromptReport

_LINES = {
    "subject": ("#0072b2", "solid"),
    "pose": ("#e69f00", "dashed"),
    "environment": ("#009e73", "dotted"),
    "lighting": ("#d8b400", "wavy"),
    "camera": ("#cc79a7", "double"),
    "skin": ("#d55e00", "solid"),
    "film": ("#7b61c9", "dashed"),
    "color": ("#56b4e9", "dotted"),
    "style": ("#8c6d31", "wavy"),
    "negative": ("#888888", "double"),
}
"""Color and underline of each section: colors that color-blind eyes tell apart, as far as ten can be."""

_STYLE = (
    """
.text { border: 1px solid var(--line); border-radius: .4rem; line-height: 2.1; margin: .6rem 0; padding: .5rem .9rem;
  overflow-wrap: anywhere; white-space: pre-wrap; }
.run { background: color-mix(in srgb, var(--c) 17%, transparent); border-radius: .2rem; padding: .15em .1em;
  text-decoration: underline 2px var(--line-style) var(--c); text-underline-offset: .3em;
  box-decoration-break: clone; -webkit-box-decoration-break: clone; print-color-adjust: exact; }
.text .run::before { content: attr(data-section); border-left: 3px solid var(--c); font-size: .65em;
  letter-spacing: .03em; padding: 0 .5em 0 .4em; }
.mention { cursor: help; font-weight: 600; }
.mention:focus { outline: 2px solid currentColor; outline-offset: 1px; }
.mention:focus::after { content: attr(title); background: CanvasText; bottom: 0; color: Canvas; font-weight: normal;
  left: 0; padding: .6rem 1rem; position: fixed; right: 0; text-decoration: none; z-index: 1; }
.unread { font-family: ui-monospace, monospace; font-size: .9em; font-style: italic; }
.legend { display: flex; flex-wrap: wrap; gap: .4rem 1rem; list-style: none; margin: .8rem 0; padding: 0; }
dl { display: grid; grid-template-columns: 8rem 1fr; gap: .2rem .7rem; margin: .6rem 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1rem 0 0; }
@media (max-width: 40rem) { dl { grid-template-columns: 6rem 1fr; } th[scope=row], col.section { width: 6.5rem; } }
@media print {
  .text { break-inside: avoid; } .mention:focus { outline: none; } .mention:focus::after { content: none; }
}
"""
    + "\n".join(f".{name} {{ --c: {color}; --line-style: {line}; }}" for name, (color, line) in _LINES.items())
    + "\n"
)


def brief_html(report: FileReport) -> str:
    """Return the briefs of a file's prompts as an HTML page."""
    if not report.prompts:
        return page(path_text(report.path), _STYLE, ["<p>no prompts</p>"])
    prompts = (part for number, one in enumerate(report.prompts, 1) for part in _prompt(number, one))
    return page(path_text(report.path), _STYLE, [_legend(), *prompts])


def _legend() -> str:
    sections = "".join(f'<li><span class="run {name}">{name}</span></li>' for name in SECTIONS)
    marks = (
        '<li><span class="mention">known words</span>, with what they mention</li>'
        "<li><s>must not be there</s></li>"
        '<li><span class="unread">tags, labels, captions</span></li>'
        "<li>no color: belongs to no section</li>"
    )
    return f'<ul class="legend" aria-label="Legend">{sections}{marks}</ul>'


def _prompt(number: int, prompt: PromptReport) -> Iterator[str]:
    own, brief = prompt.prompt, prompt.report.brief
    yield f'<section aria-labelledby="prompt-{number}">'
    yield f'<h2 id="prompt-{number}">{escape(printable(own.locator or f"prompt {number}"))}</h2>'
    yield f'<dl><dt>intent</dt><dd class="intent"><strong>{brief.intent}</strong>{_why(prompt)}</dd>'
    yield f"<dt>dialect</dt><dd><strong>{brief.dialect}</strong>: {shown(brief.dialect_evidence)}</dd>"
    yield from (f"<dt>{shown(key)}</dt><dd>{shown(value)}</dd>" for key, value in own.parameters.items())
    yield "</dl>"
    yield f'<div class="text prompt">{"".join(map(_run, runs(brief)))}</div>'
    if own.negative is not None:
        yield "<h3>Negative prompt</h3>"
        yield f'<div class="text negative-prompt">{shown(own.negative.text)}</div>'
    yield from _table(brief)
    yield "</section>"


def _why(prompt: PromptReport) -> str:
    """Return who or what says what the prompt wants; what its words speak for as a list."""
    brief, said_by = prompt.report.brief, prompt.report.intent_from
    says = f", stated by {said_by}" if said_by != "the words" else "" if brief.evidence else f": {NO_EVIDENCE}"
    return says + "".join(_evidence(brief, one) for one in brief.evidence)


def _evidence(brief: Brief, one: Evidence) -> str:
    return f"<br>for {one.intent}: <q>{shown(brief.words(one.span))}</q> {escape(one.concept)}"


def _run(run: Run) -> str:
    words = "".join(map(_piece, run.pieces))
    if run.section is None:
        return words
    return f'<span class="run {run.section}" data-section="{run.section}">{words}</span>'


def _piece(piece: Piece) -> str:
    words = shown(piece.text)
    if piece.denied:
        words = f"<s>{words}</s>"
    if piece.mention is not None:
        return f'<span class="mention" tabindex="0" title="{escape(meaning(piece.mention))}">{words}</span>'
    return f'<span class="unread">{words}</span>' if piece.unread else words


def _table(brief: Brief) -> Iterator[str]:
    """Yield what each section says and mentions, for paper and for whoever sees no tooltips."""
    if not brief.sections:
        return
    yield '<table><colgroup><col class="section"><col><col></colgroup><thead><tr><th scope="col">section</th>'
    yield '<th scope="col">words</th><th scope="col">mentions</th></tr></thead><tbody>'
    for section in sorted(brief.sections, key=SECTIONS.index):
        for span in brief.sections[section]:
            inside = (one for one in brief.mentions if span.contains(one.span))
            says = "<br>".join(f"{escape(meaning(one))} <q>{shown(brief.words(one.span))}</q>" for one in inside)
            yield f'<tr><th scope="row"><span class="run {section}">{section}</span></th>'
            yield f"<td>{shown(brief.words(span).strip())}</td><td>{says}</td></tr>"
    yield "</tbody></table>"

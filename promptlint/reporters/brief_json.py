"""The briefs of a file as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from promptlint.brief import classifier
from promptlint.reporters.places import UNITS, range_of
from promptlint.source import SourceText, Span

if TYPE_CHECKING:
    from promptlint.brief import Mention
    from promptlint.files import FileReport, PromptReport

VERSION = 1


def brief_json(report: FileReport) -> str:
    """Return the briefs of a file's prompts as one object, in ASCII."""
    prompts = [_prompt(report.source, prompt) for prompt in report.prompts]
    state = "installed" if classifier.installed() else "not installed"
    whole = {"version": VERSION, "units": UNITS, "path": report.path, "classifier": state, "prompts": prompts}
    return json.dumps(whole, indent=2) + "\n"


def _prompt(source: SourceText, prompt: PromptReport) -> dict[str, Any]:
    brief = prompt.report.brief
    own = prompt.prompt
    whole = own.positive.map.source_span(Span(0, len(own.positive.text)))
    return {
        "locator": own.locator,
        "intent": brief.intent,
        "intent_from": prompt.report.intent_from,
        "intent_evidence": [
            {"intent": one.intent, "concept": one.concept, **_words(source, prompt, one.span)} for one in brief.evidence
        ],
        "dialect": brief.dialect,
        "dialect_evidence": brief.dialect_evidence,
        "span": range_of(source, whole),
        "sections": {
            section: [_words(source, prompt, span) for span in spans] for section, spans in brief.sections.items()
        },
        "mentions": [_mention(source, prompt, mention) for mention in brief.mentions],
        "negative": own.negative.text if own.negative else None,
        "parameters": dict(own.parameters),
    }


def _words(source: SourceText, prompt: PromptReport, span: Span) -> dict[str, Any]:
    place = prompt.prompt.positive.map.source_span(span)
    return {"text": prompt.report.brief.words(span), "range": range_of(source, place)}


def _mention(source: SourceText, prompt: PromptReport, mention: Mention) -> dict[str, Any]:
    return {
        "concept": mention.concept.name,
        "section": mention.section,
        **_words(source, prompt, mention.span),
        "negated": mention.negated,
        "value": mention.value,
        "high": mention.high,
    }

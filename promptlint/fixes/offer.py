"""From a rule's fixes to a finding's: chooses those that fit the brief, and writes them as edits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from promptlint.checks import Case, Finding
from promptlint.diagnostics import Applicability, Edit, Fix
from promptlint.fixes.layout import Layout
from promptlint.fixes.removal import removals, with_leads
from promptlint.rules import FixSpec, Rule, filled
from promptlint.source import Span

_EMPTY = re.compile(r"\{\w+\}")

HouseStyle = Mapping[str, str]
"""The team's own choices: any of film, lens, light, negative."""


def offer(rule: Rule, finding: Finding, case: Case, layout: Layout, house: HouseStyle) -> tuple[Fix, ...]:
    """Return the fixes of a finding, those for a given scene before those for any."""
    out: list[Fix] = []
    for spec in rule.file.fixes:
        brief = case.brief
        if (spec.when and not brief.has(spec.when)) or brief.has(spec.unless):
            continue
        fix = _build(rule, spec, finding, case, layout, house)
        if fix is not None and all(fix.edits != other.edits for other in out):
            out.append(fix)
    if any(fix.applicability is Applicability.SAFE for fix in out):
        out.sort(key=lambda fix: fix.applicability is not Applicability.SAFE)
    return tuple(out)


def _build(rule: Rule, spec: FixSpec, finding: Finding, case: Case, layout: Layout, house: HouseStyle) -> Fix | None:
    own = house.get(spec.house) if spec.house else None
    applicability = Applicability.SAFE if own else spec.applicability
    if spec.negative is not None:
        return _negative(own or spec.negative, case, applicability, spec.title)
    if spec.edit:
        title = filled(spec.title, finding.values)
        return Fix(title, applicability, finding.edits) if finding.edits else None
    if spec.remove:
        return _removal(spec, finding, layout, applicability)
    if spec.insert is not None:
        tag = own or spec.insert
        edit = layout.insertion(spec.section or rule.file.section, tag, None if own else spec.sentence)
        return Fix(spec.title or tag, applicability, (edit,)) if edit else None
    text = own or filled(spec.replace or "", finding.values) or _attribute(spec, finding)
    if not text or _EMPTY.search(text):
        return None
    spans = [finding.span, *(mention.span for mention in finding.same)]
    edits = tuple(_replacement(layout.text, span, text) for span in spans)
    return Fix(filled(spec.title, finding.values) or text, applicability, edits)


def _removal(spec: FixSpec, finding: Finding, layout: Layout, applicability: Applicability) -> Fix | None:
    """Take out what was found; of a contradiction one side, together with the preposition that it hangs on."""
    this = [finding.span, *(mention.span for mention in finding.same)]
    other = [mention.span for mention in finding.also]
    if spec.remove is True:
        spans: list[Span] | None = [*this, *other]
    else:
        spans = with_leads(layout, this if spec.remove == "this" else other)
    if not spans:
        return None
    return Fix(filled(spec.title, finding.values) or "remove", applicability, removals(layout, spans))


def _attribute(spec: FixSpec, finding: Finding) -> str | None:
    value: Any = finding.mention.concept.attributes.get(spec.attribute) if finding.mention and spec.attribute else None
    return value if isinstance(value, str) else None


def _replacement(text: str, span: Span, new: str) -> Edit:
    """Replace words by words; a capital at their beginning stays one."""
    if text[span.start : span.start + 1].isupper() and (span.start == 0 or text[span.start - 2 : span.start] == ". "):
        new = new[0].upper() + new[1:]
    return Edit(span, new)


def _negative(words: str, case: Case, applicability: Applicability, title: str) -> Fix:
    end = len(case.negative or "")
    return Fix(title or f"add the negative prompt: {words}", applicability, (Edit(Span(0, end), words, "negative"),))

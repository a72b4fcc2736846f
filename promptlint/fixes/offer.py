"""From a rule's fixes to a finding's: chooses those that fit the brief, and writes them as edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from promptlint.checks import Case, Finding
from promptlint.diagnostics import Applicability, Edit, Fix
from promptlint.fixes.layout import Layout
from promptlint.fixes.removal import removals
from promptlint.rules import FixSpec, Rule, filled
from promptlint.source import Span

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
        return Fix(title, applicability, _edits(finding, layout, adds=spec.adds)) if finding.edits else None
    if spec.remove:
        spans = [finding.span, *(mention.span for mention in finding.also)]
        return Fix(spec.title or "remove", applicability, removals(layout, spans))
    if spec.insert is not None:
        tag = own or spec.insert
        edit = layout.insertion(spec.section or rule.file.section, tag, None if own else spec.sentence)
        return Fix(spec.title or tag, applicability, (edit,)) if edit else None
    text = own or spec.replace or _attribute(spec, finding)
    if not text:
        return None
    return Fix(spec.title or text, applicability, (_replacement(layout.text, finding.span, text),))


def _edits(finding: Finding, layout: Layout, *, adds: bool) -> tuple[Edit, ...]:
    """Return a finding's own edits, where the fix `adds` with its additions at the places of their sections."""
    added = [layout.insertion(section, words, None) for section, words in finding.additions if adds]
    edits = [*finding.edits, *(edit for edit in added if edit is not None)]
    # What is put in where something is taken out goes in first.
    return tuple(sorted(edits, key=lambda edit: (edit.part, edit.span.start, edit.span.end)))


def _attribute(spec: FixSpec, finding: Finding) -> str | None:
    value: Any = finding.mention.concept.attributes.get(spec.attribute) if finding.mention and spec.attribute else None
    return value if isinstance(value, str) else None


def _replacement(text: str, span: Span, new: str) -> Edit:
    """Replace words by words; a capital at their beginning stays one."""
    if text[span.start : span.start + 1].isupper() and (span.start == 0 or text[span.start - 2 : span.start] == ". "):
        new = new[0].upper() + new[1:]
    return Edit(span, new)


def _negative(words: str, case: Case, applicability: Applicability, title: str) -> Fix:
    if case.model is not None and case.model.negative == "flag" and not case.negative:
        end = len(case.tree.text.rstrip())
        return Fix(title or f"add --no {words}", applicability, (Edit(Span(end, end), f" --no {words}"),))
    end = len(case.negative or "")
    return Fix(title or f"add the negative prompt: {words}", applicability, (Edit(Span(0, end), words, "negative"),))

"""From a rule's fixes to a finding's: chooses those that fit the brief, and writes them as edits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from promptlint.brief import Brief
from promptlint.checks import Case, Finding
from promptlint.checks.opposites import pairs
from promptlint.checks.selector import reads
from promptlint.diagnostics import Applicability, Edit, Fix
from promptlint.fixes.edits import apply_edits
from promptlint.fixes.layout import Layout
from promptlint.fixes.places import is_followed, replaced
from promptlint.fixes.removal import is_value, leaves_stump, removals, with_leads
from promptlint.rules import FixSpec, Rule, filled
from promptlint.source import Span

_HOLE = re.compile(r"\{\w+\}")
"""A value that the finding has not got: there is no such fix for it."""
_NO_VALUE = re.compile(r"[\"\w]\s*:[ \t]*(?=[,}\]\r\n]|$)")
"""A key with nothing behind it."""
_LABEL_ALONE = re.compile(r":[*_]*[ \t]*[.,;]*[ \t]*(?=[\r\n]|$)|:[*_]*[ \t]*[.,;](?=\s)")
_LABEL_GONE = re.compile(r"(?m)^[\s\W]*(\w[\w &/'-]*):")
_INLINE = 4
"""Words that can take the place of others anywhere; more are a phrase of their own."""
_OPENING = '.!?:\n\r"“*•-'
"""What stands before the beginning of something said."""

HouseStyle = Mapping[str, str]
"""The team's own choices: any of film, lens, light, negative."""


def offer(rule: Rule, finding: Finding, case: Case, layout: Layout, house: HouseStyle) -> tuple[Fix, ...]:
    """Return the fixes of a finding, those for a given scene before those for any."""
    out: list[Fix] = []
    if rule.file.section not in ("negative", "syntax", "model") and layout.is_excluded(finding.span):
        return ()
    for spec in rule.file.fixes:
        if not layout.grounds.fits(spec, finding) or (spec.followed and not is_followed(finding.span, layout)):
            continue
        if _chooses(spec, house, case.brief) and not layout.grounds.may_choose(spec.section or rule.file.section):
            continue
        if spec.negative is not None and not spec.remove and not layout.grounds.describes:
            continue
        if not spec.edit and (spec.negative is None or spec.remove) and not layout.grounds.may_write:
            continue
        fix = _build(rule, spec, finding, case, layout, house)
        if fix is not None and all(fix.edits != other.edits for other in out):
            out.append(fix)
    out = [fix for fix in out if not _repeats(fix, layout.text)] or out
    if any(fix.applicability is Applicability.SAFE for fix in out):
        out.sort(key=lambda fix: fix.applicability is not Applicability.SAFE)
    return tuple(out)


def _chooses(spec: FixSpec, house: HouseStyle, brief: Brief) -> bool:
    """Tell whether a fix puts something into a photograph's prompt that the author did not ask for."""
    own = spec.house is not None and spec.house in house
    is_photograph = brief.intent in ("portrait", "photo")
    return spec.sentence is not None and not own and (is_photograph or spec.applicability is Applicability.UNSAFE)


def _repeats(fix: Fix, text: str) -> bool:
    """Tell whether a fix replaces words by some that stand in the prompt already."""
    outside = text
    for edit in reversed(fix.edits):
        if edit.part != "positive" or edit.span.start == edit.span.end or not edit.text:
            return False
        outside = outside[: edit.span.start] + "\0" + outside[edit.span.end :]
    return any(edit.text.casefold() in outside.casefold() for edit in fix.edits)


def _build(rule: Rule, spec: FixSpec, finding: Finding, case: Case, layout: Layout, house: HouseStyle) -> Fix | None:
    own = house.get(spec.house) if spec.house else None
    applicability = Applicability.SAFE if own else spec.applicability
    if spec.negative is not None:
        return _negative(own or spec.negative, spec, finding, case, layout, applicability)
    if spec.edit:
        title = filled(spec.title, finding.values)
        return Fix(title, applicability, _edits(finding, layout, adds=spec.adds)) if finding.edits else None
    if spec.remove:
        return _removal(spec, finding, layout, applicability)
    if spec.insert is not None:
        return _insertion(rule, spec, finding, layout, own, applicability)
    new = spec.replace or ""
    is_phrase = spec.sentence is not None or ", " in new or len(new.split()) > _INLINE
    alone = replaced(finding.span, layout, may_lead=" with " not in new) if is_phrase else finding.span
    if alone is None:
        return _insertion(rule, spec, finding, layout, own, applicability) if spec.sentence is not None else None
    return _replacing(spec, finding, alone, case.brief, layout, own, applicability)


def _insertion(
    rule: Rule, spec: FixSpec, finding: Finding, layout: Layout, own: str | None, applicability: Applicability
) -> Fix | None:
    """Put words in where their section stands, or beside what was found."""
    tag = own or filled(spec.insert or spec.replace or "", finding.values)
    sentence = filled(spec.sentence, finding.values) if spec.sentence and not own else None
    if _HOLE.search(tag):
        return None
    if spec.near and spec.insert is not None and _is_of_a_thing(finding, layout.brief):
        return None
    by_section = spec.replace is not None and layout.style in ("labelled", "structured")
    by_section = by_section or layout.names_in_passing(finding.span)
    near = finding.span if spec.near and not by_section else None
    if near is not None and layout.has_hole(near):
        return None
    edit = layout.insertion(spec.section or rule.file.section, tag, sentence, spec.key, near)
    return Fix(spec.title or layout.voice.local(tag), applicability, (edit,)) if edit else None


def _is_of_a_thing(finding: Finding, brief: Brief) -> bool:
    """Tell whether what was found is said of a thing: "a table holding a plate"."""
    phrase = next((one.span for one in brief.phrases if one.span.contains(finding.span)), finding.span)
    before = [one for one in brief.mentions if phrase.start <= one.span.start and one.span.end <= finding.span.start]
    kinds = [one.concept.prefixes[-1] for one in before]
    return bool(kinds) and kinds[-1] in ("thing", "place") and "person" not in kinds


def _replacing(
    spec: FixSpec,
    finding: Finding,
    alone: Span,
    brief: Brief,
    layout: Layout,
    own: str | None,
    applicability: Applicability,
) -> Fix | None:
    """Put words in the place of those found; `alone` are they with the adjectives before them."""
    if spec.near and layout.has_hole(finding.span, within="phrase"):
        return None
    text = own or filled(spec.replace or "", finding.values) or _attribute(spec, finding)
    if not text or _HOLE.search(text) or (spec.attribute and _says_already(text, finding, layout)):
        return None
    if finding.mention is not None and finding.mention.negated and not _is_alone(finding, brief):
        return None
    if not finding.edits and not own:
        text = layout.voice.local(text)
    if finding.mention is not None and finding.mention.negated and brief.words(finding.span).lower().startswith("with"):
        text = f"with {text}"
    spans = [alone, *(mention.span for mention in finding.same)]
    edits = tuple(_replacement(layout.text, span, text) for span in spans)
    return Fix(filled(spec.title, finding.values) or text, applicability, edits)


def _removal(spec: FixSpec, finding: Finding, layout: Layout, applicability: Applicability) -> Fix | None:
    """Take out what was found; of a contradiction one side, together with the preposition that it hangs on."""
    title = filled(spec.title, finding.values)
    if _HOLE.search(title):
        return None
    this = [finding.cut or finding.span, *(mention.span for mention in finding.same)]
    other = [mention.span for mention in finding.also]
    if spec.remove is True:
        if any(leaves_stump(layout, span) for span in [*this, *other]):
            return None
        if any(is_value(layout, span) and layout.member_removal(span) is None for span in [*this, *other]):
            return None
        spans: list[Span] | None = [*this, *other]
    else:
        spans = with_leads(layout, this if spec.remove == "this" else other)
    if not spans:
        return None
    edits = removals(layout, spans)
    left = apply_edits(layout.text, edits)
    if not any(letter.isalpha() for letter in left):
        return None
    if layout.brief.dialect == "structured" and len(_NO_VALUE.findall(left)) > len(_NO_VALUE.findall(layout.text)):
        return None
    return Fix(title or "remove", applicability, edits)


def _edits(finding: Finding, layout: Layout, *, adds: bool) -> tuple[Edit, ...]:
    """Return a finding's own edits, where the fix `adds` with its additions at the places of their sections."""
    added = [layout.insertion(section, words, None) for section, words in finding.additions if adds]
    edits = [*(_apart(edit, layout.text) for edit in finding.edits), *(edit for edit in added if edit is not None)]
    # What is put in where something is taken out goes in first.
    return tuple(sorted(edits, key=lambda edit: (edit.part, edit.span.start, edit.span.end)))


def _apart(edit: Edit, text: str) -> Edit:
    """Leave a space before parameters, where what stood before them is taken out."""
    (start, end), glued = edit.span, not text[: edit.span.start][-1:].isspace()
    return Edit(edit.span, " ", edit.part) if not edit.text and start and glued and text.startswith("--", end) else edit


def _attribute(spec: FixSpec, finding: Finding) -> str | None:
    value: Any = finding.mention.concept.attributes.get(spec.attribute) if finding.mention and spec.attribute else None
    return value if isinstance(value, str) else None


def _says_already(text: str, finding: Finding, layout: Layout) -> bool:
    """Tell whether two words in a row of a text stand elsewhere in the prompt."""
    outside = layout.text[: finding.span.start] + "\0" + layout.text[finding.span.end :]
    return any(reads(outside, [pair]) for pair in pairs(text))


def _replacement(text: str, span: Span, new: str) -> Edit:
    """Replace words by words; a capital at the beginning of what is said stays one."""
    before = text[: span.start].rstrip(" \t")
    if text[span.start : span.start + 1].isupper() and (not before or before[-1] in _OPENING):
        new = new[0].upper() + new[1:]
    return Edit(span, new)


def _is_alone(finding: Finding, brief: Brief) -> bool:
    """Tell whether a negation can be put the other way: it ends its phrase, and is none of a list of orders."""
    if finding.cut is None:
        return False
    number = next(at for at, phrase in enumerate(brief.phrases) if phrase.span.end >= finding.span.end)
    phrase = brief.phrases[number]
    if brief.words(Span(finding.span.end, max(finding.span.end, phrase.span.end))).strip(" .,;"):
        return False
    around = [brief.phrases[at] for at in (number - 1, number + 1) if 0 <= at < len(brief.phrases)]
    listed = {one.span.start for one in around if one.sentence == phrase.sentence or brief.dialect == "structured"}
    return listed.isdisjoint(other.span.start for other in brief.negations)


def _negative(
    template: str, spec: FixSpec, finding: Finding, case: Case, layout: Layout, applicability: Applicability
) -> Fix | None:
    """Add to the negative prompt, and take out what was found where the fix moves it there."""
    words = filled(template, finding.values)
    if _HOLE.search(words):
        return None
    # What is asked for can't be excluded, unless it is taken out with the same stroke.
    new = ", ".join(
        word
        for word in words.split(", ")
        if not reads(_excluded(case), [word]) and (spec.remove or not layout.grounds.asks_for(word))
    )
    edits = [_appended(new, case)] if new else []
    if spec.remove:
        edits = [*removals(layout, [finding.cut or finding.span]), *edits]
    if not edits or _leaves_a_label(layout, edits):
        return None
    added = f"add --no {words}" if edits[-1].text.startswith(" --no") else f"add the negative prompt: {words}"
    title = filled(spec.title, finding.values) or added
    return Fix(title, applicability, tuple(edits))


def _leaves_a_label(layout: Layout, edits: Sequence[Edit]) -> bool:
    """Tell whether a label would be left with nothing behind it, or lost though it says of what it speaks."""
    gone = [layout.text[slice(*edit.span)] for edit in edits if edit.part == "positive"]
    labels = [match.group(1).strip().lower() for words in gone for match in _LABEL_GONE.finditer(words)]
    if any(label.split()[-1] not in layout.tables.choices["exclusions"] for label in labels):
        return True
    left = apply_edits(layout.text, [edit for edit in edits if edit.part == "positive"])
    return len(_LABEL_ALONE.findall(left)) > len(_LABEL_ALONE.findall(layout.text))


def _excluded(case: Case) -> str:
    """Return what the prompt excludes already."""
    return ", ".join([case.negative or "", *(case.brief.words(span) for span in case.brief.negatives)])


def _appended(words: str, case: Case) -> Edit:
    """Put words at the end of the negative prompt, which may stand in the text itself."""
    if case.model is not None and case.model.negative == "flag" and not case.negative:
        end = len(case.tree.text.rstrip())
        return Edit(Span(end, end), f" --no {words}")
    negative, inline = (case.negative or "").rstrip(" ,"), case.brief.negatives
    if not negative and inline:
        last = case.brief.words(inline[-1])
        at = inline[-1].start + len(last.rstrip(" .,"))
        return Edit(Span(at, at), f", {words}")
    end = len(case.negative or "")
    return Edit(Span(len(negative), end), f", {words}" if negative else words, "negative")

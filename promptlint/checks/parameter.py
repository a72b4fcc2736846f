"""Parameters that their tool doesn't know, or that are set to what it can't take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from promptlint import parameters
from promptlint.checks.case import Case, Check, Finding, subject_span
from promptlint.checks.hints import CERTAIN, PAIRS
from promptlint.checks.needs import Need, Sign
from promptlint.diagnostics import Edit
from promptlint.source import Span
from promptlint.syntax import Parameter, Tree, flags
from promptlint.syntax.parameters import infotext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from promptlint.parameters import Setting, Settings

_SHORTEST = 4
"""Letters of a key, or of a flag in a text without any known one, that can be called a slip."""


class Parameters(Check, frozen=True, forbid_unknown_fields=True):
    """Midjourney's flags in the prompt, and the infotext beside it or at its end."""

    @property
    def needs(self) -> Sequence[Need]:
        return [Need((Sign.FLAGS, Sign.INFOTEXT, Sign.SETTINGS))]

    def find(self, case: Case) -> Iterator[Finding]:
        yield from _of_flags(case.tree)
        yield from _of_line(case.tree.text)
        yield from _beside(case)


def _of_flags(tree: Tree) -> Iterator[Finding]:
    found = flags(tree)
    if not found:
        return
    known = parameters.catalogue()["midjourney"]
    version = _version(known, found)
    spoken = tree.dialect == "midjourney" or any(known.find(one.name) or one.glued() for one in found)
    for one in found:
        setting = known.find(one.name)
        if setting is None:
            finding = _unknown_flag(known, one, version)
            if spoken or (finding.edits and len(one.name) >= _SHORTEST):
                yield finding
            continue
        if one.dash != "--":
            yield _with_dash(tree.text, one)
        if version in setting.not_in:
            problem = f"is no parameter of version {version}"
            yield Finding(_flag(one), {"phrase": f"--{one.name}", "problem": problem})
        elif not setting.holds(one.value, version):
            yield _bad_value(setting, one, version, f"--{one.name}")


def _version(known: Settings, found: Sequence[Parameter]) -> str:
    """Return the version that a prompt names, as the knowledge writes it."""
    for one in found:
        name, value = one.glued() or (one.name, one.value)
        setting = known.find(name)
        if setting is not None and setting.name in known.version:
            plain = value.rstrip(".,")
            number = plain.removesuffix(".0")
            return number if setting.name == "version" else f"{setting.name} {number}"
    return ""


def _flag(one: Parameter) -> Span:
    return Span(one.span.start, one.name_span.end)


def _with_dash(text: str, one: Parameter) -> Finding:
    """A flag behind a dash that an editor has made of two hyphens."""
    span, right = _flag(one), f"--{one.name}"
    problem = f'begins with "{one.dash}" instead of two hyphens, so that it is read as words'
    # What is put in needs the space before it that a flag has.
    glued = one.span.start > 0 and not text[one.span.start - 1].isspace()
    edit = Edit(span, f" {right}" if glued else right)
    values = {"phrase": f"{one.dash}{one.name}", "problem": problem, "mending": f"write {right}"}
    return Finding(span, values, edits=(edit,))


def _unknown_flag(known: Settings, one: Parameter, version: str) -> Finding:
    span = _flag(one)
    phrase = f"{one.dash}{one.name}"
    glued = one.glued()
    if glued is not None:
        name, value = glued
        setting = known.find(name)
        right = value if setting is None or setting.holds(value, version) else setting.mended(value, version)
        problem = "has no space before its value"
        if not right:
            return Finding(span, {"phrase": phrase, "problem": problem})
        new = f"--{name} {right}"
    else:
        near = known.nearest(one.name, one.value, version)
        problem = "is no parameter of Midjourney"
        if len(near) != 1:
            hint = f"; did you mean --{near[0]} or --{near[1]}?" if len(near) == 2 else ""
            return Finding(span, {"phrase": phrase, "problem": problem + hint})
        new = f"--{near[0]}"
        problem += f"; did you mean {new}?"
    values = {"phrase": phrase, "problem": problem, "mending": f"write {new}"}
    return Finding(span, values, edits=(Edit(span, new),))


def _bad_value(setting: Setting, one: Parameter, version: str, shown: str) -> Finding:
    takes = setting.takes(version)
    if not one.value:
        span = _flag(one)
        return Finding(span, {"phrase": shown, "problem": f"has no value; it takes {takes}"})
    problem = f"is no value of {shown}, which takes {takes}"
    if version and version in setting.by_version:
        problem += f" in version {version}"
    span = one.value_span
    right = setting.mended(one.value, version)
    if right is None:
        return Finding(span, {"phrase": one.value, "problem": problem})
    if right:
        values = {"phrase": one.value, "problem": problem, "mending": f"write {right}"}
        return Finding(span, values, edits=(Edit(span, right),))
    values = {"phrase": one.value, "problem": problem, "mending": "take the value out"}
    return Finding(span, values, edits=(Edit(Span(one.name_span.end, one.span.end), ""),))


def _of_line(text: str) -> Iterator[Finding]:
    for one in last_line(text):
        yield from _of_pair(one)


def last_line(text: str) -> list[Parameter]:
    """Return the parameters of a last line that is an infotext's, none where it is of another kind."""
    end = len(text.rstrip())
    start = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
    if text.count(":", start, end) < PAIRS or not any(text.find(key, start, end) >= 0 for key in CERTAIN):
        return []
    pairs = infotext(text, Span(start, end))
    certain = len(pairs) >= PAIRS and is_infotext({one.name: one.value for one in pairs})
    return pairs if certain else []


def _beside(case: Case) -> Iterator[Finding]:
    """Yield what is wrong in the infotext beside the prompt; what is shown is the prompt."""
    if not is_infotext(case.parameters):
        return
    nowhere = Span(0, 0)
    for name, value in case.parameters.items():
        for finding in _of_pair(Parameter(name, value, nowhere, nowhere, nowhere)):
            yield Finding(subject_span(case.brief), finding.values)


def is_infotext(pairs: Mapping[str, str]) -> bool:
    """Tell whether settings are those of an infotext, and not of front matter."""
    return any(key in pairs for key in CERTAIN)


def _of_pair(one: Parameter) -> Iterator[Finding]:
    known = parameters.catalogue()["infotext"]
    setting = known.find(one.name)
    if setting is not None:
        if not setting.holds(one.value):
            yield _bad_value(setting, one, "", one.name)
        return
    # Extensions write keys of their own, so only a slip of a known one is a mistake.
    near = known.nearest(one.name, one.value) if len(one.name) >= _SHORTEST else []
    if len(near) == 1:
        problem = f"is no parameter that is read back; did you mean {near[0]}?"
        values = {"phrase": one.name, "problem": problem, "mending": f"write {near[0]}"}
        yield Finding(one.name_span, values, edits=(Edit(one.name_span, near[0]),))

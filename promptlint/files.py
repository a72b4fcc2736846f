"""One file: its prompts are read and linted each, and their fixes go back into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from promptlint import hosts, models
from promptlint.config import Config
from promptlint.diagnostics import Diagnostic, Edit
from promptlint.errors import ConfigError, HostError
from promptlint.fixes import Declined, Fixed, apply_edits
from promptlint.hosts import HostOptions, Prompt, PromptPart
from promptlint.hosts.files import read
from promptlint.linter import Linter, Report, linter_for
from promptlint.source import SourceText, Span


@dataclass(frozen=True, slots=True)
class PromptReport:
    """One prompt of a file and what the linter says of it."""

    prompt: Prompt
    report: Report

    def source_span(self, diagnostic: Diagnostic) -> Span:
        """Return where in the file a finding points."""
        part = self.prompt.part(diagnostic.part) or self.prompt.positive
        return part.map.source_span(diagnostic.span)


@dataclass(frozen=True, slots=True)
class FileReport:
    """What the linter says of a file. `error` is why it could not be checked, where it could not."""

    path: str
    source: SourceText
    prompts: tuple[PromptReport, ...] = ()
    error: str | None = None


@dataclass(slots=True)
class FileFix:
    """A file after its fixes: the new text, how many fixes were made, and which were not and why."""

    text: str
    applied: int = 0
    declined: list[Declined] = field(default_factory=list)


def lint_source(path: str, source: SourceText, config: Config) -> FileReport:
    """Lint the prompts of a file whose text is at hand. `path` decides the host and the per-file rules.

    Raises ConfigError, RuleError, KnowledgeError where the configuration can't be used.
    """
    try:
        prompts = hosts.extract(path, source.text, _options(config, path))
    except HostError as error:
        return FileReport(path, source, error=str(error))
    base = linter_for(config, path)
    reports = []
    for prompt in prompts:
        linter = _for_prompt(base, prompt)
        report = linter.lint(prompt.positive.text, prompt.negative.text if prompt.negative else None)
        reports.append(PromptReport(prompt, report))
    return FileReport(path, source, tuple(reports))


def lint_path(path: str, config: Config) -> FileReport:
    """Read and lint a file. What can't be read is in the report's `error`."""
    try:
        text, shift = read(path, config.table.max_file_size)
    except HostError as error:
        return FileReport(path, SourceText(""), error=str(error))
    return lint_source(path, SourceText(text, shift), config)


def fix_source(report: FileReport, config: Config, *, unsafe: bool) -> FileFix:
    """Return a linted file's text with the fixes of its prompts made.

    The new text is read again: a prompt that does not come back as it was meant to, or another that changed, and
    the prompt's fixes are left out and reported.
    """
    base = linter_for(config, report.path)
    options = _options(config, report.path)
    fixed: list[Fixed | None] = []
    refused: list[Declined] = []
    for one in report.prompts:
        negative = one.prompt.negative.text if one.prompt.negative else None
        found = _for_prompt(base, one.prompt).fix(one.prompt.positive.text, negative, unsafe=unsafe)
        refused += found.declined
        fixed.append(found if found.applied else None)
    text = _written(report, fixed)
    if not _reads_as(report, options, text, fixed):
        # One prompt spoils the file: make each alone, and keep those that read back.
        for number, change in enumerate(fixed):
            alone: list[Fixed | None] = [other if at == number else None for at, other in enumerate(fixed)]
            if change and not _reads_as(report, options, _written(report, alone), alone):
                refused += [Declined(rule, "", "the file would not read back as meant") for rule in change.applied]
                fixed[number] = None
        text = _written(report, fixed)
    return FileFix(text, sum(len(change.applied) for change in fixed if change), refused)


def _options(config: Config, path: str) -> HostOptions:
    table = config.host_for(path)
    return HostOptions(unit=table.unit, every_fence=table.every_fence)


def _for_prompt(base: Linter, prompt: Prompt) -> Linter:
    """Return the linter for one prompt: its file may name a model, have no room for a negative, hold fragments."""
    holds = prompt.negative is not None or prompt.negative_slot is not None
    model = base.model
    named = prompt.parameters.get("model") or prompt.parameters.get("Model")
    if named and model is None:
        try:
            model = models.find(named)
        except ConfigError:
            # A checkpoint that no catalogue knows: nothing is known of what it takes.
            model = None
    if holds and not prompt.fragment and not prompt.parameters and model is base.model:
        return base
    return replace(
        base, model=model, can_hold_negative=holds, fragment=prompt.fragment, parameters=prompt.parameters
    )


def _written(report: FileReport, fixed: Sequence[Fixed | None]) -> str:
    """Return the file's text with the edits of its prompts made."""
    edits: list[Edit] = []
    for one, change in zip(report.prompts, fixed, strict=True):
        if change is None:
            continue
        edits += _placed(one.prompt, one.prompt.positive, change.edits)
        if one.prompt.negative is not None:
            edits += _placed(one.prompt, one.prompt.negative, change.negative_edits)
        elif change.negative and one.prompt.negative_slot is not None:
            slot = one.prompt.negative_slot
            words = slot.template.replace("{negative}", change.negative)
            edits.append(Edit(Span(slot.offset, slot.offset), words))
    return apply_edits(report.source.text, edits)


def _placed(prompt: Prompt, part: PromptPart, edits: Sequence[Edit]) -> list[Edit]:
    """Return edits of a prompt's text as edits of the file: cut at its gaps, further lines with their prefix."""
    out = []
    for edit in edits:
        words = edit.text.replace("\n", f"\n{prompt.line_prefix}") if prompt.line_prefix else edit.text
        runs = [source for _, source in part.map.runs(edit.span)]
        if not runs:
            at = part.map.source_offset(edit.span.start, end=True)
            out.append(Edit(Span(at, at), words))
            continue
        out.append(Edit(runs[0], words))
        out += [Edit(run, "") for run in runs[1:]]
    return out


def _reads_as(report: FileReport, options: HostOptions, text: str, fixed: Sequence[Fixed | None]) -> bool:
    """Tell whether the new text holds the same prompts, changed just as meant."""
    try:
        prompts = hosts.extract(report.path, text, options)
    except HostError:
        return False
    if len(prompts) != len(report.prompts):
        return False
    for now, was, change in zip(prompts, report.prompts, fixed, strict=True):
        before = was.prompt
        meant = change.text if change else before.positive.text
        negative = change.negative if change else (before.negative.text if before.negative else None)
        if now.positive.text != meant or (now.negative.text if now.negative else None) != negative:
            return False
    return True

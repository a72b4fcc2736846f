"""One file: its prompts are read and linted each, and their fixes go back into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from promptlint import hosts, models
from promptlint.brief import Brief, Intent
from promptlint.checks.settings import model_named
from promptlint.config import INTENTS, Config
from promptlint.diagnostics import Diagnostic, Edit
from promptlint.errors import HostError, did_you_mean, slips
from promptlint.fixes import Declined, Fixed, Question, apply_edits
from promptlint.history import matched
from promptlint.hosts import HostOptions, Prompt, PromptPart
from promptlint.hosts.files import read
from promptlint.linter import Linter, Previous, Report, linter_for
from promptlint.source import SourceText, Span

if TYPE_CHECKING:
    from promptlint.history.baseline import Earlier


@dataclass(frozen=True, slots=True)
class PromptReport:
    """One prompt of a file and what the linter says of it."""

    prompt: Prompt
    report: Report

    def source_span(self, diagnostic: Diagnostic) -> Span:
        """Return where in the file a finding points."""
        part = self.prompt.part(diagnostic.part) or self.prompt.positive
        return part.map.source_span(diagnostic.span)

    def file_edits(self, edits: Iterable[Edit], text: str) -> list[Edit]:
        """Return edits of the prompt as edits of its file, whose text is at hand.

        They are cut at the file's gaps, and further lines get the prompt's prefix. An edit of a negative prompt that
        is not there yet adds it at its place, where the host has one.
        """
        prompt = self.prompt
        newline = "\r\n" if "\r\n" in text else "\n"
        out: list[Edit] = []
        for edit in edits:
            part = prompt.part(edit.part)
            if part is not None:
                words = edit.text.replace("\n", newline + prompt.line_prefix)
                out += _placed(part, edit.span, words, text)
            elif prompt.negative_slot is not None:
                slot = prompt.negative_slot
                words = slot.template.replace("{negative}", edit.text)
                out.append(Edit(Span(slot.offset, slot.offset), words))
        return sorted(out, key=lambda one: one.span)


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


def lint_source(path: str, source: SourceText, config: Config, earlier: Earlier | None = None) -> FileReport:
    """Lint the prompts of a file whose text is at hand. `path` decides the host and the per-file rules.

    `earlier` is the file as it was, for the rules that ask what has changed.

    Raises ConfigError, RuleError, KnowledgeError where the configuration can't be used.
    """
    try:
        prompts = prompts_of(path, source.text, config)
    except HostError as error:
        return FileReport(path, source, error=str(error))
    base = linter_for(config, path)
    before = _previous(prompts, earlier, config, base.reader.small_words) if earlier else {}
    reports = []
    for number, prompt in enumerate(prompts):
        linter = _for_prompt(base, prompt)
        report = linter.lint(prompt.positive.text, negative_text(prompt), before.get(number))
        reports.append(PromptReport(prompt, report))
    return FileReport(path, source, tuple(reports))


def lint_path(path: str, config: Config, earlier: Earlier | None = None) -> FileReport:
    """Read and lint a file. What can't be read is in the report's `error`."""
    try:
        text, shift = read(path, config.table.max_file_size)
    except HostError as error:
        return FileReport(path, SourceText(""), error=str(error))
    return lint_source(path, SourceText(text, shift), config, earlier)


def prompts_of(path: str, text: str, config: Config) -> list[Prompt]:
    """Return the prompts of a file's text as its path and the configuration say.

    Raises HostError where the text is not what the path says, or states an intent that there is none of.
    """
    prompts = hosts.extract(path, text, _options(config, path))
    for prompt in prompts:
        _check_intent(prompt, text)
    return prompts


def negative_text(prompt: Prompt) -> str | None:
    """Return the text of a prompt's negative prompt, where it has one."""
    return prompt.negative.text if prompt.negative else None


def brief_of(prompt: Prompt, path: str, config: Config) -> Brief:
    """Return the brief of a prompt of a file, without asking any rule."""
    return _for_prompt(linter_for(config, path), prompt).understand(prompt.positive.text)


def _previous(
    prompts: Sequence[Prompt], earlier: Earlier, config: Config, small_words: frozenset[str]
) -> dict[int, Previous]:
    """Return the previous versions of prompts by their number; a file that was broken then had none."""
    try:
        old = prompts_of(earlier.path, earlier.text, config)
    except HostError:
        return {}
    return {
        new: Previous(old[was].positive.text, negative_text(old[was]))
        for was, new in matched(old, prompts, small_words, by_name=earlier.is_certain)
        if was is not None and new is not None
    }


def fix_source(
    report: FileReport,
    config: Config,
    *,
    unsafe: bool,
    ask: Callable[[PromptReport, Question], int | None] | None = None,
) -> FileFix:
    """Return a linted file's text with the fixes of its prompts made.

    The new text is read again: a prompt that does not come back as it was meant to, or another that changed, and
    the prompt's fixes are left out and reported. Where there is somebody to `ask`, only what is chosen is made.
    """
    base = linter_for(config, report.path)
    options = _options(config, report.path)
    fixed: list[Fixed | None] = []
    refused: list[Declined] = []
    for one in report.prompts:
        linter, texts = _for_prompt(base, one.prompt), (one.prompt.positive.text, negative_text(one.prompt))
        found = linter.choose(*texts, partial(ask, one)) if ask else linter.fix(*texts, unsafe=unsafe)
        refused += found.declined
        fixed.append(found if found.applied else None)
    kept, spoilt = _kept(report, options, fixed)
    for number in spoilt:
        change = fixed[number]
        refused += [
            Declined(rule, "", "the file would not read back as meant") for rule in (change.applied if change else ())
        ]
    return FileFix(_written(report, kept), sum(len(change.applied) for change in kept if change), refused)


def _kept(
    report: FileReport, options: HostOptions, fixed: Sequence[Fixed | None]
) -> tuple[list[Fixed | None], list[int]]:
    """Return the changes that read back as meant, and the numbers of the prompts whose changes do not.

    All are tried at once, and halves of those that fail: a few spoilt prompts cost a few readings of the file.
    """
    kept: list[Fixed | None] = [None] * len(fixed)
    spoilt: list[int] = []
    groups = [[number for number, change in enumerate(fixed) if change]]
    while groups:
        group = groups.pop()
        tried = list(kept)
        for number in group:
            tried[number] = fixed[number]
        if _reads_as(report, options, _written(report, tried), tried):
            kept = tried
        elif len(group) == 1:
            spoilt += group
        else:
            half = len(group) // 2
            groups += [group[half:], group[:half]]
    return kept, spoilt


def _options(config: Config, path: str) -> HostOptions:
    table = config.host_for(path)
    return HostOptions(unit=table.unit, every_fence=table.every_fence)


def _for_prompt(base: Linter, prompt: Prompt) -> Linter:
    """Return the linter for one prompt: its file may name model and intent, have no room for a negative."""
    holds = prompt.negative is not None or prompt.negative_slot is not None
    model = base.model
    named = model_named(prompt.parameters)
    if named and model is None:
        # Of a checkpoint that no catalogue has, nothing is known of what it takes.
        model = models.known(named)
    intent = _stated_intent(prompt)
    if holds and not prompt.fragment and not prompt.parameters and not intent and model is base.model:
        return base
    linter = replace(base, model=model, can_hold_negative=holds, fragment=prompt.fragment, parameters=prompt.parameters)
    if intent and base.intent_from != "the command line":
        linter = replace(linter, intent=intent, intent_from="the file")
    if base.dialect is None and model is not None and model.dialect:
        return replace(linter, dialect=model.dialect, dialect_from=f"the model {model.name}")
    if base.dialect is None and prompt.dialect:
        return replace(linter, dialect=prompt.dialect, dialect_from="the parameters beside it")
    return linter


def _stated_intent(prompt: Prompt) -> Intent | None:
    """Return the intent that the file of a prompt states."""
    word = prompt.intent.word.text.lower() if prompt.intent else ""
    return next((intent for intent in INTENTS if intent == word), None)


def _check_intent(prompt: Prompt, text: str) -> None:
    """Raise HostError, with the line, where a file states an intent that there is none of.

    On a page that other tools read too, any word but a slip of ours is theirs.
    """
    stated = prompt.intent
    if stated is None or _stated_intent(prompt):
        return
    word = stated.word.text
    if stated.shared and all(slips(word.lower(), intent) > 2 for intent in INTENTS):
        return
    line = SourceText(text).position(stated.word.map.source_offset(0)).line
    near = did_you_mean(word.lower(), INTENTS)
    raise HostError(f'line {line}: intent: "{word}" is none of {", ".join(INTENTS)}{near}')


def _written(report: FileReport, fixed: Sequence[Fixed | None]) -> str:
    """Return the file's text with the edits of its prompts made."""
    edits: list[Edit] = []
    for one, change in zip(report.prompts, fixed, strict=True):
        if change is None:
            continue
        edits += one.file_edits(change.edits, report.source.text)
        if one.prompt.negative is not None:
            edits += one.file_edits(
                [replace(edit, part="negative") for edit in change.negative_edits], report.source.text
            )
        elif change.negative:
            edits += one.file_edits([Edit(Span(0, 0), change.negative, "negative")], report.source.text)
    return apply_edits(report.source.text, edits)


def _placed(part: PromptPart, span: Span, words: str, text: str) -> list[Edit]:
    """Return one edit of a prompt's text as edits of the file."""
    runs = [source for _, source in part.map.runs(span)]
    if not runs:
        at = part.map.source_offset(span.start, end=True)
        return [Edit(Span(at, at), words)]
    if any(text[run.end - 1 : run.end] in "\r\n" for run in runs[:-1]):
        # A line end goes: the prefix of the line behind it goes with it.
        return [Edit(part.map.source_span(span), words)]
    return [Edit(runs[0], words), *(Edit(run, "") for run in runs[1:])]


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

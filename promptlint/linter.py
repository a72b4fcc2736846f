"""The short story: read, parse, understand, check, mend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Literal, NamedTuple

from promptlint import syntax
from promptlint.brief import RULE_SECTIONS, Brief, BriefReader, Intent, reader
from promptlint.checks import Case, Finding
from promptlint.config import Config
from promptlint.diagnostics import Diagnostic, Severity
from promptlint.dispatch import Dispatch, dispatch
from promptlint.fixes import Ask, Fixed, HouseStyle, choose_fixes, fix_prompt, offer
from promptlint.fixes.layout import Layout
from promptlint.history import Change, Version, compare
from promptlint.models import Model
from promptlint.rules import Rule


class Previous(NamedTuple):
    """The texts of a prompt's previous version."""

    text: str
    negative: str | None = None


_OF_TOOLS: tuple[syntax.Dialect, ...] = ("a1111", "comfyui", "invokeai")
"""Dialects of tools that have a field for the negative prompt beside that of the prompt."""

IntentFrom = Literal["the words", "the file", "the configuration", "the command line"]
"""Who says what a prompt is for."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the linter has to say about one prompt: its brief, and its findings in the order of the text.

    `intent_from` is who said what the prompt is for, where its own words did not decide.
    """

    brief: Brief
    diagnostics: tuple[Diagnostic, ...]
    intent_from: IntentFrom = "the words"


@dataclass(frozen=True)
class Linter:
    """Lints prompts by fixed rules, for one model or none."""

    rules: Sequence[Rule]
    reader: BriefReader
    model: Model | None = None
    house: HouseStyle = field(default_factory=dict)
    can_hold_negative: bool = True
    fragment: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    dialect: syntax.Dialect | None = None
    dialect_from: str = ""
    tokenizers: Mapping[str, Path] = field(default_factory=dict)
    allowed_changes: int | None = None
    intent: Intent | None = None
    intent_from: IntentFrom = "the words"

    def lint(self, text: str, negative: str | None = None, previous: Previous | None = None) -> Report:
        """Return what the rules find in a prompt, and in what has changed since its previous version."""
        tree = self._parse(text)
        brief = self._brief(tree)
        excluded_tree = _excluded_tree(negative, tree) if negative else None
        excluded = self.reader.understand(excluded_tree) if excluded_tree else None
        change = self._change(previous, Version(brief, negative))
        case = Case(
            tree,
            brief,
            negative,
            self.model,
            self.can_hold_negative,
            self.parameters,
            self.tokenizers,
            excluded,
            change,
            self.allowed_changes,
            excluded_tree,
        )
        layout = Layout(tree, brief, self.reader.lexicon.tables)
        found: list[Diagnostic] = []
        for rule in self._dispatch(brief).awake(case):
            findings = list(rule.find(case))
            if findings:
                found += self._diagnosed(rule, findings, case, layout)
        found.sort(key=lambda one: (one.span, RULE_SECTIONS.index(one.section), one.code))
        return Report(brief, tuple(found), self.intent_from)

    def fix(self, text: str, negative: str | None = None, *, unsafe: bool = False) -> Fixed:
        """Return the prompt with its fixes made and verified."""
        return fix_prompt(lambda pos, neg: self.lint(pos, neg).diagnostics, text, negative, unsafe=unsafe)

    def choose(self, text: str, negative: str | None, ask: Ask) -> Fixed:
        """Return the prompt with those fixes made that are chosen when asked."""
        return choose_fixes(lambda pos, neg: self.lint(pos, neg).diagnostics, text, negative, ask)

    def understand(self, text: str) -> Brief:
        """Return the brief of a prompt, without asking any rule."""
        return self._brief(self._parse(text))

    def compare(self, old: Version, new: Version) -> Change:
        """Return what has changed from one version of a prompt to the next."""
        return compare(old, new, self.reader.small_words)

    def _dispatch(self, brief: Brief) -> Dispatch:
        key = brief.intent, self.fragment or not brief.is_english
        known = self._dispatches
        if key not in known:
            known[key] = dispatch(tuple(self.rules), key[0], in_part=key[1])
        return known[key]

    @cached_property
    def _dispatches(self) -> dict[tuple[Intent, bool], Dispatch]:
        """Which rules to ask, by intent and by whether a prompt is but a part."""
        return {}

    def _change(self, previous: Previous | None, version: Version) -> Change | None:
        """Return what is new, where there is a previous version and a rule that asks for it."""
        if previous is None or not any(rule.check.compares for rule in self.rules):
            return None
        return self.compare(Version(self.understand(previous.text), previous.negative), version)

    def _brief(self, tree: syntax.Tree) -> Brief:
        """Understand a prompt, with the intent that somebody has stated in place of the one that its words show."""
        brief = self.reader.understand(tree)
        return replace(brief, intent=self.intent) if self.intent else brief

    def _parse(self, text: str) -> syntax.Tree:
        """Parse in the dialect that model, configuration or host ask for, else in the one that the text shows."""
        asked = self.dialect
        if asked == "natural" and syntax.detect(text)[0] in ("labelled", "structured"):
            # Labels and keys are a way of writing that every model reads; brackets and weights are a dialect's own.
            asked = None
        tree = syntax.parse(text, asked)
        if asked:
            tree.evidence = self.dialect_from
        return tree

    def _diagnosed(self, rule: Rule, findings: Sequence[Finding], case: Case, layout: Layout) -> list[Diagnostic]:
        file = rule.file
        stance = case.model.stances.get(file.stance) if case.model and file.stance else None
        if stance == "for":
            return []
        severity = Severity.WARNING if stance and file.severity is Severity.INFO else file.severity
        if file.softened_by and case.brief.has(file.softened_by):
            severity = Severity.INFO
        return [
            Diagnostic(
                rule=file.name,
                code=file.code,
                severity=severity,
                section=file.section,
                message=rule.message(finding.values),
                span=finding.span,
                part=finding.part,
                offer=partial(offer, rule, finding, case, layout, self.house),
            )
            for finding in findings
        ]


def _excluded_tree(negative: str, tree: syntax.Tree) -> syntax.Tree:
    """Parse a negative prompt: both are typed into the same tool, so a prompt that shows one shows the negative's."""
    return syntax.parse(negative, tree.dialect if tree.dialect in _OF_TOOLS else None)


def linter_for(config: Config, path: str | None = None) -> Linter:
    """Return the linter that a configuration asks for, for one file where its path is given.

    Raises ConfigError, RuleError, KnowledgeError.
    """
    rules = config.rules_for(path) if path else config.rules
    linter = Linter(
        rules,
        reader(config.knowledge),
        config.model,
        config.house,
        tokenizers=config.tokenizers,
        allowed_changes=config.table.history.allowed,
    )
    stated = config.intent or (config.intent_for(path) if path else config.table.intent)
    if stated:
        said_by: IntentFrom = "the command line" if config.intent else "the configuration"
        linter = replace(linter, intent=stated, intent_from=said_by)
    if config.model and config.model.dialect:
        return replace(linter, dialect=config.model.dialect, dialect_from=f"the model {config.model.name}")
    if config.table.dialect:
        return replace(linter, dialect=config.table.dialect, dialect_from="the configuration")
    return linter

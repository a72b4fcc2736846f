"""Rule files: what is wrong, why, how it is found and mended, with examples that are tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from promptlint.brief import Intent
from promptlint.brief.knowledge import RULE_SECTIONS, read_yaml
from promptlint.checks import Absence, Check, Parts, build
from promptlint.compiled import cached
from promptlint.diagnostics import Applicability, Severity
from promptlint.errors import KnowledgeError, RuleError, did_you_mean
from promptlint.models import Matter

Preset = Literal["five", "recommended", "brief", "all"]
PRESETS: tuple[Preset, ...] = ("five", "recommended", "brief", "all")
House = Literal["film", "lens", "light", "negative"]

_VALUE = re.compile(r"\{(\w+)\}")

_WITHIN: dict[str, tuple[str, ...]] = {
    "five": ("five",),
    "recommended": ("five", "recommended"),
    "brief": ("five", "recommended", "brief"),
    "all": ("five", "recommended", "brief", "all"),
}


class FixSpec(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One way out of a finding.

    Exactly one of `replace`, `insert`, `remove`, `attribute`, `negative`, `edit` says how.

    `when`, `also` and `unless` choose by what the brief mentions (one of `when`, one of `also`, none of `unless`): a
    concept or, as `place:setting=outdoor`, a concept with an attribute; `words`: one of them stands in the text.

    `replace` is a text for the finding's own words, or, where it has a `sentence` too and the words are but a part of a
    phrase, for what is put in beside them. `followed` fixes are for words with others of the phrase behind. `insert`
    goes where its `section` stands in the brief, as a tag or, in prose, as the `sentence`; `key` is what it is called
    where its section has named values already. `attribute` replaces by an attribute of the concept found; `negative`
    adds to the negative prompt, with `remove` as a move from the text; `edit` leaves it to the check, which mends what
    it knows how to, and the `title` then says what is done; with `adds` also what the finding has to say instead.
    `remove` takes out all that was found, or of two things that contradict each other `this` one or the `other`. Texts
    and titles may hold values of the finding (`{instead}`); a fix that lacks one is not offered. `house` names the
    entry of the house style that takes the place of the text and makes the fix safe.
    """

    when: list[str] = []
    also: list[str] = []
    unless: list[str] = []
    words: list[str] = []
    key: str = ""
    followed: bool = False
    replace: str | None = None
    insert: str | None = None
    sentence: str | None = None
    section: str | None = None
    remove: bool | Literal["this", "other"] = False
    attribute: str | None = None
    negative: str | None = None
    edit: bool = False
    adds: bool = False
    house: House | None = None
    applicability: Applicability = Applicability.UNSAFE
    title: str = ""


class Example(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A prompt that the rule fires on (`bad`) or not (`good`).

    `finds` are the words it points at, `fixed` what the first fix makes of a bad one. `negative`, `model` and
    `parameters` go with the prompt; `fixed_negative` is the negative prompt after the fix, `severity` that of what is
    found where the model changes it. `before` is the prompt's previous version and `negative_before` its negative
    prompt then, for rules that compare the two.
    """

    bad: str | None = None
    good: str | None = None
    finds: list[str] = []
    fixed: str | None = None
    negative: str | None = None
    fixed_negative: str | None = None
    model: str | None = None
    parameters: dict[str, str] = {}
    severity: Severity | None = None
    before: str | None = None
    negative_before: str | None = None


class RuleFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A rule as its file has it. A mention of one of `softened_by` makes its findings information.

    `stance` is a matter that vendors have a stance on: where the model's is against it, information becomes a warning;
    where it is for it, the rule is silent.
    """

    name: str
    code: str
    section: str
    severity: Severity
    presets: list[Preset]
    intents: list[Intent]
    summary: str
    why: str
    source: str
    check: dict[str, Any]
    softened_by: list[str] = []
    stance: Matter | None = None
    message: str
    fixes: list[FixSpec] = []
    examples: list[Example]


@dataclass(frozen=True)
class Rule:
    """A rule, ready to run. `path` is its file."""

    file: RuleFile
    path: Path

    @cached_property
    def check(self) -> Check:
        """The check that finds what the rule is about."""
        try:
            return build(self.file.check)
        except RuleError as error:
            raise RuleError(f"{self.path}: {error}") from None

    @property
    def name(self) -> str:
        """The rule's name, in kebab-case."""
        return self.file.name

    @property
    def code(self) -> str:
        """The rule's short form."""
        return self.file.code

    @property
    def needs_whole_prompt(self) -> bool:
        """Whether the rule asks what a prompt lacks, which a fragment of one can't answer."""
        return isinstance(self.check, Absence | Parts)

    def message(self, values: Mapping[str, str]) -> str:
        """Return the rule's message with its `{phrase}` and other values filled in."""
        return filled(self.file.message, values)

    def in_preset(self, preset: str) -> bool:
        """Tell whether the rule belongs to a preset."""
        return preset == "all" or any(own in _WITHIN[preset] for own in self.file.presets)


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a rule's words with the values of a finding in place of their `{names}`."""
    return _VALUE.sub(lambda match: values.get(match.group(1), match.group()), template)


def builtin_folder() -> Path:
    """Return the folder of the built-in rules: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    packed = here / "_rules"
    return packed if packed.is_dir() else here.parent / "rules"


def _line_of(path: Path, key: str) -> str:
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
        if line.lstrip(" -").startswith(f"{key}:"):
            return f":{number}"
    return ""


def read_rule(path: Path) -> RuleFile:
    """Return one rule file.

    Raises RuleError that names file, line and key where it is not of the form.
    """
    try:
        file = msgspec.convert(read_yaml(path), RuleFile)
        build(file.check)
    except KnowledgeError as error:
        raise RuleError(str(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: can't be read: {error}") from None
    except RuleError as error:
        raise RuleError(f"{path}{_line_of(path, 'check')}: {error}") from None
    except msgspec.ValidationError as error:
        raise RuleError(f"{path}{_place(path, str(error))}: {_readable(str(error))}") from None
    if file.section not in RULE_SECTIONS:
        hint = did_you_mean(file.section, RULE_SECTIONS)
        raise RuleError(f'{path}{_line_of(path, "section")}: section: no section "{file.section}"{hint}')
    for fix in file.fixes:
        _validate_fix(path, fix)
    return file


def _validate_fix(path: Path, fix: FixSpec) -> None:
    ways = [fix.replace, fix.insert, fix.attribute, fix.negative, fix.edit or None]
    if fix.negative is None:
        ways.append(fix.remove or None)
    if sum(way is not None for way in ways) != 1:
        names = "replace, insert, remove, attribute, negative, edit"
        raise RuleError(f"{path}{_line_of(path, 'fixes')}: fixes: each needs exactly one of {names}")
    if fix.edit and not fix.title:
        raise RuleError(f"{path}{_line_of(path, 'fixes')}: fixes: an edit needs a title that says what is done")


def _place(path: Path, problem: str) -> str:
    """Return `:line` of the key that a validation problem speaks of."""
    keys = [part for part in problem.split("`") if part and part[0] not in " ,"]
    for text in reversed(keys):
        key = text.rpartition(".")[2].partition("[")[0].lstrip("$")
        if key and (line := _line_of(path, key)):
            return line
    return ""


def _readable(problem: str) -> str:
    """Turn `Object contains unknown field `x`` into the words of a rule file, with the nearest key."""
    if "unknown field" in problem:
        field = problem.split("`")[1]
        known = {*RuleFile.__struct_fields__, *FixSpec.__struct_fields__, *Example.__struct_fields__}
        return f'unknown key "{field}"{did_you_mean(field, known)}'
    if "missing required field" in problem:
        return f'the key "{problem.split("`")[1]}" is missing'
    return problem


@lru_cache(maxsize=1)
def builtin() -> tuple[Rule, ...]:
    """Return the built-in rules in the order of their codes."""
    paths = sorted(builtin_folder().glob("*/*.yaml"))
    files = cached("rules", paths, list[RuleFile], lambda: [read_rule(path) for path in paths])
    rules = [Rule(file, path) for file, path in zip(files, paths, strict=True)]
    return tuple(sorted(rules, key=lambda rule: rule.code))


def with_user_rules(paths: Iterable[Path]) -> tuple[Rule, ...]:
    """Return the built-in rules and the user's; a user's rule of the same name takes the built-in one's place.

    Raises RuleError where a file can't be used.
    """
    rules = {rule.name: rule for rule in builtin()}
    for path in paths:
        rule = Rule(read_rule(path), path)
        rules[rule.name] = rule
    return tuple(rules.values())


def names_of(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Return rules by every word that may name them: name, code."""
    return {word: rule for rule in rules for word in (rule.name, rule.code)}

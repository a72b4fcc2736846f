"""Rule files: what is wrong, why, how it is found and mended, with examples that are tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec

from promptlint import checks, models
from promptlint.brief import Intent
from promptlint.brief.knowledge import RULE_SECTIONS, SECTIONS, ConceptCondition, ConceptName, RuleSection, SectionName
from promptlint.checks import Case, Check, Finding, Need
from promptlint.compiled import cached
from promptlint.diagnostics import Applicability, Severity
from promptlint.errors import RuleError, did_you_mean
from promptlint.models import Matter
from promptlint.yaml_file import YamlFile

Preset = Literal["five", "recommended", "brief", "all"]
PRESETS: tuple[Preset, ...] = ("five", "recommended", "brief", "all")
House = Literal["film", "lens", "light", "negative"]

_Kebab = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="small letters and digits, joined by hyphens")
]
_Code = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]+[0-9]+$", description="capitals and a number, such as HSE001")]
_ModelName = Annotated[str, msgspec.Meta(extra={"names": "model"})]

_WAYS = ("replace", "insert", "remove", "attribute", "negative", "edit")

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
    concept; `place:setting=outdoor`, a concept with an attribute; `scene:night`, a scene of scenes.yaml;
    `intent:portrait`, what the prompt is for. `words`: one of them stands in the text. `found`: one of these stands in
    the words found; `not_found`: none of these in their phrase.

    `replace` is a text for the finding's own words, or, where it has a `sentence` too and the words are but a part of a
    phrase, for what is put in beside them. `followed` fixes are for words with others of the phrase behind. `insert`
    goes where its `section` stands in the brief, as a tag or, in prose, as the `sentence`; `key` is what it is called
    where its section has named values already. With `near` it goes where the words found stand. `attribute` replaces
    by an attribute of the concept found; `negative` adds to the negative prompt, with `remove` as a move from the text;
    `edit` leaves it to the check, which mends what it knows how to, and the `title` then says what is done; with `adds`
    also what the finding has to say instead. `remove` takes out all that was found, or of two things that contradict
    each other `this` one or the `other`. Texts and titles may hold values of the finding (`{instead}`); a fix that
    lacks one is not offered. `house` names the entry of the house style that takes the place of the text and makes the
    fix safe.
    """

    when: list[ConceptCondition] = []
    also: list[ConceptCondition] = []
    unless: list[ConceptCondition] = []
    words: list[str] = []
    found: list[str] = []
    not_found: list[str] = []
    key: str = ""
    followed: bool = False
    near: bool = False
    replace: str | None = None
    insert: str | None = None
    sentence: str | None = None
    section: SectionName | None = None
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
    model: _ModelName | None = None
    parameters: dict[str, str] = {}
    severity: Severity | None = None
    before: str | None = None
    negative_before: str | None = None


class RuleFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A rule as its file has it. A mention of one of `softened_by` makes its findings information.

    `stance` is a matter that vendors have a stance on: where the model's is against it, information becomes a warning;
    where it is for it, the rule is silent.
    """

    name: _Kebab
    code: _Code
    section: RuleSection
    severity: Severity
    presets: list[Preset]
    intents: list[Intent]
    summary: str
    why: str
    source: str
    check: dict[str, Any]
    softened_by: list[ConceptName] = []
    stance: Matter | None = None
    message: str
    fixes: list[FixSpec] = []
    examples: list[Example]


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule, ready to run. `path` is its file. Each is itself only, so that tables can be kept by rules."""

    file: RuleFile
    path: Path

    @cached_property
    def check(self) -> Check:
        """The check that finds what the rule is about."""
        try:
            return checks.build(self.file.check)
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
    def is_builtin(self) -> bool:
        """Whether promptlint brings the rule."""
        return self.path.is_relative_to(builtin_folder())

    @property
    def needs_whole_prompt(self) -> bool:
        """Whether the rule asks what a prompt lacks, which a fragment of one can't answer."""
        return self.check.needs_whole_prompt

    @property
    def needs(self) -> Sequence[Need] | None:
        """What a prompt must have for the rule to find anything, None if it may be any. Raises RuleError."""
        return checks.needs_of(self.check, self.file.check)

    @property
    def silencers(self) -> Collection[str]:
        """The concepts, the mention of any of which keeps the rule silent. Raises RuleError."""
        return checks.silencers_of(self.check, self.file.check)

    @cached_property
    def find(self) -> Callable[[Case], Iterator[Finding]]:
        """Finds in a prompt what the rule's check finds there. Raises RuleError where a plug-in fails."""
        return checks.finder(self.check, self.file.check)

    def message(self, values: Mapping[str, str]) -> str:
        """Return the rule's message with its `{phrase}` and other values filled in."""
        return filled(self.file.message, values)

    def in_preset(self, preset: str) -> bool:
        """Tell whether the rule belongs to a preset."""
        return preset == "all" or any(own in _WITHIN[preset] for own in self.file.presets)


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a rule's words with the values of a finding in place of their `{names}`."""
    if "{" not in template:
        return template
    return _VALUE.sub(lambda match: values.get(match.group(1), match.group()), template)


def builtin_folder() -> Path:
    """Return the folder of the built-in rules: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parent
    packed = here / "_rules"
    return packed if packed.is_dir() else here.parent / "rules"


def read_rule(path: Path, concepts: Collection[str] | None = None) -> RuleFile:
    """Return one rule file; with `concepts` it may name no other.

    Raises RuleError that names file, line and key where it is not of the form.
    """
    file = YamlFile(path, RuleError)
    rule = file.convert(RuleFile)
    try:
        kind = checks.kind_of(rule.check)
    except RuleError as error:
        raise file.error(str(error), "check", "kind") from None
    try:
        file.part(kind, checks.options(rule.check), "check")
    except TypeError as error:
        raise file.error(f"the plug-in has a key that no file can give: {error}", "check", "kind") from None
    _validate_names(file, kind, rule, concepts)
    for number, fix in enumerate(rule.fixes):
        _validate_fix(file, number, fix)
    for number, example in enumerate(rule.examples):
        if (example.bad is None) == (example.good is None):
            raise file.error("each is either bad or good", "examples", number)
    return rule


def _validate_names(file: YamlFile, kind: type[Check], rule: RuleFile, concepts: Collection[str] | None) -> None:
    """Raise where the rule names a concept, a section or a model that is not there."""
    from promptlint.shapes import named

    of_check = named(kind, checks.options(rule.check))
    all_named = [*named(RuleFile, file.data), *((("check", *keys), what, name) for keys, what, name in of_check)]
    known: dict[str, Collection[str]] = {
        "section": SECTIONS,
        "section of rules": RULE_SECTIONS,
        "intent": get_args(Intent),
    }
    if concepts is not None:
        known["concept"] = concepts
    for keys, kind_of_name, written in all_named:
        what, name = kind_of_name, written
        if kind_of_name == "condition":
            kind_of_condition, _, rest = written.partition(":")
            what, name = "concept", written if kind_of_condition == "scene" else kind_of_condition
            if kind_of_condition == "intent":
                what, name = "intent", rest
        if what == "model" and models.known(name) is None:
            raise file.error(f'no model "{name}"{models.nearest(name)}', *keys)
        if what in known and name not in known[what]:
            raise file.error(f'no {what.partition(" ")[0]} "{name}"{did_you_mean(name, known[what])}', *keys)


def _validate_fix(file: YamlFile, number: int, fix: FixSpec) -> None:
    ways = [way for way in _WAYS if getattr(fix, way) not in (None, False)]
    if len(ways) != 1 and set(ways) != {"remove", "negative"}:
        said = f"this has {' and '.join(ways)}" if ways else "this has none"
        raise file.error(f"each needs exactly one of {', '.join(_WAYS)}; {said}", "fixes", number)
    if fix.edit and not fix.title:
        raise file.error("an edit needs a title that says what is done", "fixes", number)


@lru_cache(maxsize=1)
def builtin() -> tuple[Rule, ...]:
    """Return the built-in rules in the order of their codes."""
    paths = sorted(builtin_folder().glob("*/*.yaml"))
    files = cached("rules", paths, list[RuleFile], lambda: [read_rule(path) for path in paths])
    rules = [Rule(file, path) for file, path in zip(files, paths, strict=True)]
    return tuple(sorted(rules, key=lambda rule: rule.code))


def with_user_rules(paths: Iterable[Path], concepts: Collection[str]) -> tuple[Rule, ...]:
    """Return the built-in rules and those of the user's files.

    Raises RuleError where a file can't be used or names a concept that is none of `concepts`, and where two rules
    have the same name or code.
    """
    return joined(Rule(read_rule(path, concepts), path) for path in paths)


def joined(own: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the built-in rules and the user's own; one of the same name takes the built-in one's place.

    Raises RuleError where two of the user's have the same name, or any two the same code.
    """
    rules = {rule.name: rule for rule in builtin()}
    paths: dict[str, Path] = {}
    for rule in own:
        if rule.name in paths:
            raise _taken(rule, "name", str(paths[rule.name]))
        paths[rule.name] = rule.path
        rules[rule.name] = rule
    codes: dict[str, Rule] = {}
    # Of two rules with one code the user's own is to blame.
    for rule in sorted(rules.values(), key=lambda rule: rule.name in paths):
        other = codes.setdefault(rule.code, rule)
        if other is not rule:
            raise _taken(rule, "code", f'"{other.name}"' + (f" ({other.path})" if other.name in paths else ""))
    return tuple(rules.values())


def _taken(rule: Rule, key: str, where: str) -> RuleError:
    """Return the error that a rule has the name or the code of another."""
    value = getattr(rule.file, key)
    error = YamlFile(rule.path, RuleError).error(f'"{value}" is already the {key} of {where}', key)
    return RuleError(str(error))


def names_of(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Return rules by every word that may name them: name, code."""
    return {word: rule for rule in rules for word in (rule.name, rule.code)}

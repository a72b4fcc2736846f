"""Configuration: found up the tree, read, checked, and turned into what the linter needs for a file."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec

from promptlint import models
from promptlint.brief import Intent, reader
from promptlint.errors import ConfigError, did_you_mean
from promptlint.rules import Preset, Rule, builtin, names_of, with_user_rules
from promptlint.syntax.tree import Dialect

FILES = ("promptlint.toml", ".promptlint.toml", "pyproject.toml")
MAX_FILE_SIZE = 10_000_000
"""Bytes; a larger file is not checked unless the configuration allows it."""
INTENTS: tuple[Intent, ...] = get_args(Intent)


class HouseTable(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The team's own choices, which make an unsafe fix safe."""

    film: str | None = None
    lens: str | None = None
    light: str | None = None
    negative: str | None = None


class TokenizersTable(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Files of tokenizers that promptlint doesn't bring, by encoder."""

    t5: str | None = None


class HostTable(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """How the files of a glob are read."""

    unit: Literal["auto", "file", "line", "paragraph"] = "auto"
    every_fence: bool = False


class HistoryTable(msgspec.Struct, forbid_unknown_fields=True):
    """What a prompt is compared with, and how many of its sections may be rewritten at once."""

    base: str | None = None
    allowed: Annotated[int, msgspec.Meta(ge=0)] | None = None


class ConfigTable(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """A configuration file's keys."""

    preset: Preset | None = None
    select: list[str] = []
    ignore: list[str] = []
    per_file_ignores: dict[str, list[str]] = {}
    model: str | None = None
    dialect: Dialect | None = None
    intent: Intent | None = None
    per_file_intents: dict[str, Intent] = {}
    include: list[str] = []
    exclude: list[str] = []
    house: HouseTable = msgspec.field(default_factory=HouseTable)
    rules: list[str] = []
    knowledge: list[str] = []
    hosts: dict[str, HostTable] = {}
    tokenizers: TokenizersTable = msgspec.field(default_factory=TokenizersTable)
    history: HistoryTable = msgspec.field(default_factory=HistoryTable)
    fail_on: Literal["error", "warning", "info"] = "warning"
    max_file_size: int = MAX_FILE_SIZE


@dataclass(frozen=True)
class Config:
    """A configuration and the folder that its paths and globs are relative to.

    `path` is None where no file was found. `select`, `ignore`, `preset` and `model` of the command line are laid
    over the table by `with_options`; `intent` is what these say of all prompts, whatever their files say.
    """

    table: ConfigTable = field(default_factory=ConfigTable)
    root: Path = field(default_factory=Path.cwd)
    path: Path | None = None
    intent: Intent | None = None

    @cached_property
    def all_rules(self) -> tuple[Rule, ...]:
        """The built-in rules and the user's own. Raises RuleError, KnowledgeError, ConfigError."""
        if not self.table.rules:
            return builtin()
        return with_user_rules(self.rule_files, reader(self.knowledge).concepts)

    @cached_property
    def rule_files(self) -> tuple[Path, ...]:
        """The user's rule files."""
        return tuple(self._files(self.table.rules, "rules"))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are on: those of the preset, or of `select`, or of both where both are given.

        Without either they are the recommended ones; those of `ignore` are off in any case.
        Raises ConfigError where a name is no rule.
        """
        known = names_of(self.all_rules)
        selected = self._named(self.table.select, known, "select")
        ignored = self._named(self.table.ignore, known, "ignore")
        for names in self.table.per_file_ignores.values():
            self._named(names, known, "per-file-ignores")
        preset = self.table.preset or ("" if selected else "recommended")
        return tuple(
            rule
            for rule in self.all_rules
            if rule.name not in ignored and (rule.name in selected or (preset and rule.in_preset(preset)))
        )

    @cached_property
    def model(self) -> models.Model | None:
        """The target model. Raises ConfigError where it is in no catalogue."""
        if self.table.model is None:
            return None
        try:
            return models.find(self.table.model)
        except ConfigError as error:
            raise ConfigError(f"{self._where}model: {error}") from None

    @cached_property
    def house(self) -> Mapping[str, str]:
        """The house style: entries of film, lens, light, negative."""
        return {key: value for key, value in msgspec.to_builtins(self.table.house).items() if value}

    @cached_property
    def tokenizers(self) -> Mapping[str, Path]:
        """The user's tokenizer files by encoder. Raises ConfigError where one is no file."""
        named = {name: entry for name, entry in msgspec.to_builtins(self.table.tokenizers).items() if entry}
        for name, entry in named.items():
            if not (self.root / entry).is_file():
                raise ConfigError(f'{self._where}tokenizers.{name}: no file "{entry}"')
        return {name: self.root / entry for name, entry in named.items()}

    @cached_property
    def knowledge(self) -> tuple[Path, ...]:
        """The user's knowledge files."""
        return tuple(self._files(self.table.knowledge, "knowledge"))

    def rules_for(self, path: str) -> tuple[Rule, ...]:
        """Return the rules that are on for a file, by `per-file-ignores`."""
        known = names_of(self.all_rules)
        ignored: set[str] = set()
        for glob, names in self.table.per_file_ignores.items():
            if self.matches(path, [glob]):
                ignored |= self._named(names, known, "per-file-ignores")
        return tuple(rule for rule in self.rules if rule.name not in ignored) if ignored else self.rules

    def host_for(self, path: str) -> HostTable:
        """Return how a file is to be read: the last glob that matches it decides."""
        found = [table for glob, table in self.table.hosts.items() if self.matches(path, [glob])]
        return found[-1] if found else HostTable()

    def intent_for(self, path: str) -> Intent | None:
        """Return what the prompts of a file are for: the last glob of `per-file-intents` that matches it decides."""
        found = [intent for glob, intent in self.table.per_file_intents.items() if self.matches(path, [glob])]
        return found[-1] if found else self.table.intent

    def matches(self, path: str, globs: Sequence[str]) -> bool:
        """Tell whether a path matches one of the globs, which are written as in a .gitignore file.

        Raises ConfigError where one of them is none.
        """
        if not globs:
            return False
        from promptlint.hosts.ignores import below, compiled

        try:
            spec = compiled(globs)
        except ValueError as error:
            raise ConfigError(f"{self._where}{error}") from None
        return spec.match_file(below(os.path.abspath(path), str(self.root)))

    def with_options(
        self,
        *,
        preset: str | None = None,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        model: str | None = None,
        fail_on: str | None = None,
        intent: str | None = None,
    ) -> Config:
        """Return the configuration with options of the command line or of a call laid over it.

        `select` takes the place of the file's own and of its preset; `ignore` adds to it.
        """
        chosen = list(select)
        changes: dict[str, Any] = {
            "preset": preset,
            "select": chosen or None,
            "ignore": [*self.table.ignore, *ignore] if ignore else None,
            "model": model,
            "fail_on": fail_on,
        }
        if preset is not None:
            _check_choice("preset", preset, ("five", "recommended", "brief", "all"))
        if intent is not None:
            _check_choice("intent", intent, INTENTS)
        start = msgspec.structs.replace(self.table, preset=None) if chosen else self.table
        table = msgspec.structs.replace(start, **{key: new for key, new in changes.items() if new is not None})
        return replace(self, table=table, intent=next((one for one in INTENTS if one == intent), self.intent))

    @property
    def _where(self) -> str:
        return f"{self.path}: " if self.path else ""

    def _named(self, names: Iterable[str], known: Mapping[str, Rule], key: str) -> set[str]:
        out = set()
        for name in names:
            if name not in known:
                raise ConfigError(f'{self._where}{key}: no rule "{name}"{did_you_mean(name, known)}')
            out.add(known[name].name)
        return out

    def _files(self, entries: Iterable[str], key: str) -> list[Path]:
        """Return the YAML files that entries name: files, and folders as a whole."""
        out: list[Path] = []
        for entry in entries:
            path = self.root / entry
            if not path.exists():
                raise ConfigError(f'{self._where}{key}: no file or folder "{entry}"')
            out.extend(one for one in yaml_files(path) if one not in out)
        return out


def yaml_files(path: Path) -> list[Path]:
    """Return a file as it is, or the YAML files of a folder and those below it."""
    if not path.is_dir():
        return [path]
    return sorted(one for one in path.rglob("*") if one.suffix in (".yaml", ".yml") and one.is_file())


def discover(start: Path) -> Config:
    """Return the configuration of the nearest folder, from `start` upwards, that has one; else the default.

    A pyproject.toml counts only with a table [tool.promptlint].
    """
    for folder in (start, *start.parents):
        for name in FILES:
            path = folder / name
            if path.is_file():
                config = read(path)
                if config is not None:
                    return config
    return Config(root=start)


def read(path: Path) -> Config | None:
    """Return the configuration that a file holds, or None for a pyproject.toml without one.

    Raises ConfigError that names file and key where it can't be used.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: can't be read: {error}") from None
    if path.name == "pyproject.toml":
        tool = data.get("tool", {})
        if "promptlint" not in tool:
            return None
        data = tool["promptlint"]
    try:
        return Config(msgspec.convert(data, ConfigTable), Path(os.path.abspath(path.parent)), path)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {_readable(str(error))}") from None


_KEYS = {
    name: [one.encode_name for one in msgspec.structs.fields(struct)]
    for name, struct in (
        ("", ConfigTable),
        ("house", HouseTable),
        ("hosts", HostTable),
        ("history", HistoryTable),
        ("tokenizers", TokenizersTable),
    )
}


def _readable(problem: str) -> str:
    """Turn a validation problem into the words of the configuration: its key, and the nearest right one."""
    parts = problem.split("`")
    place = parts[-2].lstrip("$.") if problem.endswith("`") and len(parts) >= 3 and parts[-2].startswith("$") else ""
    if "unknown field" in problem:
        key = parts[1]
        known = _KEYS.get(place.partition("[")[0], _KEYS[""])
        return f'unknown key "{f"{place}.{key}" if place else key}"{did_you_mean(key, known)}'
    text = problem.partition(" - at ")[0]
    if "Invalid enum value" in problem:
        bad = text.rpartition("value ")[2].strip("'")
        choices = _choices(place)
        return f'{place}: "{bad}" is none of {", ".join(choices)}{did_you_mean(bad, choices)}'
    return f"{place}: {text[:1].lower()}{text[1:]}" if place else text


def _choices(place: str) -> tuple[str, ...]:
    """Return the values that a key of the configuration may have."""
    return {
        "preset": ("five", "recommended", "brief", "all"),
        "fail-on": ("error", "warning", "info"),
        "dialect": get_args(Dialect),
        "intent": INTENTS,
        "per-file-intents": INTENTS,
    }.get(place.partition("[")[0], ("auto", "file", "line", "paragraph"))


def _check_choice(key: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ConfigError(f'{key}: "{value}" is none of {", ".join(choices)}{did_you_mean(value, choices)}')

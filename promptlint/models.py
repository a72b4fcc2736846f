"""The image generators that a prompt can be aimed at, where each runs, and what it takes there."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from promptlint.compiled import cached
from promptlint.errors import ConfigError, KnowledgeError, did_you_mean, slips
from promptlint.syntax.tree import Dialect
from promptlint.yaml_file import YamlFile

_KNOWLEDGE = Path(__file__).parent / "knowledge"

Negative = Literal["field", "weak", "conditional", "flag", "inline", "none", "unknown"]
"""What becomes of a negative prompt.

field: it works. weak: it works little at the model's own guidance. conditional: only with a setting that is off unless
asked for. flag: it is a flag of the prompt. inline: there is none, and exclusions belong into the prompt. none: there
is none, and what fills the space belongs into the prompt. unknown: no source settles it.
"""
Beyond = Literal["cut", "chunks", "refused", "ignored"]
"""What happens to text past the limit: cut off; read in chunks of the limit's size; the whole refused; less and less
heeded."""
Syntax = Literal[
    "weight", "emphasis", "schedule", "break", "network", "embedding", "part-weight", "word-weight", "function", "flag"
]
"""A thing that a runtime reads in a prompt as more than words."""
Stance = Literal["for", "against"]
Matter = Literal["boosters", "negation"]
"""What vendors advise for or against: empty praise of the picture, saying what must not be there."""

_PUNCTUATION = re.compile(r"[\W_]+")
_HASH = re.compile(r"\s*\[[0-9a-f]{6,64}\]$")
_FILE = re.compile(r"\.(?:safetensors|ckpt|pt|pth|gguf|sft|bin)$", re.IGNORECASE)
_STORAGE = re.compile(
    r"[-_. ](?:fp8|fp16|fp32|bf16|nf4|bnb|int8|int4|gguf|q\d(?:_\w+)?|e4m3fn|e5m2|scaled|pruned|emaonly|ema)$",
    re.IGNORECASE,
)
"""What a file's name says of how the same weights are stored."""
_SHORTEST = 6
_LETTERS_A_SLIP = 8
"""Letters of a name for each slip of the hand that it can have; a short one can have one."""
_MOST_SLIPS = 2


class Limit(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """How much text is read: tokens or characters of the prompt, what happens to the rest, and what else to know."""

    tokens: int | None = None
    characters: int | None = None
    beyond: Beyond | None = None
    note: str = ""


class Range(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A documented range; an open end is None. `default` is what holds where nothing is said."""

    low: float | None = None
    high: float | None = None
    default: float | None = None

    def holds(self, value: float) -> bool:
        """Tell whether a value lies inside."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


class Sizes(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """How large a picture can be, in pixels.

    `native` is what the model was made for; `common` are sizes that it does well, `only` all that there are. `edge` is
    the range of a side, `multiple` what each side is a multiple of, `widest` the longest shape, as `21:9`.
    """

    native: str = ""
    common: list[str] = []
    only: list[str] = []
    megapixels: Range | None = None
    edge: Range | None = None
    multiple: int | None = None
    widest: str = ""


class Runtime(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A program that runs models, or the interface of those who host them: what it reads in a prompt."""

    name: str
    title: str
    aliases: list[str] = []
    syntax: list[Syntax] = []
    dialect: Dialect | None = None
    beyond: Beyond | None = None
    note: str = ""
    sources: list[str]


class Host(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A place where a model takes something else than by itself; what is given here holds there."""

    name: str
    aliases: list[str] = []
    runs_on: list[str] | None = None
    negative: Negative | None = None
    negative_note: str | None = None
    limit: Limit | None = None
    ratios: list[str] | None = None
    sizes: Sizes | None = None
    steps: Range | None = None
    guidance: Range | None = None
    dialect: Dialect | None = None
    notes: list[str] = []


class Model(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One model as its vendor or author documents it. Dates are ISO days; sources are addresses or names of files.

    `host` is set where the model is meant as it is at one of its `hosts` or in one runtime. `recommends` are words
    that the vendor asks for, `unverified` matters that no source settles. `retires_on` is a day to come when the facts
    were read, `retired_on` one that had passed.
    """

    name: str
    title: str
    aliases: list[str] = []
    host: str = ""
    task: Literal["generate", "edit"] = "generate"
    runs_on: list[str] = []
    negative: Negative
    negative_note: str = ""
    encoder: str = ""
    limit: Limit = msgspec.field(default_factory=Limit)
    ratios: list[str] = []
    sizes: Sizes = msgspec.field(default_factory=Sizes)
    steps: Range | None = None
    guidance: Range | None = None
    style: str = ""
    dialect: Dialect | None = None
    stances: dict[Matter, Stance] = {}
    recommends: list[str] = []
    notes: list[str] = []
    hosts: list[Host] = []
    unverified: list[str] = []
    verified_on: str
    retired_on: str = ""
    retires_on: str = ""
    successor: str = ""
    sources: list[str]

    @property
    def takes_negative(self) -> bool:
        """Whether a negative prompt has a place and, as the model is set by default, an effect."""
        return self.negative in ("field", "weak", "flag")

    @property
    def refuses_negative(self) -> bool:
        """Whether it is known that a negative prompt has no place at all."""
        return self.negative in ("inline", "none")

    @property
    def full_name(self) -> str:
        """The name, and where it is meant to run: `flux-dev@diffusers`."""
        return f"{self.name}@{self.host}" if self.host else self.name

    @property
    def syntax(self) -> frozenset[str]:
        """What some runtime of the model reads as more than words."""
        known = runtimes()
        return frozenset(one for name in self.runs_on for one in known[name].syntax)

    def recommended(self, words: str) -> bool:
        """Tell whether the vendor asks for words."""
        return bool(self.recommends) and _key(words) in {_key(one) for one in self.recommends}

    def at(self, name: str) -> Model | None:
        """Return the model as it is at one of its hosts or in one of its runtimes, None where it is at neither."""
        key = _key(name)
        host = next((one for one in self.hosts if _key(one.name) == key), None)
        if host is not None:
            given: dict[str, Any] = {
                field: value
                for field in Host.__struct_fields__
                if field not in ("name", "aliases", "notes") and (value := getattr(host, field)) is not None
            }
            return msgspec.structs.replace(self, host=host.name, notes=[*self.notes, *host.notes], **given)
        runtime = next((one for one in runtimes().values() if key in map(_key, (one.name, *one.aliases))), None)
        if runtime is None or runtime.name not in self.runs_on:
            return None
        limit = msgspec.structs.replace(self.limit, beyond=runtime.beyond or self.limit.beyond)
        return msgspec.structs.replace(
            self, host=runtime.name, runs_on=[runtime.name], limit=limit, dialect=runtime.dialect or self.dialect
        )

    @property
    def places(self) -> list[str]:
        """Where the model can be meant to run, by name."""
        own = [host.name for host in self.hosts]
        return [*own, *(name for name in self.runs_on if name not in own and len(self.runs_on) > 1)]


class _Catalogue(msgspec.Struct):
    models: list[Model]
    runtimes: list[Runtime]


def _read(path: Path, shape: type[Any]) -> Any:
    return YamlFile(path, KnowledgeError).convert(shape)


@lru_cache(maxsize=1)
def _everything() -> _Catalogue:
    models = sorted(_KNOWLEDGE.glob("models/*.yaml"))
    places = sorted(_KNOWLEDGE.glob("runtimes/*.yaml"))
    return cached(
        "models",
        [*models, *places],
        _Catalogue,
        lambda: _Catalogue([_read(path, Model) for path in models], [_read(path, Runtime) for path in places]),
    )


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Model]:
    """Return all models by name, in alphabetical order."""
    return {model.name: model for model in sorted(_everything().models, key=lambda model: model.name)}


@lru_cache(maxsize=1)
def runtimes() -> dict[str, Runtime]:
    """Return all runtimes by name, in alphabetical order."""
    return {runtime.name: runtime for runtime in _everything().runtimes}


def _key(name: str) -> str:
    return _PUNCTUATION.sub("", name.casefold())


@lru_cache(maxsize=1)
def _by_key() -> dict[str, Model]:
    """Return models by all names they have, those of their hosts too. What a model has itself goes first."""
    found: dict[str, Model] = {}
    for model in catalogue().values():
        for host in model.hosts:
            at = model.at(host.name)
            for alias in host.aliases:
                found.setdefault(_key(alias), at or model)
    for model in catalogue().values():
        found |= {_key(spelled): model for spelled in (*model.aliases, model.title, model.name)}
    return found


def _plain(name: str) -> str:
    """Return a file's name without its folder, its hash, its suffix and how its weights are stored."""
    plain = _FILE.sub("", _HASH.sub("", re.split(r"[/\\]", name)[-1]))
    while (shorter := _STORAGE.sub("", plain)) != plain:
        plain = shorter
    return plain


def known(name: str) -> Model | None:
    """Return the model of a name, an alias or a file name, None where there is none; case and punctuation don't matter.

    `name@host` is the model as it is there.
    """
    table = _by_key()
    own, mark, place = name.partition("@")
    if mark and (model := known(own)) is not None:
        return model.at(place)
    return table.get(_key(name)) or table.get(_key(_HASH.sub("", name))) or table.get(_key(_plain(name)))


def find(name: str) -> Model:
    """Return the model of a name, an alias or a file name.

    Raises ConfigError with the nearest name where there is none.
    """
    found = known(name)
    if found is not None:
        return found
    own, mark, place = name.partition("@")
    model = known(own)
    if mark and model is not None:
        hint = f"; it is known at {', '.join(model.places)}" if model.places else "; leave out what follows the @"
        raise ConfigError(f'"{model.name}" is not known at "{place}"{hint}')
    raise ConfigError(f'unknown model "{name}"{nearest(name)}')


def nearest(name: str) -> str:
    """Return `; did you mean "x"?` with the nearest name of a model, or nothing."""
    hint = did_you_mean(name.casefold(), catalogue())
    if hint:
        return hint
    near = difflib.get_close_matches(_key(_plain(name)), _by_key(), n=1, cutoff=0.6)
    return f'; did you mean "{_by_key()[near[0]].full_name}"?' if near else ""


def slip_of(name: str) -> Model | None:
    """Return the model that a name is a slip of: nearly its name, of the same version, and no name with an addition.

    People make models by the thousand and name them after others, so that a name that is only alike says nothing.
    """
    key = _key(_plain(name))
    if len(key) < _SHORTEST or known(name) is not None:
        return None
    most = min(_MOST_SLIPS, max(1, len(key) // _LETTERS_A_SLIP))
    alike = [own for own in _by_key() if _digits(own) == _digits(key) and slips(own, key) <= most]
    near = min(alike, key=lambda own: slips(own, key), default="")
    if not near or (abs(len(near) - len(key)) > 1 and (near.startswith(key) or key.startswith(near))):
        return None
    return _by_key()[near]


def _digits(key: str) -> str:
    return "".join(char for char in key if char.isdigit())

"""The image generators that a prompt can be aimed at, and what each of them takes."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from promptlint.brief.knowledge import read_yaml
from promptlint.compiled import cached
from promptlint.errors import ConfigError, KnowledgeError, did_you_mean
from promptlint.syntax.tree import Dialect

_FOLDER = Path(__file__).parent / "knowledge" / "models"
_PUNCTUATION = re.compile(r"[\W_]+")

Negative = Literal["field", "weak", "none"]
"""What becomes of a negative prompt: it works, it works little at the model's own guidance, it has no place."""


class Limit(msgspec.Struct, forbid_unknown_fields=True):
    """How much text is read: tokens or characters, and what happens to the rest."""

    tokens: int | None = None
    characters: int | None = None
    beyond: str = ""


class Range(msgspec.Struct, forbid_unknown_fields=True):
    """A documented range; an open end is None."""

    low: float | None = None
    high: float | None = None


class Model(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One model as its vendor or author documents it. Dates are ISO days; sources are addresses or names of files."""

    name: str
    title: str
    aliases: list[str] = []
    task: Literal["generate", "edit"] = "generate"
    negative: Negative
    negative_note: str = ""
    encoder: str = ""
    limit: Limit = msgspec.field(default_factory=Limit)
    ratios: list[str] = []
    steps: Range | None = None
    guidance: Range | None = None
    style: str = ""
    dialect: Dialect | None = None
    notes: list[str] = []
    verified_on: str
    retired_on: str = ""
    sources: list[str]

    @property
    def takes_negative(self) -> bool:
        """Whether a negative prompt has a place and an effect."""
        return self.negative != "none"


def _read(path: Path) -> Model:
    try:
        return msgspec.convert(read_yaml(path), Model)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{path}: {error}") from None


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Model]:
    """Return all models by name, in alphabetical order."""
    files = sorted(_FOLDER.glob("*.yaml"))
    models = cached("models", files, list[Model], lambda: [_read(path) for path in files])
    return {model.name: model for model in models}


def _key(name: str) -> str:
    return _PUNCTUATION.sub("", name.casefold())


def find(name: str) -> Model:
    """Return the model of a name, an alias or a file name; case and punctuation don't matter.

    Raises ConfigError with the nearest name where there is none.
    """
    models = catalogue()
    by_key = {
        _key(spelled): model for model in models.values() for spelled in (model.name, model.title, *model.aliases)
    }
    key = _key(name.rsplit("/", 1)[-1].removesuffix(".safetensors").removesuffix(".ckpt"))
    found = by_key.get(_key(name)) or by_key.get(key)
    if found is None:
        raise ConfigError(f'unknown model "{name}"{did_you_mean(name.casefold(), models)}')
    return found

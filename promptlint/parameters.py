"""What a setting in a prompt or beside it may be: Midjourney's flags, the keys of an infotext."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from math import gcd
from pathlib import Path
from typing import Literal

import msgspec

from promptlint.brief.knowledge import read_yaml
from promptlint.compiled import cached
from promptlint.errors import KnowledgeError, slips

_FOLDER = Path(__file__).parent / "knowledge" / "parameters"

Kind = Literal["number", "ratio", "size", "choice", "words", "flag"]

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})")
_RATIO = re.compile(r"0{0,3}[1-9][0-9]{0,5}:0{0,3}[1-9][0-9]{0,5}")
_SIZE = re.compile(r"[1-9][0-9]{0,9}x[1-9][0-9]{0,9}")
_PAIR = re.compile(r"([0-9]{1,5}(?:[.,][0-9]{1,4})?) ?[:x×/∶*-] ?([0-9]{1,5}(?:[.,][0-9]{1,4})?)", re.IGNORECASE)
_HOLE = ("{", "[", "<", "__", "$", "%")
_MARKS = ",.;:!，。；：！、%"
_YES = ("true", "yes", "on", "1")


class Limits(msgspec.Struct, forbid_unknown_fields=True):
    """A range of numbers; an open end is None."""

    low: float | None = None
    high: float | None = None


class Setting(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One parameter.

    `misnamed` are names that people write for it; `whole` numbers only; `newer` takes numbers above the last
    choice as well, since versions are added; `bare` may stand without a value. `by_version` has the limits of
    versions that differ, `not_in` the versions that don't know it. `unverified`: nothing is said of it but
    that there is one.
    """

    name: str
    aliases: list[str] = []
    misnamed: list[str] = []
    kind: Kind
    whole: bool = False
    low: float | None = None
    high: float | None = None
    choices: list[str] = []
    newer: bool = False
    bare: bool = False
    by_version: dict[str, Limits] = {}
    not_in: list[str] = []
    unverified: bool = False

    @property
    def spellings(self) -> list[str]:
        """The name and its short forms."""
        return [self.name, *self.aliases]

    def takes(self, version: str = "") -> str:
        """Return what values there are, in words."""
        if self.kind == "ratio":
            return "a ratio of whole numbers such as 3:4"
        if self.kind == "size":
            return "a width and a height such as 832x1216"
        if self.kind == "choice":
            return f"one of {', '.join(self.choices)}"
        if self.kind == "flag":
            return "no value"
        if self.kind == "words":
            return "words"
        return f"a {'whole ' if self.whole else ''}number{_between(self._limits(version))}"

    def holds(self, value: str, version: str = "") -> bool:
        """Tell whether a value can be right. A hole of a template can, and none where none is needed."""
        if self.unverified or value.startswith(_HOLE):
            return True
        if not value:
            return self.bare or self.kind == "flag"
        if self.kind == "ratio":
            return _RATIO.fullmatch(value) is not None
        if self.kind == "size":
            return _SIZE.fullmatch(value) is not None
        if self.kind == "choice":
            return self._chosen(value)
        return self.kind == "words" or (self.kind == "number" and self._in_range(value, version))

    def mended(self, value: str, version: str = "") -> str | None:
        """Return the one value that a bad one can only mean, None where it can mean several or none.

        Empty where the value is to go.
        """
        plain = unicodedata.normalize("NFKC", value).strip().rstrip(_MARKS)
        if self.kind == "flag":
            return "" if plain.lower() in _YES else None
        for tried in (
            plain,
            plain.replace(",", "."),
            _ratio(plain) if self.kind == "ratio" else _size(plain),
        ):
            if tried and tried != value and self.holds(tried, version):
                return tried
        if self.kind == "choice":
            near = [choice for choice in self.choices if choice.isalpha() and slips(plain.lower(), choice) <= 2]
            return near[0] if len(near) == 1 else None
        return None

    def _limits(self, version: str) -> Limits:
        return self.by_version.get(version, Limits(self.low, self.high))

    def _in_range(self, value: str, version: str) -> bool:
        if not _NUMBER.fullmatch(value):
            return False
        number = Fraction(value)
        limits = self._limits(version)
        if self.whole and number.denominator != 1:
            return False
        return (limits.low is None or number >= limits.low) and (limits.high is None or number <= limits.high)

    def _chosen(self, value: str) -> bool:
        if value.lower() in self.choices:
            return True
        if not _NUMBER.fullmatch(value) or not self.choices[-1].replace(".", "").isdigit():
            return False
        number = Fraction(value)
        return number in map(Fraction, self.choices) or (self.newer and number > Fraction(self.choices[-1]))


class Settings(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """All documented parameters of one tool. `version` names those that choose the tool's version."""

    name: str
    title: str
    verified_on: str
    sources: list[str]
    version: list[str] = []
    parameters: list[Setting]

    def find(self, name: str) -> Setting | None:
        """Return the parameter of a name or a short form; case doesn't matter."""
        key = name.lower()
        return next((one for one in self.parameters if any(own.lower() == key for own in one.spellings)), None)

    def nearest(self, name: str, value: str, version: str = "") -> list[str]:
        """Return the names that an unknown one can be a slip of, if its value would do; one a parameter."""
        key = name.lower()
        most = min(2, len(key) // 3) if len(key) > 2 else 1
        found: list[tuple[int, str]] = []
        for one in self.parameters:
            if one.unverified or not one.holds(value, version):
                continue
            if key in one.misnamed:
                return [one.name]
            near = min((slips(key, own.lower()), own) for own in one.spellings)
            if near[0] <= most and _digits(near[1]) == _digits(key):
                found.append(near)
        closest = min(found, default=(0, ""))[0]
        return [own for distance, own in found if distance == closest]


def _digits(name: str) -> list[str]:
    return [char for char in name if char.isdigit()]


def _between(limits: Limits) -> str:
    if limits.low is None:
        return "" if limits.high is None else f" up to {limits.high:.10g}"
    return f" from {limits.low:.10g}" + (" on" if limits.high is None else f" to {limits.high:.10g}")


def _ratio(value: str) -> str | None:
    """Return a ratio of whole numbers for one that is written in another way, or with decimals."""
    match = _PAIR.fullmatch(value)
    if match is None:
        return None
    wide, high = (Fraction(part.replace(",", ".")) for part in match.groups())
    if wide.denominator == high.denominator == 1:
        return f"{wide}:{high}"
    unit = wide.denominator * high.denominator // gcd(wide.denominator, high.denominator)
    return f"{wide * unit}:{high * unit}"


def _size(value: str) -> str | None:
    match = _PAIR.fullmatch(value)
    return f"{match.group(1)}x{match.group(2)}" if match else None


def _read(path: Path) -> Settings:
    try:
        return msgspec.convert(read_yaml(path), Settings)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{path}: {error}") from None


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Settings]:
    """Return the parameters of all tools, by the tool's name."""
    files = sorted(_FOLDER.glob("*.yaml"))
    tables = cached("parameters", files, list[Settings], lambda: [_read(path) for path in files])
    return {table.name: table for table in tables}

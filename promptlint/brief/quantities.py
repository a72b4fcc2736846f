"""Numbers with units: focal length, aperture, colour temperature, ISO, shutter, ratio, resolution. One pattern."""

from __future__ import annotations

import re
from typing import NamedTuple

# Real prompts space their numbers out ("f / 1. 4", "8 5 mm", "iso 2 0 0"): tokenizers of old tools wrote them back so.
_DIGITS = r"\d(?:\s?\d)*"
# A comma with a space behind it ends a phrase: "Portra 400, 85mm" is a film and a lens.
_NUMBER = rf"{_DIGITS}(?:\s?\.\s?\d+|,\d)?"

_PATTERN = re.compile(
    rf"""
    (?<![\w.])(?:
      (?P<range_low>\d{{1,3}})\s?(?:\s|to)\s?(?P<range_high>\d{{2,3}})\s?mm\b
    | (?P<focal>{_NUMBER})\s?(?:mm|millimeters?|millimetres?)\b
    | f\s?/?\s?(?P<aperture>\d{{1,2}}(?:\s?\.\s?\d{{1,2}}|,\d{{1,2}})?)(?:l\b|\b)(?!\s?(?:mm|%|k\b|px))
    | t(?P<tstop>\d(?:\.\d)?)\b(?=\s*(?:lens|cine|stop))
    | (?P<kelvin>[1-9]\d{{3,4}}|[1-9]\d?,\d{{3}})\s?°?\s?(?:k\b|kelvin\b)
    | iso\s?(?P<iso>{_DIGITS})\b
    | 1\s?/\s?(?P<shutter>{_DIGITS})\s?(?:th\b)?\s?(?:sec(?:onds?)?\b|s\b)
    | (?P<resolution>\d{{1,2}})\s?k\b(?:\s(?:ultra\shd|u?hd|resolution|quality)\b)*
    | (?P<pixels>(?:1080|2160|1440|720)p)\b
    | (?P<ratio_w>\d{{1,2}})\s?:\s?(?P<ratio_h>\d{{1,2}})\b(?!\s?(?:[ap]\.?m\b|:))
    )""",
    re.VERBOSE,
)


# Digits are looked for many times as fast as a choice of patterns.
_DIGIT = re.compile(r"[0-9](?<![0-9].)")
_BEFORE_DIGIT = re.compile(r"(?<![\w.])(?:f\s?/?\s?|t|iso\s?)\Z")
"""What a quantity begins with where that is no digit."""
_LEAD = len("iso ")


class Quantity(NamedTuple):
    """A number with its unit: the concept that it is (`camera.focal-length`), and its value in that unit.

    Units: mm, f-number, kelvin, ISO, seconds, width by height, thousand pixels. A zoom range has its long end as
    `high`.
    """

    start: int
    end: int
    concept: str
    value: float
    high: float | None = None


CONCEPTS = {
    "camera.focal-length": "camera",
    "camera.aperture": "camera",
    "camera.iso": "camera",
    "camera.shutter": "camera",
    "camera.ratio": "camera",
    "light.temperature": "lighting",
    "style.quality.resolution": "style",
}
"""The concepts that quantities are, with their sections."""

_UNITS = {
    "focal": "camera.focal-length",
    "aperture": "camera.aperture",
    "tstop": "camera.aperture",
    "kelvin": "light.temperature",
    "iso": "camera.iso",
    "shutter": "camera.shutter",
    "resolution": "style.quality.resolution",
    "pixels": "style.quality.resolution",
}


def find(strict: str) -> list[Quantity]:
    """Return the quantities in a normalised text (`Normalised.strict`), in order."""
    out: list[Quantity] = []
    at = 0
    for digit in _DIGIT.finditer(strict):
        begin = digit.start()
        if begin < at:
            continue
        lead = _BEFORE_DIGIT.search(strict, max(at, begin - _LEAD), begin)
        match = (_PATTERN.match(strict, lead.start()) if lead else None) or _PATTERN.match(strict, begin)
        if match is not None:
            at = match.end()
            quantity = _read(match)
            if quantity is not None:
                out.append(quantity)
    return out


def _read(match: re.Match[str]) -> Quantity | None:
    kind = match.lastgroup or ""
    start, end = match.span()
    if kind == "ratio_h":
        width, height = int(match["ratio_w"]), int(match["ratio_h"])
        if not (0 < width <= 32 and 0 < height <= 32):
            return None
        return Quantity(start, end, "camera.ratio", width / height)
    if kind == "range_high":
        low, high = float(match["range_low"]), float(match["range_high"])
        if low < high:
            return Quantity(start, end, "camera.focal-length", low, high)
        return Quantity(match.start("range_high"), end, "camera.focal-length", high)
    value = float(re.sub(r"[^\d.]", "", match[kind].replace(",", "." if kind in ("aperture", "focal") else "")))
    if kind == "shutter":
        value = 1 / value if value else 0.0
    if kind == "aperture" and not _is_f_number(match, value):
        return None
    if kind == "focal" and not 4 <= value <= 2000:
        return None
    return Quantity(start, end, _UNITS[kind], value)


def _is_f_number(match: re.Match[str], value: float) -> bool:
    """An f-number has a slash or a decimal part; a bare `f2` is read only in the range of lenses."""
    written = match.group()
    return 0.1 <= value <= 90 and ("/" in written or "." in written or value in (1, 2, 4, 8, 11, 16, 22))

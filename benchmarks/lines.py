"""Writes COUNT different prompts, one a line: `python benchmarks/lines.py COUNT FILE.txt`."""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

SUBJECTS = [
    "portrait of a clockmaker in her sixties",
    "a boy with a paper kite",
    "two cooks behind a counter",
    "headshot of a bus driver, gray beard",
    "a heron on one leg",
    "a stack of enamel bowls",
    "an old tractor without wheels",
    "a woman taking a selfie",
]
PLACES = [
    "in a narrow workshop",
    "on a pebble beach",
    "at a night market",
    "under a railway bridge",
    "outdoors",
    "",
]
LIGHTS = [
    "window light from camera left at 5200K",
    "natural light",
    "cinematic lighting",
    "(rim light from behind:1.2)",
    "low sun after rain",
    "",
]
CAMERAS = ["85mm f/1.4", "shot on a 35mm lens", "f/8, 1/250 s, ISO 200", "low angle", ""]
FILMS = ["Kodak Portra 400 film", "film grain", "Ilford HP5 pushed one stop", ""]
RESTS = [
    "visible pores",
    "flawless skin",
    "8k, masterpiece",
    "muted colors",
    "vibrant colors",
    "no hard shadows",
]


def main(count: int, path: str) -> None:
    ways = [
        ", ".join(filter(None, parts)) for parts in itertools.product(SUBJECTS, PLACES, LIGHTS, CAMERAS, FILMS, RESTS)
    ]
    random.Random(7).shuffle(ways)
    Path(path).write_text("".join(f"{line}\n" for line in ways[:count]), "utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

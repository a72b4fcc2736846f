"""Fails where a figure on labelled prompts is below the floor kept in the repository.

python .ci/floor.py SET FIGURES.json FLOOR.toml
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path


def main(name: str, figures: str, floor: str) -> int:
    measured = json.loads(Path(figures).read_text("utf-8"))
    low = []
    for key, least in tomllib.loads(Path(floor).read_text("utf-8"))[name].items():
        have = measured["flags"][key]["f"] if key in measured["flags"] else measured[key]
        if have < least:
            low.append(f"{name}: {key} is {have:.3f}, below the floor of {least}")
    print("\n".join(low) or f"{name}: no figure below its floor")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""The sections of a prompt, chosen together."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlint.brief.decoding import decode

NAMES = ("subject", "pose", "lighting")
EVEN = {before: dict.fromkeys(NAMES, 1 / 3) for before in NAMES}
STICKY = {before: {name: 0.8 if name == before else 0.1 for name in NAMES} for before in NAMES}

shares = st.floats(0.01, 1)
scores = st.fixed_dictionaries({name: shares.map(math.log) for name in NAMES})
tables = st.fixed_dictionaries({name: st.fixed_dictionaries(dict.fromkeys(NAMES, shares)) for name in NAMES})


def alone(subject: float, pose: float, lighting: float) -> dict[str, float]:
    return {name: math.log(share) for name, share in zip(NAMES, (subject, pose, lighting), strict=True)}


def test_without_weight_each_run_is_what_it_is_by_itself() -> None:
    runs = [alone(0.2, 0.7, 0.1), alone(0.5, 0.4, 0.1)]
    assert decode(runs, ["start", "comma"], {"comma": STICKY}, 0) == ["pose", "subject"]


def test_neighbours_decide_what_is_nearly_even() -> None:
    runs = [alone(0.1, 0.8, 0.1), alone(0.45, 0.5, 0.05), alone(0.9, 0.05, 0.05)]
    assert decode(runs, ["start", "comma", "comma"], {"comma": STICKY}, 1) == ["pose", "pose", "subject"]


def test_what_is_settled_parts_what_is_around_it() -> None:
    runs = [alone(0.9, 0.05, 0.05), None, alone(0.45, 0.5, 0.05)]
    assert decode(runs, ["start", "comma", "comma"], {"comma": STICKY}, 1) == ["subject", None, "pose"]


def test_no_runs_have_no_sections() -> None:
    assert decode([], [], {"comma": EVEN}, 1) == []


@given(st.lists(scores, min_size=1, max_size=4), tables, st.floats(0, 2))
def test_no_other_choice_is_likelier(
    runs: list[dict[str, float]], table: dict[str, dict[str, float]], weight: float
) -> None:
    def worth(path: tuple[str, ...]) -> float:
        steps = sum(weight * math.log(table[one][two]) for one, two in itertools.pairwise(path))
        return steps + sum(run[name] for run, name in zip(runs, path, strict=True))

    found = decode(runs, ["start", *["comma"] * (len(runs) - 1)], {"comma": table}, weight)
    best = max(worth(path) for path in itertools.product(NAMES, repeat=len(runs)))
    assert worth(tuple(one or "" for one in found)) == pytest.approx(best)

"""The gold set is well formed: a label that names words which are not there would count against every version."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
INTENTS = {"portrait", "photo", "artwork", "edit"}
SECTIONS = {"subject", "pose", "environment", "lighting", "camera", "skin", "film", "color", "style", "negative"}
ABSENCES = {
    "missing-lighting",
    "missing-film-stock",
    "missing-environment",
    "missing-lens",
    "missing-skin-detail",
}
PHRASES = {
    "vague-lighting",
    "vague-film-stock",
    "vague-environment",
    "perfection-wording",
    "saturated-color",
    "vague-quality",
    "style-conflict",
    "negation-in-positive",
    "selfie-lens",
}
FLAGS = ABSENCES | PHRASES | {"conflict"}
OF_ANY_INTENT = {"negation-in-positive", "style-conflict"}
# Where the flag on the left stands, the other flag and the section can't.
EXCLUDES = {
    "missing-lighting": ("vague-lighting", "lighting"),
    "missing-film-stock": ("vague-film-stock", "film"),
    "missing-environment": ("vague-environment", "environment"),
    "missing-lens": ("selfie-lens", None),
}


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


PROMPTS = _read("own.jsonl")
LABELS = _read("own.labels.jsonl")
PAIRS = [pytest.param(p, label, id=p["id"]) for p, label in zip(PROMPTS, LABELS, strict=True)]
PHOTOGRAPHS = [pytest.param(label, id=label["id"]) for label in LABELS if label["intent"] in ("portrait", "photo")]


def _spans(text: str, phrase: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]


def test_each_prompt_has_one_label_and_stands_once() -> None:
    ids = [p["id"] for p in PROMPTS]
    assert ids == [label["id"] for label in LABELS]
    assert len(set(ids)) == len(ids)
    assert len({p["text"].casefold() for p in PROMPTS}) == len(PROMPTS)


def test_each_flag_and_intent_stands_often_enough() -> None:
    flags = Counter(flag for label in LABELS for flag in label["flags"])
    assert {flag: flags[flag] for flag in FLAGS if flags[flag] < 12} == {}
    intents = Counter(label["intent"] for label in LABELS)
    assert {intent: intents[intent] for intent in INTENTS if intents[intent] < 30} == {}


@pytest.mark.parametrize(("prompt", "label"), PAIRS)
def test_sections_are_phrases_of_the_prompt(prompt: dict[str, Any], label: dict[str, Any]) -> None:
    assert set(label["sections"]) <= SECTIONS
    owner: dict[int, str] = {}
    for section, phrases in label["sections"].items():
        text = prompt["negative"] if section == "negative" else prompt["text"]
        for phrase in phrases:
            spans = _spans(text, phrase)
            assert spans, f"{phrase!r} is not in the prompt"
            if section == "negative":
                continue
            for at in (at for span in spans for at in range(*span)):
                assert owner.setdefault(at, section) == section, f"{phrase!r} stands in {owner[at]} too"


@pytest.mark.parametrize(("prompt", "label"), PAIRS)
def test_flags_fit_the_prompt_and_each_other(prompt: dict[str, Any], label: dict[str, Any]) -> None:
    flags, text = label["flags"], prompt["text"]
    assert {label["intent"], *label.get("intent_also", [])} <= INTENTS
    assert set(flags) <= FLAGS
    if label["intent"] in ("artwork", "edit"):
        assert set(flags) <= OF_ANY_INTENT
    if label["intent"] != "portrait":
        assert "missing-skin-detail" not in flags
    for flag, value in flags.items():
        if flag in ABSENCES:
            assert value is True
        elif flag == "conflict":
            assert value
            assert all(len(pair) == 2 and all(phrase in text for phrase in pair) for pair in value)
        else:
            assert value
            assert all(phrase in text for phrase in value)
    for absence, (vague, section) in EXCLUDES.items():
        if absence in flags:
            assert vague not in flags
            assert section not in label["sections"]


@pytest.mark.parametrize("label", PHOTOGRAPHS)
def test_a_photograph_without_a_section_says_so(label: dict[str, Any]) -> None:
    sections, flags = label["sections"], label["flags"]
    assert ("lighting" in sections) != ("missing-lighting" in flags)
    assert ("film" in sections) != ("missing-film-stock" in flags)

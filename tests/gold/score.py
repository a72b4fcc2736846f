"""Score promptlint against labelled prompts: `python -m tests.gold.score [PROMPTS LABELS] [--misses FLAG]`.

The intent is right or wrong. Sections are compared word by word, counts pooled over all prompts, over the words that
have a label: what no section fits is left unlabelled, and nothing said of it is wrong. A flag counts once a prompt,
however often its rule speaks. The macro F1 is over flags that stand in the labels at least five times, the micro
figures over all flags.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from promptlint import lint_text

HERE = Path(__file__).parent

Place: TypeAlias = tuple[int, int]
"""Where a word or phrase stands: its first code point and the one after its last."""

ENOUGH = 5
SECTIONS = ("subject", "pose", "environment", "lighting", "camera", "skin", "film", "color", "style")
FLAGS = (
    "missing-lighting",
    "vague-lighting",
    "missing-film-stock",
    "vague-film-stock",
    "missing-environment",
    "vague-environment",
    "missing-lens",
    "selfie-lens",
    "missing-skin-detail",
    "perfection-wording",
    "saturated-color",
    "vague-quality",
    "style-conflict",
    "negation-in-positive",
    "conflict",
)
CONFLICTS = {
    "lighting-conflict",
    "light-scene-conflict",
    "film-color-conflict",
    "depth-of-field-conflict",
    "focal-length-conflict",
    "angle-conflict",
    "catchlight-conflict",
    "implausible-color-temperature",
}
# f/1.8, crow's and north-facing are words.
_WORD = re.compile(r"\w+(?:[-./'’]\w+)*")


@dataclass(slots=True)
class Tally:
    """Right, too many and too few of one kind."""

    hit: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, wanted: bool, got: bool) -> None:
        self.hit += wanted and got
        self.extra += got and not wanted
        self.missed += wanted and not got

    @property
    def precision(self) -> float:
        """The share of what was said that is right; 1 where nothing was said."""
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0

    @property
    def recall(self) -> float:
        """The share of what stands that was said; 1 where nothing stands."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @classmethod
    def total(cls, parts: Iterable[Tally]) -> Tally:
        """Return the sum of several tallies."""
        whole = cls()
        for part in parts:
            whole.hit, whole.extra, whole.missed = (
                whole.hit + part.hit,
                whole.extra + part.extra,
                whole.missed + part.missed,
            )
        return whole

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


@dataclass(slots=True)
class Score:
    """The figures of one run, and for each flag (and `intent`) the prompts that it gets wrong."""

    prompts: int = 0
    intents: int = 0
    sections: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in SECTIONS})
    flags: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FLAGS})
    misses: dict[str, list[str]] = field(default_factory=dict)

    def add(self, prompt: Mapping[str, Any], label: Mapping[str, Any]) -> None:
        """Lint one prompt and count how it compares with its label."""
        text = prompt["text"]
        report = lint_text(text, negative=prompt["negative"], preset="all")
        self.prompts += 1
        if report.brief.intent in (label["intent"], *label.get("intent_also", [])):
            self.intents += 1
        else:
            self._miss("intent", prompt, f"{report.brief.intent} for {label['intent']}")
        got = homes(text, report.brief.sections)
        for word, home in homes(text, located(text, label["sections"])).items():
            for name in {home, got.get(word, home)} & self.sections.keys():
                self.sections[name].add(name == home, name == got.get(word))
        fired = {"conflict" if one.rule in CONFLICTS else one.rule for one in report.diagnostics}
        for name, tally in self.flags.items():
            tally.add(name in label["flags"], name in fired)
            if (name in label["flags"]) != (name in fired):
                self._miss(name, prompt, "said" if name in fired else f"not said: {label['flags'][name]}")

    def _miss(self, name: str, prompt: Mapping[str, Any], what: str) -> None:
        self.misses.setdefault(name, []).append(f"{prompt['id']}  {what}\n    {prompt['text']}")

    def __str__(self) -> str:
        counted = [tally.f1 for tally in self.flags.values() if tally.hit + tally.missed >= ENOUGH]
        macro = sum(counted) / len(counted) if counted else 0.0
        words, flags = Tally.total(self.sections.values()), Tally.total(self.flags.values())
        lines = [f"prompts {self.prompts}  intent accuracy {self.intents / max(self.prompts, 1):.3f}"]
        lines += [f"section {name:20} {tally}" for name, tally in self.sections.items()]
        lines += [f"sections, by word            {words}"]
        for name, tally in self.flags.items():
            lines.append(
                f"flag    {name:20} {tally}  stands {tally.hit + tally.missed}, said {tally.hit + tally.extra}"
            )
        lines += [f"flags, micro                 {flags}", f"flags, macro F1 {macro:.3f}"]
        return "\n".join(lines)


def located(text: str, phrases: Mapping[str, Iterable[str]]) -> dict[str, list[Place]]:
    """Return where the labelled phrases of each section of the text stand; a phrase counts wherever it occurs."""
    return {
        name: [found.span() for phrase in group for found in re.finditer(re.escape(phrase), text)]
        for name, group in phrases.items()
        if name != "negative"
    }


def homes(text: str, sections: Mapping[str, Iterable[Place]]) -> dict[Place, str]:
    """Return the section of each word, by its place; where two claim a word, the one with the longer phrase has it."""
    claims = [(place, name) for name, places in sections.items() for place in places]
    claims.sort(key=lambda claim: claim[0][1] - claim[0][0])
    return {word.span(): name for (start, end), name in claims for word in _WORD.finditer(text, start, end)}


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(prompts: Iterable[Mapping[str, Any]], labels: Iterable[Mapping[str, Any]]) -> Score:
    """Score all prompts that have a label."""
    by_id = {label["id"]: label for label in labels}
    result = Score()
    for prompt in prompts:
        if prompt["id"] in by_id:
            result.add(prompt, by_id[prompt["id"]])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description="Score promptlint against labelled prompts.")
    parser.add_argument("prompts", nargs="?", type=Path, default=HERE / "own.jsonl")
    parser.add_argument("labels", nargs="?", type=Path, default=HERE / "own.labels.jsonl")
    parser.add_argument("--misses", metavar="FLAG", choices=("intent", *FLAGS), help="list what a flag gets wrong")
    args = parser.parse_args()
    result = score(read(args.prompts), read(args.labels))
    print("\n".join(result.misses.get(args.misses, [])) if args.misses else result)


if __name__ == "__main__":
    main()

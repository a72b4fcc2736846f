"""Makes the classifier: builds the corpus, runs `spacy train`, measures it on what was held out, keeps it small.

    python -m training [--check]

With `--check` the shipped model stays as it is, and the run fails if training it anew gives other answers.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy
import spacy
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from promptlint.brief.classifier import FOLDER, LABELS
from training.data import FOLDER as HERE
from training.data import Example, examples, follows, of_prompts, phrases, prompts

SEEDS = (20, 21, 22)
"""One model is trained from each, and the mean of their weights kept: what a single one has by chance goes."""
Answers = list[tuple[str, float]]


def main() -> int:
    """Train, measure, and keep the model or compare it with the one kept."""
    parser = argparse.ArgumentParser(prog="python -m training", description="Train the classifier of sections.")
    parser.add_argument("--check", action="store_true", help="compare with the shipped model instead of writing it")
    options = parser.parse_args()
    held = [*of_prompts(prompts("heldout/briefs")), *of_prompts(phrases("heldout"))]
    with tempfile.TemporaryDirectory() as folder:
        made = trained(Path(folder), held)
        answers = ask(spacy.load(made), held)
        print(report(held, answers))
        if options.check:
            same = agree(answers, ask(spacy.load(FOLDER), held))
            print("the shipped model gives the same answers" if same else "the shipped model gives OTHER answers")
            return 0 if same else 1
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(made, FOLDER)
    print(f"{sum(path.stat().st_size for path in FOLDER.rglob('*') if path.is_file()):,} bytes in {FOLDER}")
    return 0


def trained(folder: Path, held: list[Example]) -> Path:
    """Train in a folder, and return where the model lies, made small.

    Of each training the last model counts: what was held out is watched, and chooses nothing.
    """
    paths = {"paths.train": str(folder / "train.spacy"), "paths.dev": str(folder / "dev.spacy")}
    corpus(examples(SEEDS[0])).to_disk(paths["paths.train"])
    corpus(held).to_disk(paths["paths.dev"])
    for seed in SEEDS:
        train(HERE / "config.cfg", folder / str(seed), overrides={**paths, "system.seed": seed})
    nlp, *others = [spacy.load(folder / str(seed) / "model-last") for seed in SEEDS]
    average(nlp, others)
    shrink(nlp)
    nlp.to_disk(folder / "model", exclude=["vocab"])
    return folder / "model"


def corpus(rows: Iterable[Example]) -> DocBin:
    """Return runs in the form that `spacy train` reads."""
    blank = spacy.blank("en")
    docs = DocBin()
    for row in rows:
        doc = Doc(blank.vocab, words=row.told)
        doc.cats = {label: float(label == row.section) for label in LABELS}
        docs.add(doc)
    return docs


def average(nlp: Language, others: Sequence[Language]) -> None:
    """Give a model the mean of its own weights and those of others of the same shape."""
    models: list[Any] = [one.get_pipe("textcat").model for one in (nlp, *others)]
    for nodes in zip(*(model.walk() for model in models), strict=True):
        for name in nodes[0].param_names:
            if nodes[0].has_param(name):
                nodes[0].set_param(name, sum(node.get_param(name) for node in nodes) / numpy.float32(len(nodes)))


def shrink(nlp: Language) -> None:
    """Round the weights to what 16 bits hold: half of their bytes are zeros then, and a wheel packs those away."""
    component: Any = nlp.get_pipe("textcat")
    for node in component.model.walk():
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, node.get_param(name).astype(numpy.float16).astype(numpy.float32))
    nlp.meta.update(name="sections", spacy_version=">=3.8.0,<4.0.0", performance={})
    nlp.meta["follows"] = follows(prompts())
    nlp.config["paths"].update(train=None, dev=None)


def ask(nlp: Language, rows: list[Example]) -> Answers:
    """Return the section and the score that a model gives each run."""
    component: Any = nlp.get_pipe("textcat")
    scores = component.predict([Doc(nlp.vocab, words=row.told) for row in rows])
    return [(LABELS[int(row.argmax())], float(row.max())) for row in scores]


def agree(one: Answers, other: Answers) -> bool:
    """Tell whether two models say the same: the same sections, and scores that differ by rounding at most."""
    return all(a == b and abs(p - q) < 0.01 for (a, p), (b, q) in zip(one, other, strict=True))


def report(held: list[Example], answers: Answers) -> str:
    """Return precision, recall and F1 of each section on what was held out."""
    right, asked, given = Counter[str](), Counter[str](), Counter[str]()
    for row, (got, _) in zip(held, answers, strict=True):
        asked[row.section] += 1
        given[got] += 1
        right[row.section] += row.section == got
    lines = [f"held out: {sum(right.values())} of {len(held)} right, {sum(right.values()) / len(held):.3f}"]
    for label in LABELS:
        precision, recall = right[label] / max(1, given[label]), right[label] / max(1, asked[label])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        lines.append(f"  {label:12} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({asked[label]})")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

"""The classifier of phrases that no term names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import promptlint
from promptlint.brief import classifier
from promptlint.reporters.brief_json import brief_json
from promptlint.reporters.brief_text import brief_text

UNKNOWN = "a quondam haruspex, 85mm f/2"


@pytest.mark.parametrize(
    ("phrase", "section"),
    [
        ("a jacket the colour of rust", "subject"),
        ("her hands resting on the balustrade", "pose"),
        ("balustrade behind her", "environment"),
        ("soft light on her skin", "lighting"),
        ("muted rust tones", "color"),
        ("freckles across the nose", "skin"),
        ("please generate an image", "none"),
    ],
)
def test_the_head_decides(phrase: str, section: str) -> None:
    assert classifier.classify([phrase])[0][0] == section


def test_order_company_and_spelling_change_nothing() -> None:
    phrases = ["Weighing_A_Trout", "a  ropewalk in Ghent", "", "a ropewalk, in Ghent!", "weighing a trout"]
    forth = classifier.classify(phrases)
    classifier._answers.clear()
    back = classifier.classify(phrases[::-1])
    assert forth == back[::-1]
    assert forth[0] == forth[4]
    assert forth[1] == forth[3]
    assert forth[2] == ("none", 1.0)


def test_it_does_not_judge_what_it_cannot_read() -> None:
    assert classifier.judge(["женщина у окна", "xqj vornish plimbering"]) == [None, None]


def test_sections_by_terms_do_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "installed", lambda: False)
    brief = promptlint.lint_text(UNKNOWN).brief
    assert brief.sections == brief.sections_by_terms
    assert [brief.words(span) for span in brief.undecided] == ["a quondam haruspex"]


@pytest.mark.parametrize("installed", [True, False])
def test_a_brief_says_when_it_was_not_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, installed: bool) -> None:
    path = tmp_path / "a.prompt"
    path.write_text(UNKNOWN)
    monkeypatch.setattr(classifier, "installed", lambda: installed)
    report = promptlint.lint_file(path)
    assert brief_text(report).count("classifier: not installed") == (not installed)
    assert ('"classifier": "installed"' in brief_json(report)) == installed


@pytest.mark.parametrize(
    ("code", "imported"),
    [
        (f"promptlint.lint_text({UNKNOWN!r})", False),
        ("promptlint.lint_text('portrait of a nurse, window light, 85mm').brief.sections", False),
        ("promptlint.lint_text('a dented samovar, 85mm').brief.sections", True),
    ],
)
def test_spacy_is_imported_only_where_it_is_asked(code: str, imported: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import promptlint, sys; {code}; print('spacy' in sys.modules)"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(imported)

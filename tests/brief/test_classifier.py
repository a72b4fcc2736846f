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


def sections(text: str) -> dict[str, list[str]]:
    brief = promptlint.lint_text(text).brief
    return {section: [brief.words(span) for span in spans] for section, spans in brief.sections.items()}


@pytest.mark.parametrize(
    ("text", "phrase", "section"),
    [
        ("portrait of a ropewalker, her wrists crossed above a hempen coil, 85mm", "her wrists crossed", "pose"),
        ("a cooper at work, a jerkin the colour of rust, 85mm", "a jerkin the colour of rust", "subject"),
        ("portrait of a dyer, muted rust and verdigris, 85mm", "rust and verdigris", "color"),
        ("portrait of a nun, cluttered quondam scriptorium, 85mm", "quondam scriptorium", "environment"),
    ],
)
def test_it_knows_what_no_term_names(text: str, phrase: str, section: str) -> None:
    assert any(phrase in words for words in sections(text)[section])


def test_an_answer_depends_on_the_prompt_alone() -> None:
    texts = [UNKNOWN, "a dented samovar, 85mm", "portrait of a nurse, window light, a quondam haruspex"]
    forth = [sections(text) for text in texts]
    assert [sections(text) for text in texts[::-1]] == forth[::-1]


def test_scores_are_shares() -> None:
    (answer,), _ = classifier.judge([["a", "dented", "samovar", "Ropen"]])
    assert set(answer) == set(classifier.LABELS)
    assert sum(answer.values()) == pytest.approx(1, abs=1e-3)


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
        ("promptlint.lint_text('a quondam haruspex, 85mm').brief.sections", True),
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

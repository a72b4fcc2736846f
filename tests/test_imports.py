"""What a run imports: the program starts all day long, and pays only for what it uses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Writes the names of all modules that are asked for, installed or not, to standard error.
WATCH = """
import runpy, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        asked.append(name)

asked = []
sys.meta_path.insert(0, Watch())
program, *sys.argv[1:] = sys.argv[1:]
try:
    if program == "-c":
        exec(sys.argv[1])
    else:
        sys.argv[0] = program
        runpy.run_module(program, run_name="__main__", alter_sys=True)
finally:
    print(*asked, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def asked_for(cache: Path, *args: str) -> set[str]:
    """Return the packages that a run of Python asks for."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *args],
        env={**os.environ, "PYTHONPATH": path, "PROMPTLINT_CACHE_DIR": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stderr.split()}


def check(cache: Path, folder: Path, text: str) -> set[str]:
    path = folder / "some.prompt"
    path.write_text(text, "utf-8")
    return asked_for(cache, "promptlint", "check", "--exit-zero", str(path))


def test_the_watch_sees_what_is_not_installed(cache: Path) -> None:
    assert "no_such_package" in asked_for(cache, "-c", "try:\n import no_such_package\nexcept ImportError: pass")


def test_importing_promptlint_costs_nothing(cache: Path) -> None:
    asked = asked_for(cache, "-c", "import promptlint; promptlint.__version__")
    assert "promptlint" in asked
    assert not asked & {"click", "lark", "msgspec", "spacy", "yaml"}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_parse_nothing(cache: Path, option: str) -> None:
    asked = asked_for(cache, "promptlint", option)
    assert "click" in asked
    assert not asked & {"lark", "msgspec", "spacy", "yaml"}


@pytest.mark.parametrize(
    "text",
    [
        "portrait of a baker at her oven, natural light, 85mm f/2",
        "portrait of a (baker:1.2) at her oven",
        "xqj vornish plimbering, glimsy under a norb, twoddled",
        '{"subject": "a baker", "lighting": "lamp at 2700K"}',
    ],
)
def test_the_usual_run_asks_for_no_spacy(cache: Path, tmp_path: Path, text: str) -> None:
    check(cache, tmp_path, text)
    asked = check(cache, tmp_path, text)
    # A text without brackets, quotes and colons is one run, and needs no grammar.
    assert ("lark" in asked) == any(char in text for char in '():"')
    assert not asked & {"spacy", "subprocess", "yaml"}


def test_without_a_model_nothing_is_counted(cache: Path) -> None:
    lint = "import sys; from promptlint import lint_text; lint_text('gull ' * 90, model={}); print(*sys.modules)"
    for model, counts in (("None", False), ("'realistic-vision-5.1'", True)):
        done = subprocess.run(
            [sys.executable, "-c", lint.format(model)],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PROMPTLINT_CACHE_DIR": str(cache)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert ("promptlint.tokens.clip" in done.stdout.split()) == counts

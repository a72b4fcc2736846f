"""`--fix --interactive` under a terminal of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, write

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")


def talk(folder: Path, environment: dict[str, str], answers: str, *args: str) -> tuple[int, str]:
    """Return the exit code and what a terminal shows of an interactive run that is given these answers."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "promptlint", "check", "--fix", "--interactive", *args]
    env = {**environment, "NO_COLOR": "1"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=env)
    os.close(theirs)
    os.write(ours, answers.encode())
    shown = b""
    while True:
        try:
            data = os.read(ours, 4096)
        except OSError:  # Linux: the other end is closed.
            break
        if not data:
            break
        shown += data
    os.close(ours)
    return process.wait(timeout=60), shown.decode().replace("\r\n", "\n")


def test_each_finding_is_put_to_choice(house: Path, environment: dict[str, str]) -> None:
    path = write(house, "a.prompt", "a barn, magic glow, dream blur")
    code, shown = talk(house, environment, "y\n2\n")
    assert path.read_text() == "a barn, a bare bulb, shallow focus"
    assert code == 0
    assert (
        """\
a.prompt house-glow (HSE001): the house has no "magic glow"
1. a bare bulb
   - a barn, magic glow, dream blur
   + a barn, a bare bulb, dream blur
Write it [y,n,a,d,q,?]? """
        in shown
    )
    assert "2. shallow focus (chooses for you)\n   - a barn, a bare bulb, dream blur\n" in shown
    assert "Write the first [y,n,1-3,a,d,q,?]? " in shown
    assert shown.endswith("2 fixes made in 1 file. All clear: 1 prompt in 1 file.\n")


def test_a_finding_can_be_left(house: Path, environment: dict[str, str]) -> None:
    path = write(house, "a.prompt", "a barn, magic glow, dream blur, magic glow")
    code, shown = talk(house, environment, "n\ny\ny\n")
    assert path.read_text() == "a barn, magic glow, sharp focus, a bare bulb"
    assert code == 1
    assert "2 fixes made in 1 file. 1 finding (1 warning) remains" in shown


def test_all_the_rest_of_a_file(house: Path, environment: dict[str, str]) -> None:
    first = write(house, "a.prompt", "a barn, magic glow, dream blur")
    second = write(house, "b.prompt", "a barn, magic glow, dream blur")
    talk(house, environment, "a\nd\n")
    assert first.read_text() == "a barn, a bare bulb, sharp focus"
    assert second.read_text() == "a barn, magic glow, dream blur"


def test_quitting_writes_what_was_chosen(house: Path, environment: dict[str, str]) -> None:
    first = write(house, "a.prompt", "a barn, magic glow, dream blur")
    second = write(house, "b.prompt", "a barn, magic glow")
    _, shown = talk(house, environment, "y\nq\n")
    assert first.read_text() == "a barn, a bare bulb, dream blur"
    assert second.read_text() == "a barn, magic glow"
    assert "b.prompt" not in shown


def test_the_end_of_input_quits(house: Path, environment: dict[str, str]) -> None:
    path = write(house, "a.prompt", "a barn, magic glow, dream blur")
    talk(house, environment, "y\n\x04")
    assert path.read_text() == "a barn, a bare bulb, dream blur"


def test_an_unknown_key_shows_the_keys(house: Path, environment: dict[str, str]) -> None:
    path = write(house, "a.prompt", "a barn, magic glow")
    _, shown = talk(house, environment, "?\n7\nn\n")
    assert shown.count("n - leave this finding as it is") == 2
    assert path.read_text() == "a barn, magic glow"


def test_what_does_not_hold_is_not_put_to_choice(house: Path, environment: dict[str, str]) -> None:
    path = write(house, "a.prompt", "a barn, fairy haze")
    code, shown = talk(house, environment, "")
    assert "Write it" not in shown
    assert 'a.prompt: not fixed, house-haze "a magic glow": it would bring house-glow' in shown
    assert (code, path.read_text()) == (1, "a barn, fairy haze")


def test_one_choice_counts_for_the_next(tmp_path: Path, environment: dict[str, str]) -> None:
    text = "black and white portrait of a pastry chef with flour on his hands, 85mm f/2, visible pores"
    path = write(tmp_path, "a.prompt", text)
    _, shown = talk(tmp_path, environment, "y\n" * 9)
    fixed = path.read_text()
    assert "in a restaurant kitchen with steel counters, soft window light from camera left at 5200K" in fixed
    assert "Ilford HP5 Plus film" in fixed
    assert shown.index("missing-environment") < shown.index("missing-lighting") < shown.index("missing-film-stock")


def test_it_takes_a_terminal(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "a barn, magic glow")
    result = run("check", "--fix", "--interactive")
    assert result.code == 2
    assert result.err.splitlines()[-1] == (
        "Error: --interactive needs a terminal to ask on; --fix alone writes the safe fixes"
    )
    assert path.read_text() == "a barn, magic glow"


def test_it_takes_the_terminal_for_itself(run: Run, house: Path) -> None:
    for args in (["--interactive"], ["--fix", "--interactive", "--diff"], ["--fix", "--interactive", "-"]):
        assert run("check", *args).code == 2

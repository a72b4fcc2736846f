"""What people read: blocks, sums, and nothing that steers their terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Run, write

if TYPE_CHECKING:
    from pathlib import Path


def test_blocks_and_sums(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn with a magic glow,\nwax sheen, dream blur")
    result = run("check")
    assert (
        result.out
        == """\
a.prompt:1:15: warning house-glow (HSE001): the house has no "magic glow"
  1 | a barn with a magic glow,
    |               ^^^^^^^^^^
    = fix: a bare bulb

a.prompt:2:1: info house-sheen (HSE003): the house has no "wax sheen"
  2 | wax sheen, dream blur
    | ^^^^^^^^^

a.prompt:2:12: error house-blur (HSE002): the house has no "dream blur"
  2 | wax sheen, dream blur
    |            ^^^^^^^^^^
    = fix (unsafe): sharp focus  (2 more)

3 findings (1 error, 1 warning, 1 info) in 1 prompt, 1 file checked; --fix mends 1, --unsafe-fixes 1 more
"""
    )
    assert result.err == ""
    assert result.code == 1


def test_unsafe_fixes_are_shown_as_applicable(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, magic glow, dream blur")
    result = run("check", "--unsafe-fixes")
    assert "    = fix: sharp focus  (2 more)\n" in result.out
    assert result.out.endswith("; --fix --unsafe-fixes mends 2\n")


def test_prompts_with_findings_are_told_from_all(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, wax sheen")
    write(house, "b.prompt", "a barn")
    assert run("check").out.endswith("1 finding (1 info) in 1 of 2 prompts, 2 files checked\n")


def test_all_clear(run: Run, house: Path) -> None:
    write(house, "prompts/list.txt", "a barn at noon by the lake\na mill at dusk by the road\n")
    write(house, "a.prompt", "a barn at noon")
    result = run("check")
    assert (result.code, result.out, result.err) == (0, "All clear: 3 prompts in 2 files.\n", "")


def test_nothing_to_check_is_said(run: Run, house: Path) -> None:
    (house / "empty").mkdir()
    result = run("check", "empty")
    assert (result.code, result.out) == (0, "No prompt files found: 0 files checked\n")


def test_statistics(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, magic glow, a mill, glow of wonder, wax sheen")
    result = run("check", "--statistics")
    assert (
        result.out
        == """\
2  house-glow (HSE001)
1  house-sheen (HSE003)
3 findings (2 warnings, 1 info) in 1 prompt, 1 file checked; --fix mends 2
"""
    )


def test_quiet_leaves_the_sums_out(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, wax sheen")
    write(house, "b.prompt", "a barn")
    assert run("check", "b.prompt", "--quiet").out == ""
    assert run("check", "a.prompt", "-q").out.count("\n") == 4


def test_output_does_not_depend_on_the_order_of_paths(run: Run, house: Path) -> None:
    for name in ("b.prompt", "a.prompt", "sub/c.prompt"):
        write(house, name, "a barn, magic glow")
    there = run("check", "a.prompt", "b.prompt", "sub")
    back = run("check", "sub", "b.prompt", "a.prompt", "./a.prompt")
    assert there.out == back.out
    assert "3 files checked" in there.out


def test_no_control_character_reaches_the_terminal(run: Run, house: Path) -> None:
    hostile = "a barn \x1b[31m\x07 magic\u202e glow, \x9b2J, \u200b magic glow \x1b]0;owned\x07 \U000e0041"
    write(house, "a\x1b[2J\u202e.prompt", hostile)
    for args in (("check",), ("check", "--output-format", "json"), ("brief", "a\x1b[2J\u202e.prompt")):
        result = run(*args)
        assert result.code in (0, 1), result.err
        for text in (result.out, result.err):
            assert not any(ord(char) < 32 and char != "\n" for char in text)
            assert not any(char in text for char in "\x7f\x9b\u202e\u200b\U000e0041")
    assert "a\\x1b[2J\\u202e.prompt:1:" in run("check").out


def test_output_survives_a_narrow_encoding(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn in Łódź, magic glow")
    result = run("check", PYTHONIOENCODING="ascii")
    assert result.code == 1
    assert "\\u0141\\xf3d\\u017a" in result.out


def test_no_colour_where_nobody_sees_it(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, magic glow")
    assert "\x1b" not in run("check").out


def test_json_is_one_object_whatever_happens(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, magic glow")
    write(house, "b.prompt", "\0")
    result = run("check", "a.prompt", "b.prompt", "c.prompt", "--output-format", "json")
    report = json.loads(result.out)
    assert [one["path"] for one in report["files"]] == ["a.prompt"]
    assert [one["path"] for one in report["could_not_check"]] == ["b.prompt", "c.prompt"]
    assert result.code == 2


def on_a_terminal(house: Path, environment: dict[str, str], *args: str, **env: str) -> str:
    """Return what a run writes to a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "promptlint", *args],
        cwd=house,
        env={**environment, "TERM": "xterm", **env},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    data = b""
    try:
        while chunk := os.read(ours, 65536):
            data += chunk
    except OSError:
        pass
    finally:
        os.close(ours)
    return data.decode()


def test_colour_on_a_terminal(house: Path, environment: dict[str, str]) -> None:
    write(house, "a.prompt", "a barn, magic \x1b]0;owned\x07 glow, magic glow")
    colored = on_a_terminal(house, environment, "check")
    assert "\x1b[33m\x1b[1mwarning\x1b[0m" in colored
    assert "\x1b]" not in colored
    assert "\x1b" not in on_a_terminal(house, environment, "check", NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(house, environment, "check", TERM="dumb")


def test_a_diff_on_a_terminal_does_not_steer_it(house: Path, environment: dict[str, str]) -> None:
    write(house, "a.prompt", "a barn, \x1b]0;owned\x07, magic glow")
    diff = on_a_terminal(house, environment, "check", "--diff")
    assert "\x1b" not in diff
    assert "\x07" not in diff
    assert "+a barn, \ufffd]0;owned\ufffd, a bare bulb" in diff

"""`promptlint brief`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Run, write

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "portrait of a welder in his workshop, window light at 5200K, 35mm f/2, Kodak Portra 400"


def test_a_table_of_sections(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.prompt", TEXT)
    result = run("brief", "a.prompt")
    lines = result.out.splitlines()
    assert lines[0] == "a.prompt: portrait, natural (nothing in it belongs to another dialect)"
    rows = {line.split()[0]: re.split(" {2,}", line.strip()) for line in lines[1:] if line[2] != " "}
    assert {"subject", "environment", "lighting", "camera", "film"} <= set(rows)
    assert rows["film"] == ["film", "Kodak Portra 400", 'film.stock.kodak-portra-400 "Kodak Portra 400"']
    assert 'light.temperature = 5200 K "5200K"' in result.out
    assert 'camera.focal-length = 35 mm "35mm"' in result.out
    assert 'camera.aperture = f/2 "f/2"' in result.out
    assert result.code == 0


def test_columns_hold_with_wide_characters(run: Run, house: Path) -> None:
    write(house, "a.prompt", "Subject: 納屋\nLighting: magic glow")
    lines = run("brief", "a.prompt").out.splitlines()
    wide = next(line for line in lines if "納屋" in line)
    plain = next(line for line in lines if "house.glow" in line)
    assert wide.startswith("  subject   納屋")
    assert plain.startswith("  lighting  magic glow  house.glow")


def test_what_is_denied_is_marked(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.prompt", "portrait of a baker, no window light\nNegative prompt: plastic skin")
    out = run("brief", "a.prompt").out
    assert "not light.source.window" in out
    assert re.search(r"^  negative +plastic skin$", out, re.MULTILINE)


def test_every_prompt_of_a_file(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "prompts/a.txt", f"{TEXT}\nphoto of a barn at noon under a clear sky, 24mm lens\n")
    out = run("brief", "prompts/a.txt").out
    assert "prompts/a.txt, line 1: portrait, natural (nothing in it belongs to another dialect)\n" in out
    assert "prompts/a.txt, line 2: photo, natural (nothing in it belongs to another dialect)\n" in out


def test_a_file_without_prompts(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.md", "# Nothing\n")
    assert run("brief", "a.md").out == "a.md: no prompts\n"


def test_json(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "a.prompt", TEXT)
    brief = run("brief", "--format", "json", "a.prompt").json
    [prompt] = brief["prompts"]
    assert (brief["version"], brief["path"], prompt["intent"]) == (1, "a.prompt", "portrait")
    [stock] = [one for one in prompt["mentions"] if one["section"] == "film"]
    assert stock["text"] == "Kodak Portra 400"
    assert stock["range"]["start"]["offset"] == TEXT.index("Kodak")
    [lens] = [one for one in prompt["mentions"] if one["concept"] == "camera.focal-length"]
    assert lens["value"] == 35
    assert prompt["sections"]["film"][0]["text"].strip() == "Kodak Portra 400"


def test_standard_input(run: Run) -> None:
    out = run("brief", "-", "--stdin-filename", "page.md", stdin=f"```prompt\n{TEXT}\n```\n".encode()).out
    assert out.startswith("page.md, fence at line 1: portrait, natural (nothing in it belongs to another dialect)\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone.prompt", "promptlint: gone.prompt: no such file\n"),
        ("folder", "promptlint: folder: is a directory\n"),
        ("junk.prompt", "promptlint: junk.prompt: looks like a binary file (NUL at byte 0)\n"),
        ("a.exe", "promptlint: a.exe: can't find prompts in .exe files"),
    ],
)
def test_bad_input(run: Run, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "folder").mkdir()
    write(tmp_path, "junk.prompt", "\0")
    write(tmp_path, "a.exe", "")
    result = run("brief", name)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(said)


def test_a_broken_configuration(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "promptlint.toml", "selct = 1")
    write(tmp_path, "a.prompt", TEXT)
    result = run("brief", "a.prompt")
    assert result.code == 2
    assert result.err == 'promptlint: promptlint.toml: unknown key "selct"; did you mean "select"?\n'

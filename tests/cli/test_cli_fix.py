"""`--fix` and `--diff`: what is written, what is not, and what is said of it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from tests.cli.conftest import Run, write

if TYPE_CHECKING:
    from pathlib import Path


def test_only_safe_fixes_are_written(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "a barn, magic glow, dream blur")
    result = run("check", "--fix")
    assert path.read_text() == "a barn, a bare bulb, dream blur"
    assert result.code == 1
    assert result.out.endswith(
        "1 fix made in 1 file. 1 finding (1 error) remains in 1 prompt, 1 file checked; --fix --unsafe-fixes mends 1\n"
    )


def test_unsafe_fixes_are_written_where_they_are_allowed(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "a barn, magic glow, dream blur")
    result = run("check", "--fix", "--unsafe-fixes")
    assert path.read_text() == "a barn, a bare bulb, sharp focus"
    assert (result.code, result.out) == (0, "2 fixes made in 1 file. All clear: 1 prompt in 1 file.\n")


def test_a_second_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "a.prompt", "Beautiful woman taking selfie, realistic")
    run("check", "--fix", "--unsafe-fixes")
    once = path.read_bytes()
    second = run("check", "--fix", "--unsafe-fixes")
    assert path.read_bytes() == once != b"Beautiful woman taking selfie, realistic"
    assert "made in" not in second.out


def test_a_file_without_anything_to_fix_is_not_touched(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "a barn, wax sheen")
    before = path.stat()
    run("check", "--fix", "--unsafe-fixes")
    after = path.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_line_ends_and_byte_order_mark_stay(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "\ufeffa barn\r\nat noon,\r\nmagic glow,\rdim\n")
    run("check", "--fix")
    assert path.read_bytes() == "\ufeffa barn\r\nat noon,\r\na bare bulb,\rdim\n".encode()


def test_the_mode_of_a_file_stays(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "a barn, magic glow")
    path.chmod(0o640)
    run("check", "--fix")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_fix_that_does_not_hold_is_reported(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "a barn, fairy haze, glow of wonder")
    result = run("check", "--fix")
    assert path.read_text() == "a barn, fairy haze, a bare bulb"
    assert (
        result.out
        == """\
a.prompt:1:9: warning house-haze (HSE004): the house has no "fairy haze"
  1 | a barn, fairy haze, a bare bulb
    |         ^^^^^^^^^^

a.prompt: not fixed, house-haze "a magic glow": it would bring house-glow
1 fix made in 1 file, 1 not made. 1 finding (1 warning) remains in 1 prompt, 1 file checked
"""
    )
    assert result.code == 1
    again = run("check", "--fix", "--output-format", "json").json
    assert again["files"][0]["fixes_declined"] == [
        {"rule": "house-haze", "title": "a magic glow", "reason": "it would bring house-glow"}
    ]
    assert (again["summary"]["fixes_made"], again["summary"]["fixes_declined"]) == (0, 1)


def test_diff_shows_and_writes_nothing(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "a barn,\nmagic glow, dream blur")
    before = path.read_bytes()
    result = run("check", "--diff")
    assert (
        result.out
        == """\
--- a.prompt
+++ a.prompt
@@ -1,2 +1,2 @@
 a barn,
-magic glow, dream blur
\\ No newline at end of file
+a bare bulb, dream blur
\\ No newline at end of file
"""
    )
    assert result.err == "1 fix would change 1 file, 1 file checked\n"
    assert result.code == 1
    assert path.read_bytes() == before


def test_diff_wins_over_fix(run: Run, house: Path) -> None:
    path = write(house, "a.prompt", "a barn, dream blur")
    result = run("check", "--fix", "--diff", "--unsafe-fixes")
    assert "+a barn, sharp focus\n" in result.out
    assert path.read_text() == "a barn, dream blur"
    assert run("check", "--diff", "--unsafe-fixes", "--exit-zero").code == 0


def test_without_a_fix_a_diff_is_empty(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, wax sheen, dream blur")
    result = run("check", "--diff")
    assert (result.code, result.out, result.err) == (0, "", "Nothing to fix: 1 file checked\n")


def test_a_diff_says_what_does_not_hold(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, fairy haze")
    result = run("check", "--diff")
    assert result.err.startswith('a.prompt: not fixed, house-haze "a magic glow": it would bring house-glow\n')


def test_a_diff_can_be_applied(run: Run, house: Path) -> None:
    path = write(house, "sub/a.prompt", "\ufeffa barn\r\nin Łódź, magic glow\r\nby night")
    diff = run("check", "--diff").raw
    done = subprocess.run(["git", "apply", "-p0", "-"], input=diff, cwd=house, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == "\ufeffa barn\r\nin Łódź, a bare bulb\r\nby night".encode()


def test_standard_input_is_checked_under_its_name(run: Run, house: Path) -> None:
    result = run("check", "-", stdin=b"a barn, magic glow")
    assert result.out.startswith("stdin.prompt:1:9: warning house-glow")
    named = run("check", "--stdin-filename", "x/page.md", "-", stdin=b"```prompt\na barn, magic glow\n```\n")
    assert named.out.startswith("x/page.md:2:9: warning house-glow")
    assert (result.code, named.code) == (1, 1)


def test_standard_input_is_fixed_to_standard_output(run: Run, house: Path) -> None:
    given = "\ufeffa barn,\r\nmagic glow, dream blur\r\n".encode()
    result = run("check", "--fix", "-", stdin=given)
    assert result.raw == "\ufeffa barn,\r\na bare bulb, dream blur\r\n".encode()
    assert "stdin.prompt:2:14: error house-blur" in result.err
    assert result.code == 1


def test_a_json_report_on_fixed_standard_input_is_all_that_is_said(run: Run, house: Path) -> None:
    for given in (b"a barn, magic glow", b"\xff"):
        result = run("check", "--fix", "--output-format", "json", "-", stdin=given)
        assert json.loads(result.err)["version"] == 1


def test_clean_standard_input_goes_through_as_it_is(run: Run, house: Path) -> None:
    result = run("check", "--fix", "-", stdin=b"a barn\r\n")
    assert (result.code, result.raw) == (0, b"a barn\r\n")
    assert result.err == "All clear: 1 prompt in 1 file.\n"


def test_standard_input_that_cannot_be_checked_goes_through_as_it_is(run: Run, house: Path) -> None:
    for given in (b"a barn\xff", b"\0\0", b"\xff\xfea\0"):
        result = run("check", "--fix", "-", stdin=given)
        assert (result.code, result.raw) == (2, given)
        assert "promptlint: stdin.prompt: " in result.err
    (house / "promptlint.toml").write_text("no-such-key = 1\nmax-file-size = 10\n")
    result = run("check", "--fix", "-", stdin=b"a barn at noon")
    assert (result.code, result.raw) == (2, b"a barn at noon")


def test_standard_input_over_the_limit_goes_through_whole(run: Run, house: Path) -> None:
    config = house / "promptlint.toml"
    config.write_text(config.read_text() + "max-file-size = 100\n")
    result = run("check", "--fix", "-", stdin=b"a barn, " * 100)
    assert (result.code, result.raw) == (2, b"a barn, " * 100)


def test_excluded_standard_input_goes_through_as_it_is(run: Run, house: Path) -> None:
    config = house / "promptlint.toml"
    config.write_text(config.read_text() + 'exclude = ["drafts/"]\n')
    args = ("check", "--fix", "--force-exclude", "--stdin-filename", "drafts/a.prompt", "-")
    result = run(*args, stdin=b"a barn, magic glow")
    assert (result.code, result.raw) == (0, b"a barn, magic glow")
    assert "0 files checked" in result.err


def test_a_diff_of_standard_input(run: Run, house: Path) -> None:
    result = run("check", "--diff", "-", stdin=b"a barn, magic glow\n")
    assert result.out == "--- stdin.prompt\n+++ stdin.prompt\n@@ -1 +1 @@\n-a barn, magic glow\n+a barn, a bare bulb\n"
    assert result.code == 1


def test_other_prompts_of_a_file_stay(run: Run, house: Path) -> None:
    text = "# Shots\r\n\r\nA magic glow is not a prompt.\r\n\r\n```prompt\r\na barn, magic glow\r\n```\r\n\r\n"
    text += "```text\r\nls -l magic glow\r\n```\r\n"
    path = write(house, "page.md", text)
    run("check", "--fix")
    assert path.read_bytes().decode() == text.replace("a barn, magic glow", "a barn, a bare bulb")

"""What can't be checked is one clear line and exit code 2, and the rest is checked all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import RULES, Result, Run, write

if TYPE_CHECKING:
    from pathlib import Path


def beside(run: Run, house: Path, *args: str) -> Result:
    """Run a check beside a good file, which must be checked whatever becomes of the others."""
    write(house, "zz.prompt", "a barn, magic glow")
    result = run("check", *args)
    assert "zz.prompt:1:9: warning house-glow (HSE001)" in result.out
    assert "Traceback" not in result.err
    assert result.code == 2
    return result


def only_line(result: Result) -> str:
    """Return the one line on standard error."""
    [line] = result.err.splitlines()
    assert line.startswith("promptlint: ")
    return line.removeprefix("promptlint: ")


def test_a_missing_path(run: Run, house: Path) -> None:
    line = only_line(beside(run, house, "gone.prompt", "zz.prompt"))
    assert line == "gone.prompt: no such file or directory"


def test_an_empty_path(run: Run, house: Path) -> None:
    assert only_line(beside(run, house, "", "zz.prompt")) == "'': no such file or directory"


def test_a_dangling_link(run: Run, house: Path) -> None:
    (house / "a.prompt").symlink_to("nowhere")
    assert only_line(beside(run, house, "a.prompt", "zz.prompt")).startswith("a.prompt: ")


def test_a_named_pipe(run: Run, house: Path) -> None:
    os.mkfifo(house / "a.prompt")
    assert only_line(beside(run, house, "a.prompt", "zz.prompt")) == "a.prompt: is not a regular file"


def test_a_folder_with_the_name_of_a_file(run: Run, house: Path) -> None:
    write(house, "a.prompt/zz.prompt", "a barn, magic glow")
    result = run("check", "a.prompt")
    assert result.out.startswith("a.prompt/zz.prompt:1:9: warning house-glow")
    assert result.code == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn").chmod(0)
    assert only_line(beside(run, house, ".")) == "a.prompt: can't be read: Permission denied"


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="no file that nobody can read")
def test_a_file_that_fails_while_it_is_read(run: Run, house: Path) -> None:
    (house / "a.prompt").symlink_to("/proc/self/mem")
    assert only_line(beside(run, house)) == "a.prompt: can't be read: Input/output error"


def test_binary_junk(run: Run, house: Path) -> None:
    (house / "a.prompt").write_bytes(bytes(range(256)) * 10)
    assert only_line(beside(run, house)).startswith("a.prompt: looks like a binary file")


def test_bytes_that_are_no_utf8(run: Run, house: Path) -> None:
    (house / "a.prompt").write_bytes("caf\xe9 portrait".encode("latin-1"))
    assert only_line(beside(run, house)) == "a.prompt: is not UTF-8 at byte 3; save it as UTF-8"


def test_a_file_over_the_limit(run: Run, house: Path) -> None:
    with open(house / "a.prompt", "wb") as file:
        file.truncate(50_000_000)
    line = only_line(beside(run, house))
    assert line == "a.prompt: is larger than the limit (50000000 bytes, limit 10000000)"


def test_the_limit_can_be_set(run: Run, house: Path) -> None:
    config = house / "promptlint.toml"
    config.write_text(config.read_text() + "max-file-size = 30\n")
    write(house, "a.prompt", "a barn, " * 4)
    assert only_line(beside(run, house)).startswith("a.prompt: is larger than the limit")


def test_a_file_of_a_kind_without_prompts(run: Run, house: Path) -> None:
    write(house, "a.exe", "a barn")
    assert only_line(beside(run, house, "a.exe", "zz.prompt")).startswith("a.exe: can't find prompts in .exe files")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selct = []", 'unknown key "selct"; did you mean "select"?'),
        ('preset = "fife"', 'preset: "fife" is none of five, recommended, brief, all; did you mean "five"?'),
        ('[house]\nfilms = "x"', 'unknown key "house.films"; did you mean "film"?'),
        ("ignore = 3", "ignore: expected `array`, got `int`"),
        ("select = [", "not valid TOML: "),
        ('select = ["house-glwo"]', 'select: no rule "house-glwo"'),
        ('ignore = ["vague-ligting"]', 'ignore: no rule "vague-ligting"; did you mean "vague-lighting"?'),
        ('per-file-ignores = { "*" = ["no-rule-at-all"] }', 'per-file-ignores: no rule "no-rule-at-all"'),
        (
            'model = "flux-1.1-pro-ulta"',
            'model: unknown model "flux-1.1-pro-ulta"; did you mean "flux-1.1-pro-ultra"?',
        ),
        ('rules = ["nowhere"]', 'rules: no file or folder "nowhere"'),
        ('knowledge = ["nowhere"]', 'knowledge: no file or folder "nowhere"'),
        ('exclude = ["!"]', "Invalid git pattern"),
    ],
)
def test_a_broken_configuration(run: Run, house: Path, text: str, said: str) -> None:
    write(house, "sub/promptlint.toml", text)
    for name in ("a.prompt", "b.prompt", "c.prompt"):
        write(house, f"sub/{name}", "a barn")
    line = only_line(beside(run, house))
    assert line.startswith("sub/promptlint.toml: ")
    assert said in line
    assert line.endswith(" (not checked: sub/a.prompt and 2 more)")


def test_a_configuration_that_is_no_text(run: Run, house: Path) -> None:
    (house / "sub").mkdir()
    (house / "sub" / "promptlint.toml").write_bytes(b"\xff\xff")
    write(house, "sub/a.prompt", "a barn")
    assert only_line(beside(run, house)).startswith("sub/promptlint.toml: can't be read: ")


def test_a_broken_configuration_of_all(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "promptlint.toml", "selct = []")
    write(tmp_path, "a.prompt", "a barn")
    result = run("check")
    assert (result.code, result.out) == (2, "0 files checked; 1 could not be checked\n")
    assert only_line(result).endswith(' unknown key "selct"; did you mean "select"? (not checked: .)')


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("severity: warning", "severity: loud"), ":5: "),
        (("why:", "whyy:"), 'unknown key "whyy"; did you mean "why"?'),
        (("kind: wording", "kind: wordng"), 'check.kind: unknown kind "wordng"; did you mean "wording"?'),
        (("section: lighting", "section: lightning"), 'no section "lightning"; did you mean "lighting"?'),
        (("name: house-glow", "name: [house-glow"), ": not valid YAML: "),
    ],
)
def test_a_broken_rule_file(run: Run, house: Path, change: tuple[str, str], said: str) -> None:
    write(house, "sub/promptlint.toml", 'rules = ["mine.yaml"]')
    write(house, "sub/mine.yaml", RULES["glow"].replace(*change))
    write(house, "sub/a.prompt", "a barn")
    line = only_line(beside(run, house))
    assert line.startswith("sub/mine.yaml")
    assert said in line


def test_a_broken_knowledge_file(run: Run, house: Path) -> None:
    write(house, "sub/promptlint.toml", 'knowledge = ["mine.yaml"]')
    write(house, "sub/mine.yaml", "- {family: house.x, section: lightning, terms: [x]}")
    write(house, "sub/a.prompt", "a barn")
    line = only_line(beside(run, house))
    assert line.startswith("sub/mine.yaml:1: section: ")
    assert 'did you mean "lighting"?' in line


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--select", "house-glwo"], '--select: no rule "house-glwo"; did you mean "house-glow"?'),
        (["--ignore", "HSE001,HSE09"], '--ignore: no rule "HSE09"; did you mean "HSE00'),
        (
            ["--model", "imagen-4-ulta"],
            '--model: unknown model "imagen-4-ulta"; did you mean "imagen-4-ultra"?',
        ),
        (["--preset", "al"], '--preset: "al" is none of five, recommended, brief, all'),
        (["--config", "gone.toml"], "gone.toml: can't be read: No such file or directory"),
        (["--config", "pyproject.toml"], "pyproject.toml: no table [tool.promptlint]"),
    ],
)
def test_an_option_that_names_nothing(run: Run, house: Path, args: list[str], said: str) -> None:
    write(house, "pyproject.toml", "")
    write(house, "a.prompt", "a barn")
    result = run("check", *args)
    assert result.code == 2
    assert only_line(result).startswith(said)


@pytest.mark.parametrize(
    "args",
    [["--fail-on", "fatal"], ["--output-format", "xml"], ["--fixx"], ["-", "a.prompt"]],
    ids=" ".join,
)
def test_wrong_usage(run: Run, house: Path, args: list[str]) -> None:
    result = run("check", *args)
    assert result.code == 2
    assert "Usage: promptlint check" in result.err


def test_a_diff_has_no_other_format(run: Run, house: Path) -> None:
    assert run("check", "--diff", "--output-format", "json").code == 2


def test_an_unknown_command(run: Run) -> None:
    result = run("chek")
    assert result.code == 2
    assert 'no command "chek"; did you mean "check"?' in result.err


def test_exit_zero_speaks_of_findings_only(run: Run, house: Path) -> None:
    write(house, "a.prompt", "a barn, dream blur")
    assert run("check", "--exit-zero").code == 0
    assert run("check", "--exit-zero", ".", "gone.prompt").code == 2


def test_a_file_that_cannot_be_written(run: Run, house: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everything")
    write(house, "a.prompt", "a barn, magic glow").chmod(0o444)
    assert only_line(beside(run, house, "--fix", "a.prompt")).startswith("a.prompt: can't be written")


FAULTY = """
import sys
import promptlint.cli.run as run
real = run.lint_path
def lint_path(path, *more):
    if path.startswith("a"):
        raise ZeroDivisionError("division\\x1b[31m by zero")
    return real(path, *more)
run.lint_path = lint_path
from promptlint.cli import main
main(["check"], prog_name="promptlint")
"""


def broken_inside(house: Path, environment: dict[str, str], **env: str) -> Result:
    write(house, "a.prompt", "a barn")
    write(house, "zz.prompt", "a barn, magic glow")
    done = subprocess.run(
        [sys.executable, "-c", FAULTY],
        cwd=house,
        env={**environment, **env},
        capture_output=True,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def test_an_internal_error_is_one_line_of_its_file(house: Path, environment: dict[str, str]) -> None:
    result = broken_inside(house, environment)
    assert only_line(result) == "a.prompt: internal error (ZeroDivisionError); PROMPTLINT_DEBUG=1 shows where"
    assert "zz.prompt:1:9: warning house-glow" in result.out
    assert result.code == 2


def test_debugging_shows_where_an_internal_error_is(house: Path, environment: dict[str, str]) -> None:
    result = broken_inside(house, environment, PROMPTLINT_DEBUG="1")
    assert "Traceback" in result.err
    assert result.code == 2


def test_a_closed_pipe_is_silent(house: Path, environment: dict[str, str]) -> None:
    write(house, "prompts/many.txt", "a barn on a hill, magic glow, at noon\n" * 3000)
    command = f'"{sys.executable}" -m promptlint check | head -n 1'
    done = subprocess.run(command, shell=True, cwd=house, env=environment, capture_output=True, check=False)
    assert done.stdout.startswith(b"prompts/many.txt:1:19: warning")
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of its own")
def test_an_interrupt_is_silent(house: Path, environment: dict[str, str]) -> None:
    command = "import promptlint.cli.run as run\ndef stop(*_):\n    raise KeyboardInterrupt\nrun.lint_path = stop\n"
    command += "from promptlint.cli import main\nmain(['check'], prog_name='promptlint')"
    write(house, "a.prompt", "a barn")
    done = subprocess.run([sys.executable, "-c", command], cwd=house, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")

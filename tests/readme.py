"""What the README shows of the program, made by running it: `python -m tests.readme` writes it into the README."""

from __future__ import annotations

import code
import contextlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from promptlint import models, rules
from promptlint.reporters.model_page import NEGATIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def refreshed(text: str) -> str:
    """Return a README with what its commands print, and its tables of rules and models, as they are today."""
    text = _between(played(text), "rules", _rules())
    return _between(text, "models", _models())


def played(text: str) -> str:
    """Return a page with what its commands print, in a folder of examples, and a finding in place of its JSON."""
    with tempfile.TemporaryDirectory() as folder:
        example = Path(folder, "selfie.prompt")
        shutil.copy(ROOT / "examples" / "weak" / "selfie.prompt", example)
        for path in (ROOT / "examples" / "change").iterdir():
            shutil.copy(path, folder)
        finding = _finding(example)

        def fresh(block: re.Match[str]) -> str:
            language, content = block.groups()
            if language == "console":
                content = "".join(_session(content, example.parent))
            elif language == "json":
                content = finding
            elif language == "pycon":
                content = "".join(_dialogue(content))
            return f"```{language}\n{content}```"

        return _BLOCK.sub(fresh, text)


def blocks(text: str, language: str) -> list[str]:
    """Return what the fenced blocks of a language hold."""
    return [content for own, content in _BLOCK.findall(text) if own == language]


def _session(block: str, folder: Path) -> Iterator[str]:
    """Yield the commands of a console block, each with what it prints."""
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            yield line
            yield _printed(shlex.split(line[2:]), folder)


def _printed(command: list[str], folder: Path) -> str:
    if command[0] == "promptlint":
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        command = [sys.executable, "-m", *command]
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.stdout
    (program, name) = command
    assert program == "cat"
    return (folder / name).read_text("utf-8")


def _dialogue(content: str) -> Iterator[str]:
    """Yield the lines of a Python dialogue, each with what it prints."""
    console = code.InteractiveConsole()
    for line in content.splitlines(keepends=True):
        if line.startswith(">>> "):
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                console.push(line[4:])
            yield line
            yield printed.getvalue()


def _finding(example: Path) -> str:
    """Return one finding of the JSON output, set in the width of a page."""
    report = json.loads(_printed(["promptlint", "check", "--output-format", "json", example.name], example.parent))
    (file,) = report["files"]
    finding = next(one for one in file["diagnostics"] if one["rule"] == "vague-quality")
    text = json.dumps(finding, indent=2)
    # The innermost objects, positions, take one line each.
    return re.sub(r"\{[^{}\"]*\"line\"[^{}]*\}", lambda inner: " ".join(inner.group().split()), text) + "\n"


def _rules() -> str:
    rows = [
        f"| `{rule.name}` | {rule.code} | {rule.file.severity} | {rule.file.presets[0]} | {rule.file.summary} |\n"
        for rule in rules.builtin()
    ]
    return "".join(["| rule | code | severity | from preset | it says |\n| --- | --- | --- | --- | --- |\n", *rows])


def _models() -> str:
    rows = [
        f"| `{model.name}` | {model.title} | {NEGATIVE[model.negative]}"
        f"{f'; retired on {model.retired_on}' if model.retired_on else ''} |\n"
        for model in models.catalogue().values()
    ]
    return "".join(["| name | model | takes a negative prompt |\n| --- | --- | --- |\n", *rows])


def _between(text: str, name: str, content: str) -> str:
    head, start, rest = text.partition(f"<!-- {name} -->\n")
    _, end, tail = rest.partition(f"<!-- end of {name} -->")
    return f"{head}{start}\n{content}\n{end}{tail}"


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text("utf-8")), "utf-8")

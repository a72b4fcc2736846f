"""A run that is killed leaves every file whole, and the next one clears away what it left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from promptlint.hosts.files import write_atomic
from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing can be killed here")

FILES = 2000
OLD = "a barn, magic glow, dream blur\n"
NEW = "a barn, a bare bulb, sharp focus\n"


def test_a_kill_at_any_moment_leaves_files_whole(run: Run, house: Path, environment: dict[str, str]) -> None:
    names = [f"{number:04}.prompt" for number in range(FILES)]
    for name in names:
        (house / name).write_text(OLD)
    run("check", "0000.prompt")  # Compiles what is kept, so that the kills fall into the writing.
    command = [sys.executable, "-m", "promptlint", "check", "--fix", "--unsafe-fixes", "-q"]
    dice = random.Random(5)
    between = 0
    for _ in range(6):
        process = subprocess.Popen(
            command, cwd=house, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        before = written(house, names)
        deadline = time.monotonic() + 20
        while process.poll() is None and written(house, names[-1:]) == 0 and time.monotonic() < deadline:
            if written(house, names[before : before + 1]):
                break
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 0.15))
        process.kill()
        process.wait()
        between += 0 < written(house, names) < FILES
    assert between > 1
    assert run("check", "--fix", "--unsafe-fixes").code == 0
    assert written(house, names) == FILES
    assert {path.name for path in house.iterdir()} - {*names, "rules", "promptlint.toml"} == set()


def written(folder: Path, names: list[str]) -> int:
    """Return how many files are new; the others must be old."""
    texts = [(folder / name).read_text() for name in names]
    assert set(texts) <= {OLD, NEW}
    return texts.count(NEW)


def test_what_a_killed_run_left_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    code = (
        "import os, signal\n"
        "from promptlint.hosts import files\n"
        "files.os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "files.write_atomic('a.prompt', 'new')\n"
    )
    (tmp_path / "a.prompt").write_text("old")
    (tmp_path / ".a.prompt.mine").write_text("mine")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, check=False)
    left = [path.name for path in tmp_path.iterdir() if path.name.endswith(".promptlint-unfinished")]
    assert len(left) == 1
    assert (tmp_path / "a.prompt").read_text() == "old"
    write_atomic(str(tmp_path / "a.prompt"), "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.prompt.mine", "a.prompt"]


def test_what_another_run_is_writing_stays(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    busy = tmp_path / ".a.prompt.x.promptlint-unfinished"
    with busy.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        write_atomic(str(tmp_path / "b.prompt"), "new")
        assert busy.exists()

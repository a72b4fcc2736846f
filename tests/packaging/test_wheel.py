"""The wheel and the source distribution: built, looked into, installed in an environment of its own, and used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

import promptlint

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "promptlint" / "brief" / "classifier_model"
RULES = sorted(path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*.yaml"))


class Built(NamedTuple):
    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the source distribution, and the wheel from what is in it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT), cwd=folder)
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    return Built(wheel, sdist)


@pytest.fixture(scope="session")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a fresh environment's programs, the wheel installed."""
    return environment(tmp_path_factory.mktemp("environment") / "venv", str(built.wheel))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that has rules of its own, of another kind."""
    (tmp_path / "rules" / "lighting").mkdir(parents=True)
    (tmp_path / "rules" / "lighting" / "decoy.yaml").write_text("name: decoy\n")
    (tmp_path / "weak.prompt").write_text("portrait of a dyer between drying cloths, natural light\n")
    return tmp_path


def environment(folder: Path, *packages: str) -> Path:
    """Make an environment, install packages into it, and return the folder of its programs."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    run(str(programs / "python"), "-m", "pip", "install", "--quiet", *packages, cwd=folder)
    return programs


def run(*command: str, cwd: Path, code: int = 0) -> str:
    """Return what a program prints, run as from a shell that knows nothing of this checkout."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={
            **{key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")},
            "PROMPTLINT_CACHE_DIR": str(cwd / "cache"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stdout
    return done.stdout


def test_the_wheel_holds_what_the_program_needs(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        names = set(wheel.namelist())
    package = ROOT / "promptlint"
    suffixes = {".py", ".typed", ".lark", ".yaml", ".json", ".gz"}
    wanted = {
        f"promptlint/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.suffix in suffixes and not any(part.startswith(".") for part in path.parts[len(ROOT.parts) :])
    }
    wanted |= {f"promptlint/_compiled/{name}.msgpack" for name in ("lexicon", "lines", "models", "parameters", "rules")}
    wanted |= {f"promptlint/_rules/{name}" for name in RULES}
    wanted.add("promptlint/py.typed")
    wanted |= {
        f"promptlint/brief/classifier_model/{path.relative_to(MODEL).as_posix()}"
        for path in MODEL.rglob("*")
        if path.is_file()
    }
    assert {name for name in names if ".dist-info/" not in name} == wanted
    assert {"promptlint/knowledge/film.yaml", "promptlint/schemas/report.schema.json"} <= wanted
    assert [name for name in wanted if name.endswith(".lark")]
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in names if "/licenses/" in name}


def test_the_wheel_is_small(built: Built) -> None:
    assert built.wheel.stat().st_size < 6_000_000


def test_the_source_distribution_holds_what_the_tests_need(built: Built) -> None:
    with tarfile.open(built.sdist) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    for folder in ("promptlint", "rules", "tests", "examples", "docs", "benchmarks", "training"):
        for path in (ROOT / folder).rglob("*"):
            name = path.relative_to(ROOT)
            if path.is_file() and path.suffix != ".pyc" and not any(part.startswith(".") for part in name.parts):
                assert name.as_posix() in names
    assert {"conftest.py", "hatch_build.py", "pyproject.toml", ".pre-commit-hooks.yaml", "NOTICE", "README.md"} <= names


def test_nothing_but_the_package_is_installed(installed: Path) -> None:
    (folder,) = installed.parent.glob("[Ll]ib/**/site-packages")
    ours = {path.name for path in folder.iterdir() if "promptlint" in path.name}
    assert ours == {"promptlint", f"promptlint_image-{promptlint.__version__}.dist-info"}
    assert not {"rules", "tests", "examples", "conftest.py", "hatch_build.py"} & {one.name for one in folder.iterdir()}


def test_rules_are_those_of_the_package(installed: Path, project: Path) -> None:
    found = json.loads(run(str(installed / "promptlint"), "rule", "--all", "--format", "json", cwd=project))
    names = sorted(f"{rule['section']}/{rule['name']}.yaml" for rule in found)
    assert names == RULES
    assert len(run(str(installed / "promptlint"), "rule", cwd=project).splitlines()) == len(RULES)


@pytest.mark.parametrize("command", ["promptlint", "promptlint-image"])
def test_both_commands_work(installed: Path, project: Path, command: str) -> None:
    program = str(installed / command)
    assert run(program, "--version", cwd=project) == f"promptlint {promptlint.__version__}\n"
    assert "vague-lighting (LIT001)" in run(program, "check", "weak.prompt", cwd=project, code=1)


def test_data_comes_compiled(installed: Path, project: Path) -> None:
    (project / "grouped.prompt").write_text("portrait of a dyer (between drying cloths:1.2)\n")
    run(str(installed / "promptlint"), "check", ".", cwd=project, code=1)
    kept = {path.name.partition("-")[0] for path in (project / "cache").iterdir()}
    assert kept == {"grammar"}


def test_own_terms_and_rules_are_added_to_those_of_the_package(installed: Path, project: Path) -> None:
    (project / "words.yaml").write_text("- {family: light.vague, section: lighting, terms: [sheen of the vats]}\n")
    (project / "promptlint.toml").write_text('knowledge = ["words.yaml"]\n')
    (project / "own.prompt").write_text("portrait of a dyer between drying cloths, sheen of the vats\n")
    said = run(str(installed / "promptlint"), "check", "own.prompt", cwd=project, code=1)
    assert '"sheen of the vats" names no source' in said


def test_an_editable_install_finds_the_rules_of_the_checkout(tmp_path: Path) -> None:
    programs = environment(tmp_path / "venv", "--editable", str(ROOT))
    say = "from promptlint import rules; print(rules.builtin_folder(), len(rules.builtin()))"
    assert run(str(programs / "python"), "-c", say, cwd=tmp_path) == f"{ROOT / 'rules'} {len(RULES)}\n"

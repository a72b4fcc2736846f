"""Plug-ins: an installed distribution adds a kind of check, and a broken one is one clear line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "plugin"
GROUP = "promptlint.checks"
RULE = (EXAMPLE / "rules" / "too-many-lights.yaml").read_text("utf-8")
LIT = "portrait of a glazier, window light, candlelight, firelight, neon light"


class Site(NamedTuple):
    """A folder that Python finds packages in, and one to run promptlint in."""

    packages: Path
    work: Path

    def install(self, name: str, points: str, code: str | None = None) -> None:
        """Leave behind what pip does: the metadata of a distribution, and a module."""
        info = self.packages / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n{points}\n")
        if code is not None:
            (self.packages / f"{name.replace('-', '_')}.py").write_text(code)

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(self.packages), str(ROOT)])
        return subprocess.run(
            [sys.executable, *args],
            cwd=self.work,
            env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    def promptlint(self, *args: str) -> subprocess.CompletedProcess[str]:
        done = self.run("-m", "promptlint", *args)
        assert "Traceback" not in done.stderr
        return done


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A project with the rule of the example and a prompt that it finds something in."""
    site = Site(tmp_path / "site", tmp_path / "work")
    site.packages.mkdir()
    (site.work / "rules").mkdir(parents=True)
    (site.work / "rules" / "crowd.yaml").write_text(RULE)
    (site.work / "promptlint.toml").write_text('rules = ["rules"]\nselect = ["too-many-lights"]\n')
    (site.work / "lit.prompt").write_text(LIT)
    return site


@pytest.fixture
def with_example(site: Site) -> Site:
    """The project with the example installed."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    shutil.copytree(EXAMPLE / "promptlint_crowd", site.packages / "promptlint_crowd")
    points = project["entry-points"][GROUP]
    site.install(project["name"], "\n".join(f"{name} = {value}" for name, value in points.items()))
    return site


def test_the_example_finds_and_mends(with_example: Site) -> None:
    done = with_example.promptlint("check", "lit.prompt")
    assert 'too-many-lights (CRD001): "neon light" is one of 4 sources of light' in done.stdout
    assert done.returncode == 1
    assert with_example.promptlint("check", "--fix", "--unsafe-fixes", "lit.prompt").returncode == 0
    assert (with_example.work / "lit.prompt").read_text() == LIT.removesuffix(", neon light")


def test_the_examples_of_its_rule_hold(with_example: Site) -> None:
    done = with_example.promptlint("test")
    assert (done.returncode, done.stdout) == (0, "All 6 examples of 1 rule hold\n")


def test_the_keys_of_its_rule_are_checked(with_example: Site) -> None:
    path = with_example.work / "rules" / "crowd.yaml"
    for old, new, said in (
        ("most: 3", "mots: 3", ':15: check.mots: unknown key "mots"; did you mean "most"?'),
        ("most: 3", "most: three", ":15: check.most: expected a whole number, got text"),
        ("[light.source]", "[light.sorce]", ':14: check.of: no concept "light.sorce"; did you mean "light.source"?'),
        ("kind: crowd", "kind: crwd", ':13: check.kind: unknown kind "crwd"; did you mean "crowd"?'),
    ):
        path.write_text(RULE.replace(old, new))
        done = with_example.promptlint("check")
        assert done.returncode == 2
        assert said in done.stderr


def test_without_it_the_kind_is_unknown(site: Site) -> None:
    done = site.promptlint("check")
    assert done.returncode == 2
    assert 'crowd.yaml:13: check.kind: unknown kind "crowd"; is its plug-in installed?' in done.stderr


CHECK = "from promptlint.checks import Check, Finding\nfrom promptlint.source import Span\n"
HEAD = CHECK + "class Crowd(Check, frozen=True):\n    of: list[str]\n    most: int\n    def find(self, case):\n"
SITE = 'the plug-in "crowd" of broken-crowd '


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (None, SITE + "can't be loaded: ModuleNotFoundError: No module named 'broken_crowd'"),
        ("1 / 0", SITE + "can't be loaded: ZeroDivisionError: division by zero"),
        ("raise ValueError('two\\nlines')", SITE + "can't be loaded: ValueError: two lines"),
        ("class Other: ...", SITE + "can't be loaded: AttributeError: module 'broken_crowd' has no attribute 'Crowd'"),
        ("class Crowd: ...", SITE + "is no check: broken_crowd:Crowd is no subclass of promptlint.checks.Check"),
        (HEAD + "        yield 1 / 0\n", SITE + "failed: ZeroDivisionError: division by zero"),
        (HEAD + "        return [None]\n", SITE + "failed: AttributeError: 'NoneType' object has no attribute"),
        (HEAD + "        yield Finding(Span(3, 9000))\n", SITE + "failed: it found a span outside the text"),
        (HEAD + "        return []\n    needs = [1]\n", SITE + "failed: AttributeError: 'int' object has no attribute"),
        (HEAD + "        return []\n    silencers = 1\n", SITE + "failed: TypeError: 'int' object is not iterable"),
        (
            HEAD.replace("most: int", "most: slice | range") + "        return []\n",
            "the plug-in has a key that no file can",
        ),
    ],
    ids=[
        "gone",
        "error",
        "lines",
        "no-class",
        "no-check",
        "fails",
        "no-finding",
        "outside",
        "needs",
        "silencers",
        "field",
    ],
)
def test_a_broken_plugin_is_one_line(site: Site, code: str | None, said: str) -> None:
    site.install("broken-crowd", "crowd = broken_crowd:Crowd", code)
    done = site.promptlint("check", "lit.prompt")
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith("promptlint: ")
    assert said in line


DECLARED = """
    @property
    def needs(self):
        return [Need(self.of)]

    @property
    def silencers(self):
        return ["light.source.neon"]
"""


def test_what_a_plugin_declares_spares_it_prompts(with_example: Site) -> None:
    path = with_example.packages / "promptlint_crowd" / "__init__.py"
    told = (
        path.read_text("utf-8")
        .replace("import Case", "import Need, Case")
        .replace("    most: int\n", f"    most: int\n{DECLARED}")
    )
    path.write_text(told, "utf-8")
    done = with_example.promptlint("check", "lit.prompt")
    assert (done.returncode, "too-many-lights" in done.stdout) == (0, False)
    (with_example.work / "lit.prompt").write_text(LIT.replace("neon light", "lantern light"))
    assert '"lantern light" is one of 4 sources of light' in with_example.promptlint("check", "lit.prompt").stdout


def test_two_of_one_name_are_one_too_many(with_example: Site) -> None:
    with_example.install("other-crowd", "crowd = promptlint_crowd:Crowd")
    done = with_example.promptlint("check")
    assert done.returncode == 2
    assert 'several plug-ins are called "crowd" (other-crowd, promptlint-crowd); uninstall all but one' in done.stderr


def test_a_built_in_kind_can_not_be_replaced(site: Site) -> None:
    site.install("sly", "wording = sly:Crowd", "raise SystemExit(5)")
    (site.work / "rules" / "crowd.yaml").write_text(RULE.replace("kind: crowd", "kind: wording").replace("most: 3", ""))
    assert site.promptlint("check").returncode == 1


def test_nobody_looks_for_plugins_unless_a_rule_asks(with_example: Site) -> None:
    """The scan of what is installed costs every start; only a kind that is not built in is worth it."""
    script = (
        "import sys, promptlint; promptlint.lint_text('portrait of a glazier', config=sys.argv[1] or None);"
        "print('promptlint.checks.plugins' in sys.modules, 'promptlint_crowd' in sys.modules,"
        "'importlib.metadata' in sys.modules)"
    )
    assert with_example.run("-c", script, "").stdout == "False False False\n"
    assert with_example.run("-c", script, "promptlint.toml").stdout == "True True True\n"
    (with_example.work / "rules" / "crowd.yaml").write_text(
        RULE.replace("kind: crowd", "kind: wording").replace("most: 3", "group: 3")
    )
    assert with_example.run("-c", script, "promptlint.toml").stdout == "False False False\n"

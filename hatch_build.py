"""Puts the rules into the wheel, and what is compiled of knowledge, rules and models: no first run has to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_COMPILE = """
from promptlint import compiled, models, parameters, rules
from promptlint.brief import lexicon
from promptlint.hosts import line_words

lexicon.load(), rules.builtin(), models.catalogue(), parameters.catalogue(), line_words.line_words()
print(*compiled.NAMES)
"""


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `promptlint/_rules` and `promptlint/_compiled` to a wheel.

    An editable install finds its rules in the checkout and compiles on its first run.
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self._folder = Path(tempfile.mkdtemp())
        names = subprocess.run(
            [sys.executable, "-c", _COMPILE],
            cwd=self.root,
            env={**os.environ, "PROMPTLINT_CACHE_DIR": str(self._folder)},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.split()
        included = build_data["force_include"]
        included["rules"] = "promptlint/_rules"
        for name in names:
            (kept,) = self._folder.glob(f"{name}-*.msgpack")
            included[str(kept)] = f"promptlint/_compiled/{name}.msgpack"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            shutil.rmtree(self._folder, ignore_errors=True)

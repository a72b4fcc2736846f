"""Compiles the knowledge, the rules and the models into the wheel, so that no first run has to."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `promptlint/_compiled` to a wheel; an editable install compiles on its first run instead."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        self._folder = Path(tempfile.mkdtemp())
        os.environ["PROMPTLINT_CACHE_DIR"] = str(self._folder)
        sys.path.insert(0, self.root)
        from promptlint import compiled, models, rules
        from promptlint.brief import lexicon

        lexicon.load()
        rules.builtin()
        models.catalogue()
        for name in compiled.NAMES:
            (kept,) = self._folder.glob(f"{name}-*.msgpack")
            build_data["force_include"][str(kept)] = f"promptlint/_compiled/{name}.msgpack"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "_folder"):
            shutil.rmtree(self._folder, ignore_errors=True)

"""Builds the site: `python -m tools.docs [FOLDER]`. Without a folder it lies in `build/docs/site`.

Every warning fails the build: a link to a page or a heading that is not there, an address outside the site that a page
would load something from.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.readme import played
from tools.docs import schemas
from tools.docs.site import ROOT, is_own_page, nav, pages

_LOADED = re.compile(r"<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=[\"']?((?:https?:)?//[^\"'\s>]+)", re.IGNORECASE)
_EMPTY_NAV = "nav = []\n"


def write(folder: Path) -> list[str]:
    """Write the sources of the site into a folder, and return the paths of its pages."""
    content = folder / "pages"
    every = pages()
    for path, text in every.items():
        target = content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # What commands print is asked for only here, since each is a process.
        target.write_text(played(text) if is_own_page(path) else text, "utf-8")
    for schema in schemas.FOLDER.glob("*.json"):
        shutil.copy(schema, content / "schemas")
    shutil.copy(ROOT / "docs" / "style.css", content)
    settings = (ROOT / "docs" / "zensical.toml").read_text("utf-8")
    assert _EMPTY_NAV in settings
    (folder / "zensical.toml").write_text(settings.replace(_EMPTY_NAV, f"nav = {_toml(nav())}\n"), "utf-8")
    return list(every)


def _toml(value: Any) -> str:
    """Return strings, lists and tables of them as TOML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)


def loaded_from_elsewhere(site: Path) -> list[str]:
    """Return what pages would load from another site, one line each."""
    return sorted(
        {
            f"{page.relative_to(site)}: loads {address}"
            for page in site.rglob("*.html")
            for address in _LOADED.findall(page.read_text("utf-8"))
        }
    )


def main(folder: Path) -> int:
    """Build the site anew. Return the exit code."""
    shutil.rmtree(folder, ignore_errors=True)
    paths = write(folder)
    done = subprocess.run([sys.executable, "-m", "zensical", "build", "--strict", "--clean"], cwd=folder, check=False)
    if done.returncode:
        return done.returncode
    missing = [path for path in paths if not (folder / "site" / path).with_suffix(".html").is_file()]
    problems = [f"{path}: was not built" for path in missing] + loaded_from_elsewhere(folder / "site")
    print("\n".join(problems) or f"{len(paths)} pages in {folder / 'site'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "docs").absolute()))

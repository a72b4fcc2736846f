"""Pages as a parser and as a browser read them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.cli.conftest import environment, run

__all__ = ["environment", "run"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=2000",
)
_VOID = {"meta", "col", "br"}

Browse = Callable[..., Any]
"""Opens a page and returns what a script, run in it, returns."""


class Element:
    """An element of a page, with its children and the text in it."""

    def __init__(self, tag: str, attributes: dict[str, str | None], parent: Element | None = None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Element | str] = []

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    def is_a(self, tag: str, name: str | None = None) -> bool:
        return self.tag == tag and (name is None or name in (self.attributes.get("class") or "").split())

    def all(self, tag: str, name: str | None = None) -> list[Element]:
        """Return the elements below of a tag and class, in the order of the page."""
        out: list[Element] = []
        for one in self.children:
            if isinstance(one, Element):
                out += [one] if one.is_a(tag, name) else []
                out += one.all(tag, name)
        return out


class Page(HTMLParser):
    """Parses a page strictly: what is opened is closed, and nothing is loaded or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = self._at = Element("", {})
        self.feed(text)
        self.close()
        assert self._at is self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "img", "link", "iframe", "object", "base"), tag
        assert not any(name.startswith("on") or name in ("src", "href", "style") for name, _ in attrs), attrs
        one = Element(tag, dict(attrs), self._at)
        self._at.children.append(one)
        if tag not in _VOID:
            self._at = one

    def handle_endtag(self, tag: str) -> None:
        assert self._at.tag == tag, f"</{tag}> closes <{self._at.tag}>"
        assert self._at.parent is not None
        self._at = self._at.parent

    def handle_data(self, data: str) -> None:
        self._at.children.append(data)


@pytest.fixture(scope="session")
def browse(tmp_path_factory: pytest.TempPathFactory) -> Browse:
    """Chromium without a screen. The script is put at the end of a copy of the page, whose policy would forbid it."""
    program = os.environ.get("PROMPTLINT_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip("no Chromium here: none on the PATH, and PROMPTLINT_CHROMIUM names none")
    profile = tmp_path_factory.mktemp("profile")

    def browse(html: str, script: str, *flags: str, width: int = 1000) -> Any:
        head, policy, rest = html.partition('<meta http-equiv="Content-Security-Policy"')
        assert policy
        probe = (
            '<pre id="probe"></pre><script>document.getElementById("probe").textContent ='
            f" encodeURIComponent(JSON.stringify((() => {{ {script} }})()))</script>"
        )
        path = profile / "page.html"
        path.write_text(head + "<meta" + rest[rest.index(">") :] + probe, "utf-8")
        return json.loads(_probed(_dumped(program, profile, path, *flags, f"--window-size={width},900")))

    return browse


def _dumped(program: str, profile: Path, path: Path, *flags: str) -> str:
    """Return a page as the browser has it after loading."""
    command = [program, *_FLAGS, f"--user-data-dir={profile / 'user'}", *flags, "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _probed(dom: str) -> str:
    return unquote(dom.partition('<pre id="probe">')[2].partition("</pre>")[0])

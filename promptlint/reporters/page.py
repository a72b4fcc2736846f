"""The frame that all pages share: one file of HTML without scripts or anything to load, and text made safe for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from promptlint.reporters.terminal import printable

_STYLE = """
:root { color-scheme: light dark; --line: #8884; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 2.5rem 0 .2rem; overflow-wrap: anywhere; }
p { margin: .2rem 0 .8rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border-top: 1px solid var(--line); padding: .45rem .7rem; text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; white-space: pre-wrap; }
th[scope=row], col.section { width: 8rem; }
@media print { body { margin: 0; max-width: none; } tr, h2 { break-inside: avoid; } h2 { break-after: avoid; } }
"""

_LINE_END = re.compile(r"\r\n|\r|\n")


def page(title: str, style: str, body: Iterable[str]) -> str:
    """Return a page of the elements of its body. The title is plain text, the style is added to that of all pages."""
    name = escape(title)
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            '<meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width">',
            f"<title>{name}</title>",
            f"<style>{_STYLE}{style}</style>",
            f"<h1>{name}</h1>",
            *body,
            "</html>",
            "",
        ]
    )


def shown(text: str) -> str:
    """Return text of a file for a page, line for line: what HTML reads escaped, what can't be seen as U+FFFD."""
    return "\n".join(escape(printable(line)) for line in _LINE_END.split(text))

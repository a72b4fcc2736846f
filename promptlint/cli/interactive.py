"""`promptlint check --fix --interactive`: each finding's ways out, put to choice on the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from promptlint.cli import streams
from promptlint.diagnostics import Applicability
from promptlint.reporters.terminal import cut, painter, path_text, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from promptlint.diagnostics import Edit
    from promptlint.files import PromptReport
    from promptlint.fixes import Question

_COLUMNS = 76
_AROUND = 32
"""Characters of the prompt that are shown on either side of a change."""
_SHOWN = 9

HELP = """\
y - write the first
1 to 9 - write this one
n - leave this finding as it is
a - write the first for this finding and for all that follow in this file
d - leave this finding and all that follow in this file
q - stop here; what was chosen so far is written
? - show this
"""


class Chooser:
    """Asks on the terminal which fix to write. `has_quit` is true once nothing more is to be asked."""

    def __init__(self) -> None:
        self.has_quit = False
        self._rest: int | None = None
        self._leaves_rest = False
        self._path = ""
        self._paint = painter(streams.is_colored(sys.stdout))

    def begin(self, path: str) -> None:
        """Begin with a file: what was said of the rest of another no longer holds."""
        self._path, self._rest, self._leaves_rest = path, None, False

    def ask(self, prompt: PromptReport, question: Question) -> int | None:
        """Show a finding and its fixes, and return the number of the one to write, or None."""
        if self.has_quit or self._leaves_rest:
            return None
        if self._rest is not None:
            return self._rest
        sys.stdout.write(self._shown(prompt, question))
        ways = len(question.ways[:_SHOWN])
        keys = "y,n," + ("" if ways == 1 else f"1-{ways},") + "a,d,q,?"
        while True:
            sys.stdout.write(self._paint(f"Write {'it' if ways == 1 else 'the first'} [{keys}]? ", bold=True))
            sys.stdout.flush()
            line = sys.stdin.readline()
            answer = line.strip().lower() if line else "q"
            if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= ways:
                return int(answer) - 1
            if answer in ("y", "a"):
                self._rest = 0 if answer == "a" else None
                return 0
            if answer in ("n", "d", "q"):
                self._leaves_rest, self.has_quit = answer == "d", answer == "q"
                return None
            sys.stdout.write(HELP)

    def _shown(self, prompt: PromptReport, question: Question) -> str:
        """Return the finding, its fixes with a number each, and the change that each makes."""
        one = question.diagnostic
        where = path_text(self._path) + (f" ({prompt.prompt.locator})" if prompt.prompt.locator else "")
        lines = [f"\n{self._paint(where, bold=True)} {one.rule} ({one.code}): {printable(one.message)}"]
        for number, way in enumerate(question.ways[:_SHOWN], 1):
            kind = "" if way.fix.applicability is Applicability.SAFE else " (chooses for you)"
            lines.append(f"{number}. {cut(way.fix.title, _COLUMNS)}{kind}")
            for edit in way.fix.edits:
                text = question.text if edit.part == "positive" else question.negative or ""
                lines += self._changed(edit, text)
        return "\n".join(lines) + "\n"

    def _changed(self, edit: Edit, text: str) -> Iterator[str]:
        """Yield an edit as a line that goes and a line that comes, with what stands around it."""
        start, end = edit.span
        before = ("…" if start > _AROUND else "") + text[max(0, start - _AROUND) : start]
        after = text[end : end + _AROUND] + ("…" if len(text) > end + _AROUND else "")
        name = "negative prompt: " if edit.part == "negative" else ""
        for mark, words, color in (("-", text[start:end], "red"), ("+", edit.text, "green")):
            shown = printable(f"{name}{before}{words}{after}")
            if shown.strip():
                yield self._paint(f"   {mark} {shown}", fg=color)


def why_not() -> str | None:
    """Return why nothing can be asked, or nothing where it can."""
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stdout.isatty():
        return "--interactive needs a terminal to ask on; --fix alone writes the safe fixes"
    return None

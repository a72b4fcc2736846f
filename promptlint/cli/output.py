"""Where a run's outcomes go: which reporter writes them, and on which stream."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from promptlint.cli import streams
from promptlint.reporters.outcome import Checked, Outcome, Tally
from promptlint.reporters.summary import diff_summary, not_checked_lines, summary
from promptlint.reporters.text import TextReporter

if TYPE_CHECKING:
    from promptlint.cli.run import Options
    from promptlint.reporters import Reporter


class Output:
    """Writes outcomes as they come, and the sums at the end.

    Where standard input is being fixed, standard output is for the fixed text and all that is said goes to
    standard error; where a diff is asked for, standard output is for the diff alone. A JSON report has its
    stream for itself.
    """

    def __init__(self, options: Options, output_format: str, *, statistics: bool, quiet: bool) -> None:
        streams.prepare()
        self.tally = Tally()
        self._filters = options.from_stdin and options.fix and not options.diff
        self._quiet = quiet
        self._asks = options.interactive
        self._diff = options.diff
        self._unsafe = options.unsafe_fixes
        self._stream = sys.stderr if self._filters else sys.stdout
        self._text = TextReporter(
            color=streams.is_colored(sys.stderr if self._diff else self._stream),
            unsafe=options.unsafe_fixes,
            with_statistics=statistics,
        )
        self._reporter = self._reporter_for(output_format)
        self._stream.write(self._reporter.begin())

    def _reporter_for(self, output_format: str) -> Reporter:
        if self._diff:
            from promptlint.reporters.diff import DiffReporter

            return DiffReporter(for_terminal=sys.stdout.isatty())
        if output_format == "json":
            from promptlint.reporters.json import JsonReporter

            return JsonReporter()
        return self._text

    def add(self, outcome: Outcome) -> None:
        """Write what a file's outcome says."""
        self.tally.add(outcome)
        if isinstance(outcome, Checked):
            # What was put to choice need not be said once more.
            text = self._text.declined(outcome) if self._asks else self._reporter.file(outcome)
            if self._diff:
                streams.write_bytes(text.encode("utf-8", "surrogateescape"))
                sys.stderr.write(self._text.declined(outcome))
            else:
                self._stream.write(text)
        if self._filters:
            self._hand_on(outcome)

    def end(self) -> None:
        """Write the end of the report, the problems and the summary."""
        if self._filters and not (self.tally.files or self.tally.not_checked):
            streams.hand_on(b"")
        self._stream.write(self._reporter.end(self.tally))
        self._stream.flush()
        if self._stream is sys.stdout or self._reporter is self._text:
            sys.stderr.write(not_checked_lines(self.tally))
        if self._quiet:
            return
        if self._diff:
            sys.stderr.write(diff_summary(self.tally))
        elif self._reporter is self._text:
            self._stream.write(summary(self.tally, unsafe=self._unsafe))

    def _hand_on(self, outcome: Outcome) -> None:
        """Write standard input's text as it is now; what could not be checked goes on as it came."""
        if isinstance(outcome, Checked):
            source = outcome.report.source
            mark = b"\xef\xbb\xbf" if source.byte_shift else b""
            streams.write_bytes(mark + source.text.encode("utf-8"))
        else:
            streams.hand_on(outcome.content)

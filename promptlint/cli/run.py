"""One run of `promptlint check`: from paths to what became of each file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from promptlint.cli.configs import Configs
from promptlint.cli.inputs import folder_of, inputs
from promptlint.cli.past import Past
from promptlint.cli.problems import guarded
from promptlint.cli.streams import read_input
from promptlint.diagnostics import Applicability, Severity
from promptlint.errors import HostError
from promptlint.files import FileReport, fix_source, lint_path, lint_source
from promptlint.hosts.files import decode, read, write_atomic
from promptlint.reporters.outcome import Checked, NotChecked, Outcome
from promptlint.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from promptlint.cli.interactive import Chooser
    from promptlint.config import Config
    from promptlint.history.baseline import Earlier


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the command line asks for."""

    paths: tuple[str, ...] = (".",)
    fix: bool = False
    unsafe_fixes: bool = False
    interactive: bool = False
    diff: bool = False
    force_exclude: bool = False
    stdin_filename: str = "stdin.prompt"
    config: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preset: str | None = None
    model: str | None = None
    intent: str | None = None
    fail_on: str | None = None
    base: str | None = None

    @property
    def from_stdin(self) -> bool:
        """Whether it is standard input that is checked."""
        return self.paths == ("-",)

    @property
    def writes(self) -> bool:
        """Whether fixes are written."""
        return self.fix and not self.diff

    @property
    def allowed(self) -> tuple[Applicability, ...]:
        """The fixes that may be written."""
        safe = (Applicability.SAFE,)
        return (*safe, Applicability.UNSAFE) if self.unsafe_fixes or self.interactive else safe


def run(options: Options) -> Iterator[Outcome]:
    """Check what the options name, and yield what became of each file, sorted by path."""
    configs = Configs(options)
    past = Past(options.base)
    if options.from_stdin:
        yield from _check_input(options, configs, past)
        return
    chooser = _chooser(options)
    for one in inputs(options.paths, configs, force_exclude=options.force_exclude):
        if chooser is not None and chooser.has_quit:
            return
        if isinstance(one, NotChecked):
            yield one
            continue
        outcomes: list[Outcome] = []
        with guarded(one.path, outcomes.append):
            earlier = past.earlier(one.path, one.config)
            report = lint_path(one.path, one.config, earlier)
            outcomes.append(_checked(report, one.config, options, earlier, outcomes.append, chooser))
        yield from outcomes


def _check_input(options: Options, configs: Configs, past: Past) -> Iterator[Outcome]:
    """Check standard input under the name that it was given."""
    name = options.stdin_filename
    outcomes: list[Outcome] = []
    data = b""
    with guarded(name, outcomes.append):
        config = configs.of(folder_of(name))
        if options.force_exclude and config.matches(name, config.table.exclude):
            return
        limit = config.table.max_file_size
        data = read_input(limit)
        if len(data) > limit:
            raise HostError(f"is larger than the limit (limit {limit} bytes)")
        earlier = past.earlier(name, config, is_saved=False)
        report = lint_source(name, SourceText(*decode(data)), config, earlier)
        outcomes.append(_checked(report, config, options, earlier, outcomes.append))
    for one in outcomes:
        yield replace(one, content=data) if isinstance(one, NotChecked) else one


def _checked(
    report: FileReport,
    config: Config,
    options: Options,
    earlier: Earlier | None,
    problem: Callable[[NotChecked], object],
    chooser: Chooser | None = None,
) -> Checked:
    """Return the outcome of a linted file, its fixes made where they are asked for.

    Raises HostError where the file could not be read as what it is.
    """
    if report.error is not None:
        raise HostError(report.error)
    fails_on = Severity(config.table.fail_on).rank
    mended = None
    if (options.fix or options.diff) and _has_fixes(report, options.allowed):
        if chooser is not None:
            chooser.begin(report.path)
        mended = fix_source(report, config, unsafe=options.unsafe_fixes, ask=chooser.ask if chooser else None)
        if options.writes and mended.text != report.source.text:
            source = SourceText(mended.text, report.source.byte_shift)
            try:
                if not options.from_stdin:
                    _require_unchanged(report, config)
                    write_atomic(report.path, source.text, source.byte_shift)
                report = lint_source(report.path, source, config, earlier)
            except HostError as error:
                problem(NotChecked(report.path, str(error)))
                mended = None
    return Checked(report, mended, failing=_fails(report, fails_on))


def _chooser(options: Options) -> Chooser | None:
    if not options.interactive:
        return None
    from promptlint.cli.interactive import Chooser

    return Chooser()


def _require_unchanged(report: FileReport, config: Config) -> None:
    """Raise HostError where somebody has changed a file since it was read."""
    if read(report.path, config.table.max_file_size) != (report.source.text, report.source.byte_shift):
        raise HostError("was changed while it was being fixed; nothing was written")


def _has_fixes(report: FileReport, allowed: tuple[Applicability, ...]) -> bool:
    return any(
        fix.applicability in allowed
        for prompt in report.prompts
        for diagnostic in prompt.report.diagnostics
        for fix in diagnostic.fixes
    )


def _fails(report: FileReport, rank: int) -> bool:
    return any(
        diagnostic.severity.rank >= rank for prompt in report.prompts for diagnostic in prompt.report.diagnostics
    )

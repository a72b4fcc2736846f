"""Fixes every prompt of a file and holds what fixes promise: `python benchmarks/fixes.py FILE`.

FILE has one JSON object a line, the prompt under "text" and perhaps its negative under "negative"; .gz is unpacked.
It ends in exit code 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from promptlint.config import Config
from promptlint.diagnostics import Applicability, Diagnostic
from promptlint.files import fix_source, lint_source
from promptlint.fixes import Fixed, apply_edits
from promptlint.linter import Linter, linter_for
from promptlint.source import SourceText

sys.path.insert(0, str(Path(__file__).parent))
from throughput import read

Counts = dict[str, Counter[str]]


def broken(linter: Linter, text: str, negative: str | None, fixed: Fixed, *, unsafe: bool) -> Iterator[str]:
    """Yield the promises that a fixed prompt breaks."""
    if apply_edits(text, fixed.edits) != fixed.text:
        yield "the edits don't lead to the text"
    if (fixed.negative or "") != apply_edits(negative or "", fixed.negative_edits):
        yield "the edits don't lead to the negative prompt"
    before = Counter(one.rule for one in linter.lint(text, negative).diagnostics)
    left = linter.lint(fixed.text, fixed.negative).diagnostics
    after = Counter(one.rule for one in left)
    yield from (f"brings {rule}" for rule in after if after[rule] > before[rule])
    tried = {(one.rule, one.title) for one in fixed.declined}
    for one in left:
        yield from (
            f"leaves a fix untried of {one.rule}"
            for fix in one.fixes
            if fix.applicability in allowed(unsafe=unsafe) and (one.rule, fix.title) not in tried
        )
    again = linter.fix(fixed.text, fixed.negative, unsafe=unsafe)
    if (again.text, again.negative) != (fixed.text, fixed.negative):
        yield f"changes in a second run: {', '.join(again.applied)}"


def broken_in_file(text: str, config: Config, *, unsafe: bool) -> Iterator[str]:
    """Yield the promises that the prompt's file breaks, with the prompt as all that the file holds."""
    path = str(config.root / "a.prompt")
    once = fix_source(lint_source(path, SourceText(text), config), config, unsafe=unsafe)
    twice = fix_source(lint_source(path, SourceText(once.text), config), config, unsafe=unsafe)
    if twice.text != once.text:
        yield "changes in a second run of its file"


def allowed(*, unsafe: bool) -> Sequence[Applicability]:
    """Return what may be written."""
    return (Applicability.SAFE, Applicability.UNSAFE) if unsafe else (Applicability.SAFE,)


def count(counts: Counts, reasons: Counter[str], found: Sequence[Diagnostic], fixed: Fixed, *, unsafe: bool) -> None:
    """Count by rule the findings with a fix on offer, those that were mended, those whose fixes were declined."""
    may = allowed(unsafe=unsafe)
    for one in found:
        counts[one.rule]["offered"] += any(fix.applicability in may for fix in one.fixes)
    for rule in fixed.applied:
        counts[rule]["applied"] += 1
    for rule in {one.rule for one in fixed.declined}:
        counts[rule]["declined"] += 1
    reasons.update({f"{one.rule}: {one.reason}" for one in fixed.declined})


def run(prompts: Sequence[tuple[str, str | None]], preset: str, *, unsafe: bool) -> int:
    """Fix the prompts, print the counts, and return how many promises were broken."""
    config = Config(root=Path("/")).with_options(preset=preset)
    linter = linter_for(config)
    counts: Counts = defaultdict(Counter)
    reasons: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    slowest, spent = 0.0, 0.0
    for number, (text, negative) in enumerate(prompts):
        begin = perf_counter()
        fixed = linter.fix(text, negative, unsafe=unsafe)
        took = perf_counter() - begin
        slowest, spent = max(slowest, took), spent + took
        count(counts, reasons, linter.lint(text, negative).diagnostics, fixed, unsafe=unsafe)
        for why in (
            *broken(linter, text, negative, fixed, unsafe=unsafe),
            *broken_in_file(text, config, unsafe=unsafe),
        ):
            failures[why] += 1
            if failures[why] <= 3:
                print(f"  prompt {number}: {why}")
    print(f"--fix{' --unsafe-fixes' if unsafe else ''}, preset {preset}: {len(prompts)} prompts, ", end="")
    print(f"{spent / max(1, len(prompts)) * 1e3:.1f} ms each, {slowest * 1e3:.0f} ms at most")
    print(f"{'rule':32} {'offered':>8} {'applied':>8} {'declined':>8}")
    for rule, row in sorted(counts.items()):
        if row.total():
            print(f"{rule:32} {row['offered']:8} {row['applied']:8} {row['declined']:8}")
    for why, times in reasons.most_common():
        print(f"  {times:5} {why}")
    for why, times in failures.most_common():
        print(f"  BROKEN {times:5} {why}")
    return failures.total()


def main() -> None:
    """Fix the prompts of a file, with the safe fixes and with all."""
    parser = argparse.ArgumentParser(description="Fixes every prompt of a file and holds what fixes promise.")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every Nth prompt only")
    parser.add_argument("--preset", default="recommended")
    asked = parser.parse_args()
    prompts = read(asked.file)[:: asked.every]
    sys.exit(int(sum(run(prompts, asked.preset, unsafe=unsafe) for unsafe in (False, True)) > 0))


if __name__ == "__main__":
    main()

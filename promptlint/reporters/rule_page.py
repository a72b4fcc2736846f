"""What a rule file says, for a reader."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

import msgspec

from promptlint.diagnostics import Applicability
from promptlint.reporters.terminal import Paint, pad, painter, path_text, printable, width
from promptlint.rules import PRESETS, Example, FixSpec, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_COLUMNS = 88
_INDENT = "  "
SAFETY = {
    Applicability.SAFE: "--fix writes the first that fits",
    Applicability.UNSAFE: "they choose for you; --fix --unsafe-fixes writes the first that fits",
    Applicability.DISPLAY: "they need your own words, and are only shown",
}
"""What becomes of a rule's fixes, by who may write them."""


def rule_json(rules: Iterable[Rule]) -> str:
    """Return rules as a JSON array, each with the keys of its file."""
    return json.dumps([msgspec.to_builtins(rule.file) for rule in rules], indent=2) + "\n"


def rule_list(rules: Sequence[Rule], *, color: bool = False) -> str:
    """Return one line for each rule: code, name, severity, summary."""
    paint = painter(color)
    codes = max(width(rule.code) for rule in rules)
    names = max(width(rule.name) for rule in rules)
    return "".join(
        f"{pad(rule.code, codes)}  {paint(pad(rule.name, names), bold=True)}  {rule.file.severity!s:7}"
        f"  {printable(rule.file.summary)}\n"
        for rule in rules
    )


def rule_pages(rules: Iterable[Rule], *, color: bool = False) -> str:
    """Return the pages of rules, one after the other."""
    paint = painter(color)
    return "\n".join("\n".join(_page(rule, paint)) + "\n" for rule in rules)


def _page(rule: Rule, paint: Paint) -> Iterator[str]:
    file = rule.file
    yield paint(f"{rule.name} ({rule.code})", bold=True)
    yield printable(file.summary)
    yield ""
    yield f"severity  {file.severity}{_but(rule)}"
    yield f"section   {file.section}"
    yield f"presets   {', '.join(one for one in PRESETS if rule.in_preset(one))}"
    yield f"prompts   {', '.join(file.intents)}"
    if not rule.is_builtin:
        yield f"file      {path_text(str(rule.path))}"
    yield from _part("Why", _wrapped(file.why), paint)
    bad = [_bad(one, paint) for one in file.examples if one.bad is not None]
    good = [_example(one.good, one) for one in file.examples if one.good is not None]
    yield from _part("Bad", _items(bad), paint)
    yield from _part("Good", _items(good), paint)
    yield from _part("Fixes", _fixes(rule) if file.fixes else ["none: only the author knows what to write"], paint)
    yield from _part("Configure", configure(rule), paint)
    yield from _part("Source", _wrapped(file.source), paint)


def _but(rule: Rule) -> str:
    """Return when the rule's findings are of another severity."""
    out = "; by the stance of the model's vendor a warning, or nothing" if rule.file.stance else ""
    return out + (f"; info in a prompt with {', '.join(rule.file.softened_by)}" if rule.file.softened_by else "")


def _part(title: str, content: Iterable[str], paint: Paint) -> Iterator[str]:
    lines = list(content)
    if lines:
        yield ""
        yield paint(title, bold=True)
        yield from (f"{_INDENT}{line}".rstrip() for line in lines)


def _items(blocks: Iterable[Iterable[str]]) -> Iterator[str]:
    for block in blocks:
        for number, line in enumerate(block):
            yield f"- {line}" if number == 0 else f"{_INDENT}{line}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(printable(text), _COLUMNS)


def _bad(example: Example, paint: Paint) -> Iterator[str]:
    """Yield a bad example with its finds underlined, and what the first fix makes of it."""
    yield from _example(example.bad or "", example, finds=example.finds, paint=paint)
    for title, text in (("fixed", example.fixed), ("fixed negative", example.fixed_negative)):
        if text is not None:
            first, *rest = text.splitlines() or [""]
            yield f"{title}: {printable(first)}"
            yield from (" " * (len(title) + 2) + printable(line) for line in rest)


def _example(text: str, example: Example, *, finds: Sequence[str] = (), paint: Paint | None = None) -> Iterator[str]:
    """Yield a prompt and what goes with it, with marks under the words that are found."""
    marks, left = _marks(text, finds)
    at = 0
    for line in text.splitlines(keepends=True):
        yield printable(line.rstrip("\r\n"))
        yield from _under(line, marks[at : at + len(line)], paint)
        at += len(line)
    for title, value in (
        ("before", example.before),
        ("negative", example.negative),
        ("negative before", example.negative_before),
        ("model", example.model),
        ("severity", example.severity and str(example.severity)),
        *example.parameters.items(),
    ):
        if value is not None:
            yield f"{printable(title)}: {printable(value) or '(empty)'}"
            if title == "negative":
                yield from (" " * len("negative: ") + line for line in _under(value, _marks(value, left)[0], paint))


def _under(line: str, marks: Sequence[bool], paint: Paint | None) -> Iterator[str]:
    """Yield the line below a line of text that marks what is found in it, if anything is."""
    pairs = zip(line, marks, strict=True)
    under = "".join(("^" if marked else " ") * width(printable(char)) for char, marked in pairs).rstrip()
    if under:
        yield paint(under, fg="red") if paint else under


def _marks(text: str, finds: Sequence[str]) -> tuple[list[bool], list[str]]:
    """Tell of each character whether a find covers it, and which finds are not in the text.

    Finds come in the order of the text.
    """
    marks, left = [False] * len(text), []
    at = 0
    for find in finds:
        start = text.find(find, at)
        start = text.find(find) if start < 0 else start
        if start < 0:
            left.append(find)
            continue
        at = start + len(find)
        marks[start:at] = [True] * len(find)
    return marks, left


def _fixes(rule: Rule) -> Iterator[str]:
    """Yield the rule's fixes by applicability, and which entries of the house style replace them."""
    for applicability, meaning in SAFETY.items():
        fixes = [fix for fix in rule.file.fixes if fix.applicability is applicability]
        if fixes:
            yield f"{applicability}: {meaning}"
            yield from (f"{_INDENT}{way(fix)}{condition(fix)}" for fix in fixes)
    for house in houses(rule):
        yield f"safe, with `{house}` in the house style: what that says instead"


def condition(fix: FixSpec) -> str:
    """Return with and without what a fix is offered, or nothing where it always is."""
    when = f" with {', '.join(fix.when)}" if fix.when else ""
    return when + (f" without {', '.join(fix.unless)}" if fix.unless else "")


def houses(rule: Rule) -> list[str]:
    """Return which entries of the house style take the place of a rule's fixes."""
    return sorted({fix.house for fix in rule.file.fixes if fix.house})


def way(fix: FixSpec) -> str:
    """Return what a fix does."""
    if fix.remove and fix.negative:
        return "move it to the negative prompt"
    if fix.remove:
        return "take the words out"
    if fix.edit:
        return fix.title
    if fix.attribute is not None:
        return f"replace by the `{fix.attribute}` of what is named"
    if fix.insert and fix.insert.startswith("{"):
        return f"add the `{fix.insert.strip('{}')}` of the rule for what is missing"
    ways = (
        ("replace by", fix.replace),
        ("add", fix.insert),
        ("add the negative prompt", fix.negative),
    )
    return next(f'{way} "{printable(text)}"' for way, text in ways if text is not None)


def configure(rule: Rule) -> Iterator[str]:
    """Yield where a rule is configured, the lines for it, and its options of the command line."""
    name = rule.name
    yield "in promptlint.toml, or under [tool.promptlint] in pyproject.toml"
    rows = [] if rule.in_preset("recommended") else [(f'select = ["{name}"]', "switch it on")]
    rows.append((f'ignore = ["{name}"]', "switch it off"))
    rows.append((f'per-file-ignores = {{ "drafts/**" = ["{name}"] }}', "switch it off in some files"))
    rows += [(f'house = {{ {house} = "your own choice" }}', "what its fixes write") for house in houses(rule)]
    if rule.check.compares:
        rows.append(('history = { base = "HEAD", allowed = 2 }', "what it compares with, and what it lets pass"))
    if rule.is_builtin:
        rows.append(('rules = ["own.yaml"]', f"a rule of yours with `name: {name}` takes its place"))
    column = max(len(setting) for setting, _ in rows)
    yield from (f"{_INDENT}{setting:{column}}  # {effect}" for setting, effect in rows)
    yield f"on the command line: --select {name}, --ignore {name}"

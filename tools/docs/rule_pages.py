"""A page for each rule, and the index of all."""

from __future__ import annotations

import re
from itertools import groupby

from promptlint import models, rules
from promptlint.brief import reader
from promptlint.brief.knowledge import RULE_SECTIONS
from promptlint.diagnostics import Applicability, Diagnostic, Edit, Fix
from promptlint.linter import Linter, Previous
from promptlint.reporters.rule_page import SAFETY, condition, configure, houses, way
from promptlint.reporters.terminal import printable
from promptlint.rules import PRESETS, Example, FixSpec, Rule
from tools.docs.markup import bullets, code, fenced, inline, link, marked, page, raw, source, table, text

_PRESETS = {
    "five": "the five mistakes that cost most",
    "recommended": "what holds for every photograph; the default",
    "brief": "what a full photographer's brief has beside it",
    "all": "everything",
}
_WRITTEN_BY = {
    Applicability.SAFE: "written by --fix",
    Applicability.UNSAFE: "written by --fix --unsafe-fixes",
    Applicability.DISPLAY: "shown only",
}
_MOST_TITLES = 5
_OPTION = re.compile(r"(--[a-z-]+(?: --[a-z-]+)*)")


def rule_pages() -> dict[str, str]:
    """Return the index and the page of every rule, by path."""
    every = rules.builtin()
    return {"rules/index.md": _index(every)} | {f"rules/{rule.name}.md": _page(rule) for rule in every}


def presets() -> str:
    """Return a table of the presets."""
    every = rules.builtin()
    rows = [(code(name), str(sum(rule.in_preset(name) for rule in every)), _PRESETS[name]) for name in PRESETS]
    return table(["preset", "rules", "what it holds"], rows)


def _index(every: tuple[Rule, ...]) -> str:
    by_section = sorted(every, key=lambda rule: (RULE_SECTIONS.index(rule.file.section), rule.code))
    parts = [
        f"promptlint has {len(every)} rules. Each says what a photographer would say of a prompt, and offers the edit. "
        "They are grouped by the section of the brief that they look after.",
        presets(),
        "Each preset holds those before it. [Configuration](../configuration.md) says how to choose a preset, and how "
        "to switch single rules on and off.",
    ]
    for section, members in groupby(by_section, key=lambda rule: rule.file.section):
        rows = [
            [
                link(rule.name, f"{rule.name}.md"),
                rule.code,
                str(rule.file.severity),
                rule.file.presets[0],
                inline(rule.file.summary),
                _best_fix(rule),
            ]
            for rule in members
        ]
        parts += [
            f"## {section.capitalize()}",
            table(["rule", "code", "severity", "from preset", "it says", "best fix"], rows),
        ]
    return page("Rules", *parts)


def _best_fix(rule: Rule) -> str:
    return next((str(one) for one in Applicability if any(fix.applicability is one for fix in rule.file.fixes)), "none")


def _page(rule: Rule) -> str:
    file = rule.file
    bad = [_bad(rule, one) for one in file.examples if one.bad is not None]
    good = [_box("good", [_prompt(one.good or ""), *_beside(one)]) for one in file.examples if one.good is not None]
    return page(
        rule.name,
        f"**{inline(file.summary)}.**",
        table(["code", "severity", "section", "presets", "speaks of"], [_facts(rule)]),
        _changes_of_severity(rule),
        "## Why",
        inline(file.why),
        "## Found",
        *bad,
        "## Not found",
        *good,
        "## Fixes",
        _fixes(rule) or "None: what has to be written, only the author knows.",
        "## Configuration",
        *_config(rule),
        f"On the command line: `--select {rule.name}`, `--ignore {rule.name}`.",
        "## Source",
        source(file.source),
        f"The rule itself is `rules/{file.section}/{rule.name}.yaml`; [Writing rules](../writing-rules.md) explains "
        "its keys.",
    )


def _facts(rule: Rule) -> tuple[str, ...]:
    held = ", ".join(one for one in PRESETS if rule.in_preset(one))
    return (rule.code, str(rule.file.severity), rule.file.section, held, ", ".join(rule.file.intents))


def _changes_of_severity(rule: Rule) -> str:
    file = rule.file
    lines = []
    if file.stance:
        lines.append(
            f"Where the vendor of the target model advises against {file.stance}, a finding is a warning; "
            "where the vendor asks for it, the rule is silent."
        )
    if file.softened_by:
        lines.append(f"Its findings are information where the prompt mentions {_concepts(file.softened_by)}.")
    return " ".join(lines)


def _concepts(names: list[str]) -> str:
    return ", ".join(map(code, names))


def _config(rule: Rule) -> list[str]:
    """Return where the rule's configuration stands, and its lines."""
    where, *lines, _ = configure(rule)
    toml = "\n".join(line.strip() for line in lines)
    return [f"{where[:1].upper()}{text(where[1:])}:", fenced(toml, "toml")]


def _fixes(rule: Rule) -> str:
    parts = []
    for applicability, meaning in SAFETY.items():
        items = [item for fix in rule.file.fixes if fix.applicability is applicability for item in _ways(rule, fix)]
        if items:
            told = inline(_OPTION.sub(r"`\1`", meaning))
            parts += [f"**{str(applicability).capitalize()}**: {told}.", bullets(dict.fromkeys(items))]
    parts += [
        f"Safe, with {code(house)} in the [house style](../configuration.md#house): what that says instead."
        for house in houses(rule)
    ]
    return "\n\n".join(parts)


def _ways(rule: Rule, fix: FixSpec) -> list[str]:
    """Return what a fix does; where that depends on what is found, what it does in the examples."""
    if "{" in way(fix):
        titles = dict.fromkeys(
            one.title
            for example in rule.file.examples
            if example.bad is not None
            for finding in _found(rule, example)
            for one in finding.fixes
            if one.applicability is fix.applicability
        )
        if titles:
            return [text(printable(title)) for title in list(titles)[:_MOST_TITLES]]
    return [f"{inline(way(fix))} {text(condition(fix))}".strip()]


def _found(rule: Rule, example: Example) -> tuple[Diagnostic, ...]:
    model = models.find(example.model) if example.model else None
    previous = Previous(example.before, example.negative_before) if example.before is not None else None
    linter = Linter([rule], reader(), model, parameters=example.parameters)
    return linter.lint(example.bad or "", example.negative, previous).diagnostics


def _bad(rule: Rule, example: Example) -> str:
    """Return a bad example with what is found in it marked, what the rule says of it, and what its first fix makes."""
    found = _found(rule, example)
    lines = [_prompt(example.bad or "", [one for one in found if one.part == "positive"])]
    lines += _beside(example, [one for one in found if one.part == "negative"])
    messages = dict.fromkeys(f"{one.severity}: {one.message}" for one in found)
    lines += [f'<p class="says">{raw(printable(message))}</p>' for message in messages]
    if found and found[0].fixes:
        lines += _fixed(example, found[0].fixes[0])
    return _box("bad", lines)


def _box(kind: str, lines: list[str]) -> str:
    return "\n".join([f'<div class="example {kind}">', *lines, "</div>"])


def _prompt(words: str, found: list[Diagnostic] | None = None) -> str:
    return f"<pre><code>{_shown(words, [(one.span.start, one.span.end) for one in found or ()], 'mark')}</code></pre>"


def _shown(words: str, spans: list[tuple[int, int]], tag: str) -> str:
    """Return a prompt with spans of it tagged, and its number in place of each character that can't be seen."""
    pieces = [char if char.isprintable() or char == "\n" else f"⟨U+{ord(char):04X}⟩" for char in words]
    marks = [any(start <= at < end for start, end in spans) for at, piece in enumerate(pieces) for _ in piece]
    return marked("".join(pieces), marks, tag)


def _beside(example: Example, found: list[Diagnostic] | None = None) -> list[str]:
    """Return what goes with a prompt: its negative, its model, its parameters, its previous version."""
    spans = [(one.span.start, one.span.end) for one in found or ()]
    negative = _shown(example.negative, spans, "mark") if example.negative else example.negative
    told = [
        ("negative prompt", negative),
        ("previous version", example.before and _shown(example.before, [], "mark")),
        ("its negative prompt", example.negative_before and raw(example.negative_before)),
        ("model", example.model and raw(example.model)),
        *((raw(name), raw(value)) for name, value in example.parameters.items()),
    ]
    return [f'<p class="beside">{title} <code>{value}</code></p>' for title, value in told if value is not None]


def _fixed(example: Example, fix: Fix) -> list[str]:
    lines = [f'<p class="fix">fix: {raw(printable(fix.title))} <span>({_WRITTEN_BY[fix.applicability]})</span></p>']
    own = [edit for edit in fix.edits if edit.part == "positive"]
    other = [edit for edit in fix.edits if edit.part == "negative"]
    if own:
        lines.append(f"<pre><code>{_edited(example.bad or '', own)}</code></pre>")
    if other:
        made = _edited(example.negative or "", other)
        lines.append(f'<p class="beside">negative prompt <code>{made or "(empty)"}</code></p>')
    return lines


def _edited(words: str, edits: list[Edit]) -> str:
    """Return a text after edits, what they write tagged."""
    out, spans, at = "", [], 0
    for edit in sorted(edits, key=lambda one: one.span):
        out += words[at : edit.span.start]
        spans.append((len(out), len(out) + len(edit.text)))
        out += edit.text
        at = edit.span.end
    return _shown(out + words[at:], spans, "ins")

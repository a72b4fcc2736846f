"""What the catalogue knows of models, for a reader: a line each, a page, or side by side."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

import msgspec

from promptlint.models import Host, catalogue, runtimes
from promptlint.reporters.terminal import Paint, pad, painter, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from promptlint.models import Limit, Model, Range, Sizes

_COLUMNS = 88
_NARROWEST = 24
_INDENT = "  "
NEGATIVE = {
    "field": "yes",
    "weak": "yes, but it does little",
    "conditional": "only with a setting that is off by default",
    "flag": "yes, as a flag",
    "inline": "no; exclusions go into the prompt",
    "none": "no",
    "unknown": "not settled",
}
"""Whether a model takes a negative prompt, in words."""
_BEYOND = {
    "cut": "the rest is cut off",
    "chunks": "the rest is read in chunks of the same size",
    "refused": "a longer prompt is refused",
    "ignored": "the rest is heeded less and less",
}
_SYNTAX = {
    "weight": "(words:1.2)",
    "emphasis": "((words))",
    "schedule": "[from:to:0.5]",
    "break": "BREAK",
    "network": "<lora:name:0.8>",
    "embedding": "embedding:name",
    "part-weight": "words::2",
    "word-weight": "word++",
    "function": '("a", "b").and()',
    "flag": "--ar 3:4",
}
"""What each thing that a runtime can read looks like."""


def model_json(models: Sequence[Model]) -> str:
    """Return models as a JSON array, each with the keys of its file that say something, and what is derived of them."""
    out = []
    for model in models:
        own = {"name": model.name, **msgspec.to_builtins(model)}
        derived = {"takes_negative": model.takes_negative, "syntax": _syntax_names(model)}
        out.append({**own, **derived})
    return json.dumps(out, indent=2, ensure_ascii=False) + "\n"


def model_list(models: Sequence[Model], *, color: bool = False) -> str:
    """Return one line for each model: name, title, whether it takes a negative prompt, whether it is retired."""
    paint = painter(color)
    names = max(width(model.name) for model in models)
    titles = max(width(model.title) for model in models)
    return "".join(
        f"{paint(pad(model.name, names), bold=True)}  {pad(model.title, titles)}"
        f"  negative prompt: {NEGATIVE[model.negative]}{_gone(model)}\n"
        for model in models
    )


def _gone(model: Model) -> str:
    return f"; retired on {model.retired_on}" if model.retired_on else ""


def model_page(model: Model, *, color: bool = False) -> str:
    """Return all that is known of one model."""
    paint = painter(color)
    lines = [paint(f"{model.title} ({model.full_name})", bold=True), *status(model), ""]
    facts = [(name, text) for name, tell in FACTS.items() if (text := tell(model))]
    left = max(width(name) for name, _ in facts) + 2
    for name, text in facts:
        lines += _hung(name, text, left, _COLUMNS)
    lines += [line for host in model.hosts if not model.host for line in _host(model, host, paint)]
    lines += _list("Notes", model.notes, paint)
    lines += _list("Not settled by any source", model.unverified, paint)
    lines += _list("Also known as", [", ".join(model.aliases)] if model.aliases else [], paint)
    lines += _list(f"Sources, read on {model.verified_on}", model.sources, paint)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def model_comparison(models: Sequence[Model], *, color: bool = False) -> str:
    """Return models side by side, a row for each thing that is known of one of them; * marks where they differ."""
    paint = painter(color)
    rows = [(name, [tell(model) or "-" for model in models]) for name, tell in FACTS.items()]
    rows.append(("notes", ["; ".join(model.notes) or "-" for model in models]))
    rows = [row for row in rows if any(text != "-" for text in row[1])]
    left = max(width(name) for name, _ in rows) + 4
    column = max(_NARROWEST, (_COLUMNS - left) // len(models) - 2)
    heads = _side_by_side([f"{model.title} ({model.full_name})" for model in models], column)
    lines = [" " * left + paint(line, bold=True) for line in heads]
    for name, texts in rows:
        mark = "  " if len(set(texts)) == 1 else "* "
        for number, line in enumerate(_side_by_side(texts, column)):
            lines.append(pad(f"{mark}{name}" if number == 0 else "", left) + line)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _side_by_side(texts: Sequence[str], column: int) -> Iterator[str]:
    wrapped = [textwrap.wrap(text, column) or [""] for text in texts]
    for number in range(max(map(len, wrapped))):
        yield "  ".join(pad(lines[number] if number < len(lines) else "", column) for lines in wrapped)


def status(model: Model) -> Iterator[str]:
    """Yield whether a model is gone or going, and what follows it."""
    successor = catalogue().get(model.successor)
    after = f"; its successor is {successor.title} ({successor.name})" if successor else ""
    if model.retired_on:
        yield f"Retired on {model.retired_on}{after}."
    elif model.retires_on:
        yield f"Will be switched off on {model.retires_on}{after}."
    elif successor:
        yield f"Newer: {successor.title} ({successor.name})."


def _hung(name: str, text: str, left: int, columns: int) -> Iterator[str]:
    for number, line in enumerate(textwrap.wrap(text, columns - left) or [""]):
        yield pad(name if number == 0 else "", left) + line


def _list(title: str, items: Sequence[str], paint: Paint) -> Iterator[str]:
    if items:
        yield ""
        yield paint(title, bold=True)
        for item in items:
            first, *rest = textwrap.wrap(item, _COLUMNS - 4, break_long_words=False, break_on_hyphens=False)
            yield f"{_INDENT}- {first}"
            yield from (f"{_INDENT}  {line}" for line in rest)


def _host(model: Model, host: Host, paint: Paint) -> Iterator[str]:
    yield from _list(f"At {host.name} ({model.name}@{host.name})", host_items(model, host), paint)


def host_items(model: Model, host: Host) -> list[str]:
    """Return what is otherwise at a host."""
    there = model.at(host.name)
    told = [(name, tell(there), tell(model)) for name, tell in FACTS.items()] if there else []
    items = [f"{name}: {text}" for name, text, usual in told if text and text != usual] + host.notes
    return [*items, f"called {', '.join(host.aliases)} there"] if host.aliases else items


def _task(model: Model) -> str:
    return "edits pictures" if model.task == "edit" else "makes pictures"


def _runs_on(model: Model) -> str:
    return "; ".join(runtimes()[name].title for name in model.runs_on)


def _negative(model: Model) -> str:
    note = f": {model.negative_note}" if model.negative_note else ""
    return NEGATIVE[model.negative] + note


def _limit(model: Model) -> str:
    return _limit_text(model.limit)


def _limit_text(limit: Limit) -> str:
    parts = []
    if limit.tokens:
        parts.append(f"{limit.tokens} tokens")
    if limit.characters:
        parts.append(f"{limit.characters} characters")
    if limit.beyond:
        parts.append(_BEYOND[limit.beyond])
    return "; ".join([*parts, limit.note] if limit.note else parts)


def _beyond(model: Model) -> str:
    """Say what each runtime does with what is too long, where the model itself does not settle it."""
    if model.limit.beyond or not model.limit.tokens:
        return ""
    told = [(runtimes()[name], runtimes()[name].beyond) for name in model.runs_on]
    return "; ".join(f"in {place.name} {_BEYOND[what]}" for place, what in told if what)


def _syntax_names(model: Model) -> list[str]:
    return [name for name in _SYNTAX if name in model.syntax]


def _reads(model: Model) -> str:
    """Say what is read as more than words, and in which of several runtimes."""
    if not model.runs_on:
        return ""
    if len(model.runs_on) == 1:
        return (
            ", ".join(_SYNTAX[name] for name in _syntax_names(model)) or "words only; brackets and flags are words too"
        )
    by_place = []
    for name in model.runs_on:
        own = [_SYNTAX[one] for one in _SYNTAX if one in runtimes()[name].syntax]
        by_place.append(f"{name} {', '.join(own) or 'words only'}")
    return "; ".join(by_place)


def _ratios(model: Model) -> str:
    if model.ratios:
        return ", ".join(model.ratios)
    high, _, wide = model.sizes.widest.partition(":")
    return f"from {wide}:{high} to {high}:{wide}" if wide else ""


def _sizes(model: Model) -> str:
    sizes: Sizes = model.sizes
    parts = [f"made for {sizes.native}"] if sizes.native else []
    if sizes.only:
        parts.append(f"only {', '.join(sizes.only)}")
    if sizes.common:
        parts.append(f"common are {', '.join(sizes.common)}")
    if sizes.megapixels:
        parts.append(f"{_range(sizes.megapixels)} megapixels")
    if sizes.edge:
        parts.append(f"sides of {_range(sizes.edge)} pixels")
    if sizes.multiple:
        parts.append(f"multiples of {sizes.multiple}")
    return "; ".join(parts)


def _range(limits: Range | None) -> str:
    if limits is None:
        return ""
    default = f"{limits.default:g} by default" if limits.default is not None else ""
    if limits.low is None and limits.high is None:
        return default
    if limits.high is None:
        span = f"{limits.low:g} or more"
    else:
        span = f"up to {limits.high:g}" if limits.low is None else f"{limits.low:g} to {limits.high:g}"
    return f"{span}, {default}" if default else span


def _stance(model: Model) -> str:
    words = {"boosters": "empty boosters (masterpiece, 8k)", "negation": "saying what must not be there"}
    parts = [
        f"{'wants' if stance == 'for' else 'advises against'} {words[one]}" for one, stance in model.stances.items()
    ]
    if model.recommends:
        parts.append("recommends " + ", ".join(f'"{one}"' for one in model.recommends))
    return "; ".join(parts)


FACTS: dict[str, Callable[[Model], str]] = {
    "what it does": _task,
    "runs on": _runs_on,
    "negative prompt": _negative,
    "reads up to": _limit,
    "past that": _beyond,
    "text encoder": lambda model: model.encoder,
    "written as": lambda model: model.style,
    "vendor": _stance,
    "syntax": _reads,
    "aspect ratios": _ratios,
    "sizes": _sizes,
    "steps": lambda model: _range(model.steps),
    "guidance": lambda model: _range(model.guidance),
}
"""What is told of a model, by its title, in the order of the page; nothing where nothing is known."""

"""A page for each model, and the table of all."""

from __future__ import annotations

from promptlint.models import Model, catalogue, runtimes
from promptlint.reporters.model_page import FACTS, NEGATIVE, host_items, status
from tools.docs.markup import bullets, code, fenced, inline, link, page, source, table, text

_RULES = (
    "unsupported-negative",
    "inline-negative",
    "dialect-mismatch",
    "unsupported-aspect-ratio",
    "setting-out-of-range",
    "prompt-too-long",
    "retired-model",
)
"""Rules that ask what the model takes."""


def model_pages() -> dict[str, str]:
    """Return the comparison and the page of every model, by path."""
    every = catalogue()
    return {"models/index.md": _index(every)} | {f"models/{name}.md": _page(model) for name, model in every.items()}


def _index(every: dict[str, Model]) -> str:
    rows = [
        [
            link(name, f"{name}.md"),
            text(model.title),
            "edits" if model.task == "edit" else "makes",
            text(NEGATIVE[model.negative]),
            text(FACTS["reads up to"](model).partition(";")[0]) or "not known",
            ", ".join(model.runs_on),
            _gone(model),
        ]
        for name, model in every.items()
    ]
    return page(
        "Models",
        f"promptlint knows {len(every)} image generators: what each documents of negative prompts, length, syntax, "
        "aspect ratios and sizes. Name yours with `model` in the configuration, `--model`, or `model:` in the front "
        "matter of a prompt, and the rules judge by what it takes.",
        fenced("promptlint check --model realistic-vision-5.1 prompts/\npromptlint model sdxl flux-dev", "sh"),
        "The second command compares two or more models in full. `NAME@HOST` is a model as it is at one host or in one "
        "runtime, such as `sdxl@diffusers`. What no source documents is left out, and no rule fires on it.",
        "## Comparison",
        table(["name", "model", "pictures", "negative prompt", "reads up to", "runs on", "retired"], rows),
        "## Where models run",
        table(
            ["runtime", "title", "dialect", "what to know"],
            [
                (code(one.name), text(one.title), code(one.dialect or ""), inline(one.note))
                for one in runtimes().values()
            ],
        ),
        "## Rules that ask what the model takes",
        bullets(link(name, f"../rules/{name}.md") for name in _RULES),
    )


def _gone(model: Model) -> str:
    return model.retired_on or (f"will be on {model.retires_on}" if model.retires_on else "")


def _page(model: Model) -> str:
    facts = [(text(name), inline(told)) for name, tell in FACTS.items() if (told := tell(model))]
    places = [name for name in model.places if name not in {host.name for host in model.hosts}]
    parts = [
        f"{code(model.name)} is its name in `model` and `--model`.",
        *(inline(line) for line in status(model)),
        table(["", "what is documented"], facts),
    ]
    if places:
        named = ", ".join(code(f"{model.name}@{place}") for place in places)
        parts.append(f"As it is in one runtime: {named}.")
    for host in model.hosts:
        parts += [f"## At {text(host.name)}", f"Its name there: {code(f'{model.name}@{host.name}')}."]
        parts.append(bullets(inline(item) for item in host_items(model, host)))
    parts += _list("Notes", [inline(note) for note in model.notes])
    parts += _list("Not settled by any source", [inline(matter) for matter in model.unverified])
    parts += _list("Also known as", [", ".join(map(code, model.aliases))] if model.aliases else [])
    parts += _list(f"Sources, read on {model.verified_on}", [source(one) for one in model.sources])
    return page(model.title, *parts)


def _list(title: str, items: list[str]) -> list[str]:
    return [f"## {title}", bullets(items)] if items else []

"""What files of rules, knowledge and models may hold, from the types that read them."""

from __future__ import annotations

import inspect

import msgspec

from promptlint.brief.knowledge import ConceptEntry, Family
from promptlint.checks import KINDS
from promptlint.models import Host, Limit, Model, Range, Sizes
from promptlint.rules import Example, FixSpec, RuleFile
from tools.docs import types
from tools.docs.markup import code, inline


def docstring(thing: object) -> str:
    """Return the docstring of a thing as Markdown."""
    return "\n\n".join(inline(part) for part in (inspect.getdoc(thing) or "").split("\n\n"))


def form(title: str, struct: type[msgspec.Struct]) -> str:
    """Return a section on one form: what it says, and its keys."""
    return "\n\n".join([f"## {title}", docstring(struct), types.keys(struct)])


def rule_form() -> str:
    """Return the form of rule files."""
    return "\n\n".join(
        [form("Keys of a rule", RuleFile), form("Keys of a fix", FixSpec), form("Keys of an example", Example)]
    )


def check_kinds() -> str:
    """Return each kind of check, with its keys."""
    parts = []
    for name, check in sorted(KINDS.items()):
        parts += [f"### {code(name)}", docstring(check), types.keys(check)]
        for struct in types.inner(check):
            parts += [f"Each {types.name(struct)}:", docstring(struct), types.keys(struct)]
    return "\n\n".join(part for part in parts if part)


def knowledge_form() -> str:
    """Return the form of knowledge files."""
    return "\n\n".join([form("Keys of a family", Family), form("Keys of a concept", ConceptEntry)])


def model_form() -> str:
    """Return the form of model files."""
    inner: list[tuple[str, type[msgspec.Struct]]] = [
        ("`limit`", Limit),
        ("`sizes`", Sizes),
        ("a range", Range),
        ("one of `hosts`", Host),
    ]
    return "\n\n".join([form("Keys of a model", Model), *(form(f"Keys of {title}", struct) for title, struct in inner)])

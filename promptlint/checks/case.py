"""What a check is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from promptlint.brief import Brief, Mention
from promptlint.diagnostics import Edit, Part
from promptlint.models import Model
from promptlint.source import Span
from promptlint.syntax import Tree


@dataclass(frozen=True, slots=True)
class Case:
    """One prompt as the checks see it.

    `negative` is None where there is none at all; `can_hold_negative` is false where its file has no room for one.
    `parameters` are those that the file gives beside the text.
    """

    tree: Tree
    brief: Brief
    negative: str | None = None
    model: Model | None = None
    can_hold_negative: bool = True
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that a check found.

    `values` fill the rule's message; `mention` is what was found, where it was one, and `also` what was found with
    it; `same` are further mentions that the finding speaks of just as much. `edits` are what a fix of the way `edit`
    writes; without them there is no such fix.
    """

    span: Span
    values: Mapping[str, str] = field(default_factory=dict)
    mention: Mention | None = None
    part: Part = "positive"
    also: tuple[Mention, ...] = ()
    same: tuple[Mention, ...] = ()
    edits: tuple[Edit, ...] = ()


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of finding, with what the rule says about it."""

    def find(self, case: Case) -> Iterator[Finding]:
        """Yield what is found in a prompt, in the order of the text."""
        raise NotImplementedError


def subject_span(brief: Brief) -> Span:
    """Return what a finding of absence points at: the prompt's first phrase."""
    return brief.phrases[0].span if brief.phrases else Span(0, 0)

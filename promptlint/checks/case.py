"""What a check is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import msgspec

from promptlint.brief import Brief, Mention
from promptlint.checks.needs import Need
from promptlint.diagnostics import Edit, Part
from promptlint.history import Change
from promptlint.models import Model
from promptlint.source import Span
from promptlint.syntax import Tree


class Case(msgspec.Struct, frozen=True):
    """One prompt as the checks see it.

    `negative` is None where there is none at all; `can_hold_negative` is false where its file has no room for one.
    `parameters` are those that the file gives beside the text, `tokenizers` the user's tokenizer files by encoder.
    `excluded` is the negative prompt, understood, and `excluded_tree` its parse. `change` is what is new since the
    previous version, None where there is none; `allowed_changes` how many sections may be, where the configuration
    says it.
    """

    tree: Tree
    brief: Brief
    negative: str | None = None
    model: Model | None = None
    can_hold_negative: bool = True
    parameters: Mapping[str, str] = {}
    tokenizers: Mapping[str, Path] = {}
    excluded: Brief | None = None
    change: Change | None = None
    allowed_changes: int | None = None
    excluded_tree: Tree | None = None


# Most prompts have some findings: a `Struct` is made in a tenth of the time that a frozen dataclass takes.
class Finding(msgspec.Struct, frozen=True):
    """A place that a check found.

    `values` fill the rule's message; `mention` is what was found, where it was one, and `also` what was found with
    it; `same` are further mentions that the finding speaks of just as much. `cut` is what goes with the place when it
    is taken out. `edits` are what a fix of the way `edit` writes; without them there is no such fix. `additions` are
    sections and words for them, which a fix that `adds` puts into the prompt.
    """

    span: Span
    values: Mapping[str, str] = {}
    mention: Mention | None = None
    part: Part = "positive"
    also: tuple[Mention, ...] = ()
    cut: Span | None = None
    same: tuple[Mention, ...] = ()
    edits: tuple[Edit, ...] = ()
    additions: tuple[tuple[str, str], ...] = ()


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of finding, with what the rule says about it: the fields are the keys of `check:` in a rule file.

    `needs_whole_prompt`: it asks what a prompt lacks, which a fragment of one can't answer. `compares`: it asks what
    has changed since the previous version (`case.change`).
    """

    needs_whole_prompt: ClassVar[bool] = False
    compares: ClassVar[bool] = False

    @property
    def needs(self) -> Sequence[Need] | None:
        """What a prompt must have, any one of these, for anything to be found in it; None if it may be any prompt.

        This and `silencers` only spare time: where the check says nothing of them it is asked about every prompt.
        """
        return None

    @property
    def silencers(self) -> Collection[str]:
        """Concepts, the mention of any of which keeps the check silent."""
        return ()

    def find(self, case: Case) -> Iterator[Finding]:
        """Yield what is found in a prompt, in the order of the text."""
        raise NotImplementedError


def subject_span(brief: Brief) -> Span:
    """Return what a finding of absence points at: the prompt's first phrase."""
    return brief.phrases[0].span if brief.phrases else Span(0, 0)

"""Two versions of a file: which prompt is which, and what each says otherwise than before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from promptlint.brief import reader
from promptlint.config import Config
from promptlint.files import brief_of, negative_text, prompts_of
from promptlint.history import Change, Version, compare, matched
from promptlint.hosts import Prompt

Status = Literal["changed", "same", "unchanged", "added", "removed"]
"""What became of a prompt. `same`: its text is another, but no section says anything else."""

STATUSES: tuple[Status, ...] = ("changed", "same", "unchanged", "added", "removed")


class FileText(NamedTuple):
    """One version of a file: its path in full, which decides how it is read, how to show it, and its text."""

    path: str
    shown: str
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a prompt, and what goes with it that no section holds: tags, captions, parameters."""

    prompt: Prompt
    version: Version
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PromptChange:
    """A prompt then and now; a side is None where the prompt is not there."""

    status: Status
    old: Side | None
    new: Side | None
    change: Change = field(default_factory=Change)

    @property
    def has_other_extras(self) -> bool:
        """Whether tags, captions or parameters differ."""
        return self.old is not None and self.new is not None and self.old.extras != self.new.extras


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file then and now, by the paths to show; a path is None where the file is not there.

    `allowed` is how many sections of a prompt may be rewritten at once.
    """

    old: str | None
    new: str | None
    prompts: tuple[PromptChange, ...]
    allowed: int = 1

    @property
    def rewritten(self) -> list[PromptChange]:
        """The prompts of which more was rewritten than is allowed."""
        return [one for one in self.prompts if len(one.change.rewritten) > self.allowed]


def compare_files(old: FileText | None, new: FileText | None, config: Config, *, is_certain: bool = True) -> FileChange:
    """Return what has changed from one version of a file to the next, in the order of the new one.

    Where it is not certain that they are one file, prompts are versions of each other only if they are alike.
    Raises HostError if a version can't be read as what its name says.
    """
    before, after = _sides(old, config), _sides(new, config)
    small_words = reader(config.knowledge).small_words
    old_prompts, new_prompts = [one.prompt for one in before], [one.prompt for one in after]
    pairs = matched(old_prompts, new_prompts, small_words, by_name=is_certain)
    changes = tuple(
        _compare(before[i] if i is not None else None, after[j] if j is not None else None, small_words)
        for i, j in pairs
    )
    allowed = config.table.history.allowed
    return FileChange(
        old.shown if old else None, new.shown if new else None, changes, 1 if allowed is None else allowed
    )


def _sides(file: FileText | None, config: Config) -> list[Side]:
    if file is None:
        return []
    return [_side(prompt, file.path, config) for prompt in prompts_of(file.path, file.text, config)]


def _side(prompt: Prompt, path: str, config: Config) -> Side:
    version = Version(brief_of(prompt, path, config), negative_text(prompt))
    return Side(prompt, version, (*_opaque(version), *(f"{key}: {value}" for key, value in prompt.parameters.items())))


def _opaque(version: Version) -> Iterable[str]:
    """Yield the tags, captions and parameters of a text; labels only name sections."""
    brief = version.brief
    labels = {span for span, _ in brief.labels}
    for span in brief.opaque:
        words = " ".join(brief.words(span).split())
        if words and span not in labels and not any(span.overlaps(one) for one in brief.negatives):
            yield words


def _compare(old: Side | None, new: Side | None, small_words: frozenset[str]) -> PromptChange:
    if old is None or new is None:
        return PromptChange("added" if old is None else "removed", old, new)
    if _texts(old) == _texts(new):
        return PromptChange("unchanged", old, new)
    change = compare(old.version, new.version, small_words)
    status: Status = "changed" if change.sections or old.extras != new.extras else "same"
    return PromptChange(status, old, new, change)


def _texts(side: Side) -> tuple[object, ...]:
    """Return what makes two versions one; git may change line ends on the way."""
    texts = (side.prompt.positive.text, side.version.negative or "")
    return (*(text.replace("\r\n", "\n") for text in texts), dict(side.prompt.parameters))

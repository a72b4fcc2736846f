"""What the tests of hosts share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from promptlint.hosts import HostOptions, extract

if TYPE_CHECKING:
    from collections.abc import Callable

    from promptlint.hosts import Prompt, PromptPart


def check_part(text: str, part: PromptPart) -> None:
    """Assert that a part's pieces cover its text in order, and that verbatim ones stand so in the file."""
    at = reached = 0
    for piece in part.map.pieces:
        assert piece.start == at
        assert reached <= piece.source_start <= piece.source_start + piece.source_length <= len(text)
        at, reached = piece.start + piece.length, piece.source_start + piece.source_length
        if piece.verbatim:
            assert piece.source_length == piece.length
            assert text[piece.source_start : reached] == part.text[piece.start : at]
    assert at == len(part.text)


def check_prompt(text: str, prompt: Prompt) -> None:
    """Assert what holds for every prompt of every host."""
    for part in filter(None, (prompt.positive, prompt.negative)):
        check_part(text, part)
        assert part.text == part.text.strip()
    if prompt.negative_slot:
        assert prompt.negative is None
        assert 0 < prompt.negative_slot.offset <= len(text)
        assert prompt.negative_slot.template.count("{negative}") == 1


@pytest.fixture(scope="session")
def prompts() -> Callable[..., list[Prompt]]:
    """Return `extract`, with options as keywords and every prompt's places checked."""

    def run(path: str, text: str, **options: object) -> list[Prompt]:
        found = extract(path, text, HostOptions(**options))  # type: ignore[arg-type]
        for prompt in found:
            check_prompt(text, prompt)
        return found

    return run


@pytest.fixture(scope="session")
def with_negative() -> Callable[[str, Prompt, str], str]:
    """Return a function that writes a negative prompt into the slot of a prompt of a text."""

    def write(text: str, prompt: Prompt, negative: str) -> str:
        slot = prompt.negative_slot
        assert slot is not None
        return text[: slot.offset] + slot.template.replace("{negative}", negative) + text[slot.offset :]

    return write

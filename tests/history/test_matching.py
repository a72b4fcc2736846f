"""Which prompt of a file is which prompt of its earlier version."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from promptlint.brief import reader
from promptlint.history import matched
from promptlint.hosts import Prompt, PromptPart
from promptlint.source import OffsetMap

SMALL_WORDS = reader().small_words

A = "portrait of a cooper in his workshop, window light from the left"
B = "a nurse waits at a bus stop at dusk, street lamp at 2700K"
C = "two children run through a wheat field, low sun behind them"
CHANGED = "portrait of a cooper in his workshop, hard flash from the right"
STRANGE = "macro photo of a beetle on moss"


def prompts(*texts: str) -> list[Prompt]:
    return [Prompt(PromptPart(text, OffsetMap.identity(len(text)))) for text in texts]


def pairs(old: tuple[str, ...], new: tuple[str, ...], *, by_name: bool = True) -> set[tuple[int | None, int | None]]:
    return set(matched(prompts(*old), prompts(*new), SMALL_WORDS, by_name=by_name))


def test_order_does_not_matter() -> None:
    assert pairs((A, B, C), (C, A, B)) == {(0, 1), (1, 2), (2, 0)}


def test_a_moved_prompt_with_a_change_is_still_itself() -> None:
    assert pairs((A, B, C), (B, C, CHANGED)) == {(0, 2), (1, 0), (2, 1)}


def test_a_new_prompt_is_new_and_one_that_is_gone_is_gone() -> None:
    assert pairs((A, B), (A, STRANGE, C, B)) == {(0, 0), (None, 1), (None, 2), (1, 3)}
    assert pairs((A, B, C), (A, C)) == {(0, 0), (2, 1), (1, None)}


def test_equal_prompts_are_each_their_own() -> None:
    assert pairs((A, A, B), (A, A, A, B)) == {(0, 0), (1, 1), (None, 2), (2, 3)}


def test_the_only_prompt_of_a_file_stays_itself_whatever_it_says() -> None:
    assert pairs((A,), (STRANGE,)) == {(0, 0)}


def test_the_only_prompt_of_a_file_that_is_a_guess_has_to_be_alike() -> None:
    assert pairs((A,), (STRANGE,), by_name=False) == {(None, 0), (0, None)}
    assert pairs((A,), (CHANGED,), by_name=False) == {(0, 0)}


def test_a_rewritten_prompt_is_found_by_its_place_if_some_of_it_is_left() -> None:
    rewritten = "portrait of a smith on a harbor wall, flash"
    assert pairs((B, A, C), (B, rewritten, C)) == {(0, 0), (1, 1), (2, 2)}


def test_another_prompt_in_the_same_place_is_another() -> None:
    assert pairs((B, A, C), (B, STRANGE, C)) == {(0, 0), (None, 1), (2, 2), (1, None)}


def test_a_long_list_takes_no_time_to_speak_of() -> None:
    old = tuple(f"photo of object number {number} on a table, soft light" for number in range(3000))
    new = tuple(f"photo of object number {number} on a shelf, soft light" for number in range(3000))
    assert pairs(old, new) == {(number, number) for number in range(3000)}


texts = st.lists(st.sampled_from((A, B, C, CHANGED, STRANGE, "a cooper", "")), max_size=7)


@given(texts, texts, st.booleans())
@settings(max_examples=200, deadline=None)
def test_each_prompt_is_there_once_and_the_way_back_is_the_mirror(old: list[str], new: list[str], named: bool) -> None:
    there = matched(prompts(*old), prompts(*new), SMALL_WORDS, by_name=named)
    assert sorted(i for i, _ in there if i is not None) == list(range(len(old)))
    assert sorted(j for _, j in there if j is not None) == list(range(len(new)))
    back = matched(prompts(*new), prompts(*old), SMALL_WORDS, by_name=named)
    assert {(j, i) for i, j in there} == set(back)

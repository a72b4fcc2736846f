"""What counts as a change of a section, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlint import syntax
from promptlint.brief import reader
from promptlint.history import Change, Version, compare
from tests.strategies import prompts

READER = reader()
MIRRORED = {"added": "removed", "removed": "added", "changed": "changed"}


def version(text: str, negative: str | None = None) -> Version:
    return Version(READER.understand(syntax.parse(text)), negative)


def change(old: str, new: str) -> Change:
    return compare(version(old), version(new), READER.small_words)


def changed(old: str, new: str) -> dict[str, str]:
    return {one.section: one.kind for one in change(old, new).sections}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a cooper, window light, 85mm", "85mm, a cooper, window light"),
        ("a cooper, window light", "A Cooper; WINDOW LIGHT."),
        ("a cooper, window light", "a  cooper,\n\nwindow   light"),
        ("a cooper, lit by window light", "the cooper, in window light"),
        ("85 mm, f / 2", "85mm, f/2"),
        ("window light", "light of a window"),
        ("window light, and 85mm", "window light and 85mm"),
        ("Lighting: window light\nCamera: 85mm", "Camera: 85mm\nLighting: window light"),
        ('{"lighting": "window light", "lens": "85mm"}', '{"lens": "85mm", "lighting": "window light"}'),
        ("a glimsy norb, window light, 85mm", "window light, 85mm, a glimsy norb"),
        ("don't smile", "don’t smile"),
    ],
)
def test_form_is_no_change(old: str, new: str) -> None:
    assert changed(old, new) == {}


@pytest.mark.parametrize(
    ("old", "new", "sections"),
    [
        ("a cooper, window light", "a cooper, low sun", {"lighting": "changed"}),
        ("a cooper, window light", "a cooper, soft window light", {"lighting": "changed"}),
        ("a cooper, window light", "a cooper, no window light", {"lighting": "changed"}),
        ("a cooper, (window light:1.1)", "a cooper, (window light:1.4)", {"lighting": "changed"}),
        ("a cooper, window light at 5200K", "a cooper, window light at 3200K", {"lighting": "changed"}),
        ("a cooper, 85mm f/2", "a cooper, 50mm f/2", {"camera": "changed"}),
        ("a cooper, window light", "a cooper, window light, 85mm", {"camera": "added"}),
        ("a cooper, window light, Kodak Portra 400", "a cooper, window light", {"film": "removed"}),
        ("a cooper in a red coat", "a cooper in a blue coat", {"subject": "changed"}),
        (
            "a red coat, blue curtains in a kitchen",
            "a blue coat, red curtains in a kitchen",
            {"subject": "changed", "environment": "changed"},
        ),
        (
            "A nurse waits at a bus stop under a street lamp.",
            "A nurse waits at a bus stop under an overcast sky.",
            {"lighting": "changed"},
        ),
    ],
)
def test_other_words_are_a_change(old: str, new: str, sections: dict[str, str]) -> None:
    assert changed(old, new) == sections


def test_a_word_that_nobody_knows_takes_the_place_of_what_it_replaces() -> None:
    assert changed("a cooper in his workshop, window light, 85mm", "a cooper in his workshop, norb glimsy, 85mm") == {
        "lighting": "removed"
    }


def test_the_words_that_changed_are_pointed_at() -> None:
    old, new = "a cooper, window light from the left, 85mm", "a cooper, low sun from the left, 85mm"
    found = change(old, new)
    assert [old[one.start : one.end] for one in found.lost] == ["window light"]
    assert [new[one.start : one.end] for one in found.gained] == ["low sun"]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (None, "cgi, cartoon", "added"),
        ("cgi, cartoon", None, "removed"),
        ("cgi, cartoon", "cgi, plastic skin", "changed"),
        ("cgi, cartoon", "Cartoon,  CGI", None),
        (None, "", None),
    ],
)
def test_the_negative_prompt_is_a_section(old: str | None, new: str | None, kind: str | None) -> None:
    found = compare(version("a cooper", old), version("a cooper", new), READER.small_words)
    assert {one.section: one.kind for one in found.sections} == ({"negative": kind} if kind else {})


def test_what_was_wished_for_and_is_now_unwanted_has_changed() -> None:
    assert "negative" in changed("a cooper, a hat\nNegative prompt: cgi", "a cooper\nNegative prompt: cgi, a hat")


def test_what_was_not_there_is_not_rewritten() -> None:
    found = change("a cooper, window light", "a cooper, low sun, 85mm, Kodak Portra 400")
    assert [one.section for one in found.sections] == ["lighting", "camera", "film"]
    assert found.rewritten == ("lighting",)


@given(prompts)
@settings(max_examples=150, deadline=None)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert change(text, text) == Change()
    # Read again from the words and not from the text, which would end the comparison at once.
    assert compare(version(text + " "), version(text), READER.small_words).sections == ()


@given(prompts, prompts)
@settings(max_examples=250, deadline=None)
def test_the_way_back_is_the_mirror(old: str, new: str) -> None:
    there, back = change(old, new), change(new, old)
    assert [(one.section, MIRRORED[one.kind]) for one in there.sections] == [
        (one.section, one.kind) for one in back.sections
    ]
    assert (there.lost, there.gained) == (back.gained, back.lost)


@given(st.lists(st.sampled_from(("a cooper", "window light", "85mm f/2", "Kodak Portra 400", "norb")), min_size=1))
@settings(max_examples=100, deadline=None)
def test_order_is_no_change(phrases: list[str]) -> None:
    assert changed(", ".join(phrases), ", ".join(reversed(phrases))) == {}

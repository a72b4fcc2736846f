"""Flags, images, weights of parts and negative lists of Midjourney prompts; the parameters of an infotext."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promptlint import syntax
from promptlint.parameters import catalogue
from promptlint.syntax import Leaf, LeafKind, Node, NodeKind, flags, multi_prompt, negatives
from promptlint.syntax.parameters import FLAGS, infotext
from tests.strategies import prompts


def pairs(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.value) for one in flags(syntax.parse(text))]


def words(text: str) -> list[str]:
    return [leaf.text for leaf in syntax.parse(text).leaves() if leaf.kind is LeafKind.TEXT]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a barn --ar 3:4 --v 6.1", [("ar", "3:4"), ("v", "6.1")]),
        ("a barn\n--ar 3:4\n--tile", [("ar", "3:4"), ("tile", "")]),
        ("a barn --no cows, old hay --q 2", [("no", "cows, old hay"), ("q", "2")]),
        ('a barn --no "cows, hay" --q 2', [("no", "cows, hay"), ("q", "2")]),
        ("a barn --v7 --ar=2:3", [("v7", ""), ("ar=2:3", "")]),
        ("a barn --ar {3:4, 1:1}", [("ar", "{3:4, 1:1}")]),
        ("a barn --ar [RATIO] --s <strength>", [("ar", "[RATIO]"), ("s", "<strength>")]),
        (
            "a barn --sref 123 https://example.com/a.png random --sw 40",
            [("sref", "123 https://example.com/a.png random"), ("sw", "40")],
        ),
        ("a barn --p --raw", [("p", ""), ("raw", "")]),
        ("a barn --ar 3:4, --s 50.", [("ar", "3:4,"), ("s", "50.")]),
        ("a barn --ar 3:4, and a cow", [("ar", "3:4")]),
        ("a barn --tile and a cow", [("tile", "")]),
        ("/imagine a barn --shiny", [("shiny", "")]),
        ("谷仓 --原始 --ar 3:4", [("原始", ""), ("ar", "3:4")]),
        ("a barn --shiny 3", [("shiny", "3")]),
    ],
)
def test_flags_and_their_values(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


@pytest.mark.parametrize("dash", ["—", "–", "——", "‑‑", "−−", "―"])
def test_a_flag_behind_another_dash(dash: str) -> None:
    text = f"a barn {dash}ar 3:4 {dash}style raw {dash}no cows"
    found = flags(syntax.parse(text))
    assert [(one.dash, one.name, one.value) for one in found] == [
        (dash, "ar", "3:4"),
        (dash, "style", "raw"),
        (dash, "no", "cows"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a barn -- old and red -- in a field",
        "a barn --old and red-- in a field",
        "a well-known barn, red--brown walls",
        "fresh hay —raw and sweet, in the barn",
        "a barn —no cow in sight, rain",
        "the last stop – seed store – and a barn",
        "run `--ar 3:4` in a terminal",
        "| `--ar` | `--seed` |",
        "python3 -m paint --prompt barn --seed 1",
        "谷仓——红色的——在雨中",
        "paint --num_steps 30 --seed 1",
    ],
)
def test_a_dash_between_words_is_no_flag(text: str) -> None:
    assert flags(syntax.parse(text)) == []
    assert syntax.parse(text).dialect != "midjourney"


def test_the_words_around_flags_are_words() -> None:
    assert words("a barn --ar 3:4 [a note], a cow") == ["a barn", " ", "a note", "a cow"]
    assert words('{"prompt": "a barn --ar 3:4", "place": "a hill"}')[-1] == "a hill"


def test_flags_in_a_comment_are_none() -> None:
    assert [one.name for one in flags(syntax.parse("a (barn:1.2) # --s 9\n --ar 3:4", "a1111"))] == ["ar"]


def test_the_grammar_knows_the_flags_that_the_knowledge_knows() -> None:
    known = {name for one in catalogue()["midjourney"].parameters for name in one.spellings}
    assert known == FLAGS


def test_images_come_before_the_words() -> None:
    text = "/imagine prompt: https://example.com/a.png <https://example.com/b.jpg> a barn --iw 2"
    kinds = [(leaf.kind, leaf.text) for leaf in syntax.parse(text).leaves()]
    assert [leaf for kind, leaf in kinds if kind is LeafKind.URL] == [
        "https://example.com/a.png",
        "<https://example.com/b.jpg>",
    ]
    assert (LeafKind.TEXT, " a barn") in kinds


def test_permutations_are_choices() -> None:
    nodes = list(syntax.parse("a {red, dark blue} barn --ar 3:4").nodes())
    assert [node.kind for node in nodes] == [NodeKind.CHOICE]
    assert [[part.text for part in parts if isinstance(part, Leaf)] for parts in nodes[0].parts()] == [
        ["red"],
        ["dark blue"],
    ]
    natural = syntax.parse("a {red, dark blue} barn").children
    assert all(node.kind is NodeKind.GROUP for node in natural if isinstance(node, Node))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a barn::2 a cow::-0.5 rain", [("a barn", 2), ("a cow", -0.5), ("rain", 1)]),
        ("/imagine prompt: a barn:: cow::.5 --ar 3:4", [("a barn", 1), ("cow", 0.5)]),
        ("a barn --ar 3:4", [("a barn", 1)]),
        ("a barn", []),
    ],
)
def test_parts_and_their_weights(text: str, parts: list[tuple[str, float]]) -> None:
    found = multi_prompt(syntax.parse(text))
    assert [(text[slice(*span)], weight) for span, weight in found] == parts


def test_what_is_left_out() -> None:
    text = "a barn::2 cows::-0.5 rain --no hay, old doors,, --ar 3:4 --no mud"
    assert [text[slice(*span)] for span in negatives(syntax.parse(text))] == [
        "cows",
        "hay",
        "old doors",
        "mud",
    ]


def test_an_infotext_line() -> None:
    text = 'Steps: 20, Hires prompt: "barn, rain: \\"soft\\"", loose words, CFG scale : 6.5,'
    found = infotext(text)
    assert [(one.name, one.value) for one in found] == [
        ("Steps", "20"),
        ("Hires prompt", 'barn, rain: \\"soft\\"'),
        ("CFG scale", "6.5"),
    ]
    assert all(text[slice(*one.value_span)] == one.value for one in found)


FLAGGED = (
    "--ar 3:4",
    "—s 5",
    "--no a, b",
    "::2",
    "--v7",
    " --x",
    "{a, b}",
    "https://a.b/c",
    '"',
    ",",
    "\n",
    " a ",
    ".",
)
flagged = st.lists(st.sampled_from(FLAGGED), max_size=12).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.one_of(flagged, prompts))
def test_spans_are_of_the_text(text: str) -> None:
    for dialect in (None, "midjourney", "structured", "a1111"):
        tree = syntax.parse(text, dialect)
        assert tree.to_text() == text
        runs = [leaf.span for leaf in tree.leaves() if leaf.kind is LeafKind.PARAMETERS]
        end = 0
        for one in flags(tree):
            assert end <= one.span.start
            end = one.span.end
            assert text[slice(*one.name_span)] == one.name
            assert text[slice(*one.value_span)] == one.value
            assert text[slice(*one.span)].startswith(one.dash + one.name)
            assert any(run.contains(one.span) for run in runs)
        for span, _ in multi_prompt(tree):
            assert text[slice(*span)] == text[slice(*span)].strip() != ""
        for span in negatives(tree):
            assert text[slice(*span)].strip()
    for one in infotext(text):
        assert text[slice(*one.name_span)] == one.name
        assert one.span.contains(one.name_span)
        assert one.span.contains(one.value_span)


@pytest.mark.parametrize(
    "unit", ["--no a ", "--no (a ", "--ar {a ", "—x ", "--x ", "--no a —x ", "a::2 ", "--a-b-", "--p    "]
)
def test_flags_are_found_in_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        start = time.perf_counter()
        negatives(syntax.parse(text, "midjourney"))
        return time.perf_counter() - start

    seconds(100)
    assert min(seconds(8000) for _ in range(2)) < 40 * max(1e-4, min(seconds(800) for _ in range(3)))

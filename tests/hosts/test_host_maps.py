"""Generated files: what a host hands out stands in the file where its map says."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from promptlint.errors import HostError
from promptlint.hosts import HostOptions, extract

SHARDS = [
    "portrait of a diver, 85mm",
    "low sun 🙂",
    "Prompt:",
    "Negative prompt:",
    "negative prompt: blur",
    'Steps: 20, Seed: 1, Sampler: "a, b"',
    "Lighting: low sun",
    "Camera: 85mm",
    "# note",
    "## Prompts",
    '{"subject": "a nun"}',
    "---",
    "```",
    "````prompt",
    "~~~",
    "```json",
    "> ",
    ">",
    "- ",
    "1. ",
    "  ",
    "    ",
    "\t",
    "\u2028",
    "\x0b",
    "\u3000",
    "é",
    "<div>",
    "\x00",
    "\ufeff",
]
ENDINGS = ["\n", "\r\n", "\r", "\n\n"]
NAMES = ["a.prompt", "a.prompts", "a.txt", "wildcards/a.txt", "a.md"]

soup = st.lists(st.sampled_from(SHARDS + ENDINGS * 4), max_size=40).map("".join)
words = st.text(
    st.characters(codec="utf-8", exclude_characters="`~\r\n\x00", exclude_categories=["Zs", "Cc", "Zl", "Zp"]),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("unit", ["auto", "file", "line", "paragraph"])
@pytest.mark.parametrize("name", NAMES)
@given(text=soup | st.text())
def test_every_part_stands_where_its_map_says(prompts, name, unit, text):
    with suppress(HostError):
        prompts(name, text, unit=unit, every_fence=True)


@given(text=soup)
def test_fences_read_as_markdown_it_reads_them(text):
    page = "x\n\n" + text
    contents = {
        f"fence at line {token.map[0] + 1}": "".join(token.content.split())
        for token in MarkdownIt("commonmark").parse(page)
        if token.type == "fence"
    }
    for prompt in extract("a.md", page, HostOptions(every_fence=True)):
        for piece in prompt.positive.map.pieces:
            run = prompt.positive.text[piece.start : piece.start + piece.length]
            assert "".join(run.replace("\x00", "\ufffd").split()) in contents[prompt.locator]


@given(
    prefixes=st.lists(st.sampled_from(["> ", "- ", "1. ", "* "]), max_size=5),
    rows=st.lists(st.tuples(st.sampled_from(["", "  ", "\t"]), words), min_size=1, max_size=4),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    closed=st.booleans(),
)
def test_nested_fences_come_out_without_their_prefixes(prompts, prefixes, rows, ending, closed):
    first = "".join(prefixes)
    further = "".join(mark if mark.startswith(">") else " " * len(mark) for mark in prefixes)
    lines = [first + "```prompt", *(further + indent + word for indent, word in rows)]
    text = ending.join(lines + ([further + "```", ""] if closed else []))
    contents = [prompt.positive.text for prompt in prompts("a.md", text)]
    if not any("\t" in indent for indent, _ in rows) and ":" not in text and "：" not in text:
        assert contents == [ending.join(indent + word for indent, word in rows).strip()]


@given(
    texts=st.lists(st.text("abc ,🙂é", min_size=1).filter(str.strip), min_size=1, max_size=6),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
)
def test_every_line_is_found_once(prompts, texts, ending, last):
    text = ending.join(texts) + (ending if last else "")
    found = prompts("a.txt", text, unit="line")
    assert [prompt.positive.text for prompt in found] == [line.strip() for line in texts]


@pytest.mark.parametrize("name", ["a.prompt", "a.txt", "a.md"])
@given(text=soup, negative=st.sampled_from(["blur", "blur, smoke"]))
def test_a_negative_written_into_its_slot_is_read_back(prompts, with_negative, name, text, negative):
    text = f"```prompt\n{text}" if name == "a.md" else text
    try:
        found = prompts(name, text, unit="file")
    except HostError:
        return
    if not found or found[0].negative_slot is None:
        return
    again = prompts(name, with_negative(text, found[0], negative), unit="file")
    assert again[0].positive.text == found[0].positive.text
    assert again[0].negative.text == negative
    assert again[0].parameters == found[0].parameters

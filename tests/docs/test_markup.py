"""Prompt text on a page is what its author wrote, whatever Markdown and HTML would make of it."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tools.docs import markup
from tools.docs.__main__ import loaded_from_elsewhere

NASTY = st.text(st.sampled_from("ab1 \n\t[](){}<>*_`|#~^=$&:!\\\"'+-.;,é字")) | st.text()


class Reader(HTMLParser):
    """Collects text and the names of tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def visible(words: str) -> str:
    """Return words as a page in one line can show them."""
    return " ".join(words.replace("\0", "\N{REPLACEMENT CHARACTER}").split())


@given(NASTY)
def test_markdown_shows_text_as_it_is(words: str) -> None:
    rendered = MarkdownIt("commonmark").enable("table").render(markup.text(words))
    reader = Reader()
    reader.feed(rendered)
    assert set(reader.tags) <= {"p"}
    assert reader.words.strip() == visible(words).strip()


@given(NASTY)
def test_a_cell_stays_a_cell(words: str) -> None:
    rendered = MarkdownIt("commonmark").enable("table").render(markup.table(["a", "b"], [(markup.text(words), "end")]))
    assert rendered.count("<td>") == 2
    assert "<td>end</td>" in rendered


@given(NASTY, st.data())
def test_a_block_of_html_shows_a_prompt_as_it_is(words: str, data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words)))
    block = markup.marked(words, marks)
    reader = Reader()
    reader.feed(f"<pre>{block}</pre>")
    reader.close()
    assert "\n" not in block
    assert "[" not in block
    assert set(reader.tags) <= {"pre", "mark"}
    assert html.unescape(re.sub("</?mark>", "", block)) == html.unescape(html.escape(words))


def test_marks_stand_around_what_is_marked() -> None:
    assert markup.marked("a <b>", [False, False, True, True, True]) == "a <mark>&lt;b&gt;</mark>"


def test_backticks_make_code() -> None:
    assert markup.inline("write `--no *` or <b>") == "write <code>--no &#42;</code> or &#60;b&#62;"
    assert markup.inline("one ` alone") == "one &#96; alone"


def test_addresses_become_links_and_other_words_don_t() -> None:
    assert markup.source("see docs.bfl.ai/a-[pro]-b, p. 3") == (
        "see [docs.bfl.ai/a-&#91;pro&#93;-b](https://docs.bfl.ai/a-%5Bpro%5D-b), p. 3"
    )
    assert markup.source("photographers' practice") == "photographers' practice"


@pytest.mark.parametrize("tag", ['<script src="https://cdn.example.com/a.js">', "<img alt=x src=//example.com/a.png>"])
def test_what_a_page_loads_from_elsewhere_is_a_problem(tmp_path: Path, tag: str) -> None:
    (tmp_path / "page.html").write_text(f'<a href="https://example.com">x</a><img src="here.png">{tag}', "utf-8")
    (problem,) = loaded_from_elsewhere(tmp_path)
    assert problem.startswith("page.html: loads ")

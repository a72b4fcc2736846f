"""Text for terminals: width, carets, and nothing that steers them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promptlint.reporters.excerpt import COLUMNS, Excerpt, excerpt
from promptlint.reporters.terminal import cut, pad, painter, path_text, printable, width
from promptlint.source import SourceText, Span


def shown(text: str, words: str) -> Excerpt:
    """Return the excerpt for the first place of some words."""
    start = text.index(words)
    return excerpt(SourceText(text), Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "line", "underline"),
    [
        ("a barn at noon", "barn", "a barn at noon", "  ^^^^"),
        ("納屋 barn", "barn", "納屋 barn", "     ^^^^"),
        ("a 納屋 barn", "納屋", "a 納屋 barn", "  ^^^^"),
        ("cafe\u0301 barn", "barn", "cafe\u0301 barn", "     ^^^^"),
        ("a\tbarn", "barn", "a barn", "  ^^^^"),
        ("a \x1b[1mbarn", "barn", "a \ufffd[1mbarn", "      ^^^^"),
        ("one\r\na barn\r\nthree", "barn", "a barn", "  ^^^^"),
        ("one\ra barn\rthree", "barn", "a barn", "  ^^^^"),
        ("one\x0bbarn\u2028two", "barn", "one barn\ufffdtwo", "    ^^^^"),
        ("a barn\nat noon", "barn\nat", "a barn", "  ^^^^"),
        ("a barn\nat noon", "\nat", "a barn", "      ^"),
        ("a\u200dbarn", "barn", "a\u200dbarn", " ^^^^"),
    ],
)
def test_carets_stand_under_the_words(text: str, words: str, line: str, underline: str) -> None:
    found = shown(text, words)
    assert (found.line, found.underline) == (line, underline)


def test_an_empty_span_gets_one_caret() -> None:
    assert excerpt(SourceText(""), Span(0, 0)) == (1, 1, "", 0, 1)
    assert excerpt(SourceText("ab\n"), Span(3, 3)) == (2, 1, "", 0, 1)
    assert excerpt(SourceText("ab"), Span(2, 2)) == (1, 3, "ab", 2, 1)


@pytest.mark.parametrize("filler", ["word ", "納屋"])
def test_a_long_line_is_cut_around_the_words(filler: str) -> None:
    for text in (filler * 100 + "HERE" + filler * 100, "HERE" + filler * 100, filler * 100 + "HERE"):
        found = shown(text, "HERE")
        assert width(found.line) <= COLUMNS + 2
        assert found.line.startswith("…") is not text.startswith("HERE")
        assert found.line.endswith("…") is not text.endswith("HERE")
        assert width(found.line[: found.line.index("HERE")]) == found.start
        assert found.columns == 4


def test_a_span_longer_than_the_line_is_underlined_to_the_cut() -> None:
    found = excerpt(SourceText("x" * 1000), Span(500, 900))
    assert found.start + found.columns == width(found.line) - 1


def test_a_huge_line_costs_no_more_than_a_short_one() -> None:
    source = SourceText("natürlich, hell" * 500_000)
    for start in range(0, 7_000_000, 7_000):
        excerpt(source, Span(start, start + 7))


@given(st.text(max_size=300), st.data())
def test_carets_never_leave_the_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = excerpt(SourceText(text), Span(start, end))
    assert found.columns >= 1
    assert found.start + found.columns <= width(found.line) + 1
    assert width(found.line) <= COLUMNS + 2
    assert found.line == printable(found.line)


@given(st.text(max_size=100))
def test_printable_text_is_one_harmless_line(text: str) -> None:
    clean = printable(text)
    assert len(clean) == len(text)
    assert "\x1b" not in clean
    assert len(clean.splitlines()) <= 1
    assert printable(clean) == clean


@given(st.text(max_size=100), st.integers(1, 60))
def test_cut_text_fits(text: str, columns: int) -> None:
    short = cut(text, columns)
    assert width(short) <= columns
    assert short == printable(text) or short.endswith("…")


def test_padding_counts_columns() -> None:
    assert pad("納屋", 6) == "納屋  "


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a b/ü.prompt", "a b/ü.prompt"),
        ("a\nb", "a\\nb"),
        ("a\x1b[2J", "a\\x1b[2J"),
        ("a\u202eb", "a\\u202eb"),
        ("caf\udce9", "caf\\xe9"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_paths_are_shown_with_escapes(path: str, text: str) -> None:
    assert path_text(path) == text


def test_paint() -> None:
    assert painter(False)("x", fg="red", bold=True) == "x"
    assert painter(True)("x", fg="red") == "\x1b[31mx\x1b[0m"

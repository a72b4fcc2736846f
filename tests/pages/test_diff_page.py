"""`promptlint diff --format html` in a parser and in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import Run, write
from tests.pages.conftest import Browse, Page
from tests.pages.test_brief_page import HOSTILE, SEEN

if TYPE_CHECKING:
    from pathlib import Path

OLD = "portrait of a cooper in his workshop, window light, 85mm f/2, Kodak Portra 400"
NEW = "portrait of a cooper in his workshop, candle light, 85mm f/2, Kodak Portra 400"
CELLS = """
    return [...document.querySelectorAll('tr.changed')].map(row => [...row.cells].map(cell => cell.textContent))"""


@pytest.fixture
def page(run: Run, tmp_path: Path) -> Any:
    def page(old: str, new: str) -> str:
        write(tmp_path, "old.prompts", old)
        write(tmp_path, "new.prompts", new)
        result = run("diff", "--format", "html", "old.prompts", "new.prompts")
        assert (result.code, result.err) == (0, "")
        return result.out

    return page


def test_then_and_now_are_marked(page: Any) -> None:
    root = Page(page(OLD, NEW)).root
    assert [one.text for one in root.all("del")] == ["window"]
    assert [one.text for one in root.all("ins")] == ["candle"]


def test_a_new_prompt_is_shown_line_for_line(page: Any) -> None:
    [new] = Page(page(f"{OLD}\n", f"{OLD}\n\n{HOSTILE}\n")).root.all("ins")
    assert new.text == SEEN


class TestInTheBrowser:
    def test_rows(self, page: Any, browse: Browse) -> None:
        assert browse(page(OLD, NEW), CELLS) == [["lighting", "window light", "candle light"]]

    def test_it_runs_nothing_of_a_prompt(self, page: Any, browse: Browse) -> None:
        script = "return [document.title, document.images.length, document.scripts.length, document.body.textContent]"
        title, images, scripts, text = browse(page(f"{OLD}\n", f"{OLD}\n\n{HOSTILE}\n"), script)
        assert (title, images, scripts) == ("old.prompts to new.prompts", 0, 1)
        assert SEEN in text

    def test_changes_are_told_by_more_than_color(self, page: Any, browse: Browse) -> None:
        script = """
            const style = name => getComputedStyle(document.querySelector(name));
            return [style('del').textDecorationLine, style('ins').fontWeight]"""
        assert browse(page(OLD, NEW), script) == ["line-through", "600"]

    @pytest.mark.parametrize("width", [500, 1000])
    def test_nothing_sticks_out(self, page: Any, browse: Browse, width: int) -> None:
        script = "return [innerWidth, document.documentElement.scrollWidth]"
        inner, scrolled = browse(page(OLD, f"{NEW}, {'x' * 400}\n\n{HOSTILE}\n"), script, width=width)
        assert scrolled <= inner == width

"""`promptlint brief --format html`: the prompt is there as it is, and its colors are those of its sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from promptlint.brief import SECTIONS
from promptlint.reporters.brief_marks import runs
from promptlint.syntax import parse
from tests.cli.conftest import Run, write
from tests.pages.conftest import Browse, Element, Page

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "Portrait of a tram driver in an empty depot, soft window light at 5200K, no flash,\n"
    "  85mm lens at f/2, visible pores, Kodak Portra 400 film\n"
)
HOSTILE = (
    "<script>document.title = 'run'</script><img src=x onerror=alert(1)> a cooper's <b>shop</b> &amp; yard,\r\n"
    '"></div></span><style>*{display:none}</style>, window light, --> ]]> \x1b[31mred\x1b[0m \u202eevil,'
    " 納屋 👩\u200d🍳, 85mm"
)
SEEN = HOSTILE.replace("\r\n", "\n").replace("\x1b", "\ufffd").replace("\u202e", "\ufffd")


@pytest.fixture
def page(run: Run, tmp_path: Path) -> Any:
    def page(text: str, name: str = "a.prompt", *options: str) -> str:
        write(tmp_path, name, text)
        result = run("brief", "--format", "html", *options, name)
        assert (result.code, result.err) == (0, "")
        return result.out

    return page


def text_of(html: str) -> list[Element]:
    """Return the prompts of a page."""
    return Page(html).root.all("div", "prompt")


def sections_of(prompt: Element) -> dict[str, list[str]]:
    """Return the words that wear the color of each section."""
    out: dict[str, list[str]] = {}
    for one in prompt.all("span", "run"):
        section = one.attributes["data-section"] or ""
        assert one.attributes["class"] == f"run {section}"
        out.setdefault(section, []).append(one.text.strip())
    return out


class TestParsed:
    def test_each_section_has_its_words(self, page: Any) -> None:
        [prompt] = text_of(page(TEXT))
        assert prompt.text == TEXT.strip()
        found = sections_of(prompt)
        assert found["lighting"] == ["soft window light at 5200K", "no flash"]
        assert found["camera"] == ["85mm lens at f/2"]
        assert found["film"] == ["Kodak Portra 400 film"]

    def test_mentions_say_concept_and_value(self, page: Any) -> None:
        [prompt] = text_of(page(TEXT))
        says = {one.text: one.attributes["title"] for one in prompt.all("span", "mention")}
        assert says["5200K"] == "light.temperature = 5200 K"
        assert says["f/2"] == "camera.aperture = f/2"
        assert says["flash"] == "not light.source.flash"
        assert all(one.attributes["tabindex"] == "0" for one in prompt.all("span", "mention"))

    def test_only_what_is_denied_is_struck(self, page: Any) -> None:
        [prompt] = text_of(page(TEXT))
        assert [one.text for one in prompt.all("s")] == ["flash"]

    def test_intent_and_dialect_with_their_evidence(self, page: Any) -> None:
        intent, dialect = Page(page(TEXT)).root.all("dd")[:2]
        assert intent.text.startswith("portrait")
        assert [intent.all("q")[at].text for at in (0, -1)] == ["tram driver", "Kodak Portra 400 film"]
        assert dialect.text == "natural: nothing in it belongs to another dialect"

    def test_who_stated_the_intent(self, page: Any) -> None:
        assert (
            Page(page(TEXT, "a.prompt", "--intent", "artwork"))
            .root.all("dd")[0]
            .text.startswith("artwork, stated by the command line")
        )

    def test_tags_and_captions_wear_no_color(self, page: Any) -> None:
        [prompt] = text_of(page('<lora:grain:0.6>, a barn with "OPEN LATE" on its door, rim light'))
        assert [one.text for one in prompt.all("span", "unread")] == ["<lora:grain:0.6>", '"OPEN LATE"']

    def test_a_negative_prompt(self, page: Any) -> None:
        root = Page(page("a barn at dawn\nNegative prompt: people, <cars>\n")).root
        assert [one.text for one in root.all("div", "negative-prompt")] == ["people, <cars>"]

    def test_nothing_of_a_prompt_is_markup(self, page: Any) -> None:
        [prompt] = text_of(page(HOSTILE, "<b>x<b>.prompt"))
        assert prompt.text == SEEN

    def test_every_prompt_of_a_file_and_a_legend(self, page: Any) -> None:
        root = Page(page("a barn at noon, 24mm lens\na welder in his workshop, 85mm lens\n", "prompts/a.txt")).root
        assert [one.text for one in root.all("h2")] == ["line 1", "line 2"]
        [legend] = root.all("ul", "legend")
        assert [one.text for one in legend.all("span", "run")] == list(SECTIONS)

    def test_a_file_without_prompts(self, page: Any) -> None:
        assert [one.text for one in Page(page("# Nothing\n", "a.md")).root.all("p")] == ["no prompts"]

    def test_it_names_nothing_to_load(self, page: Any) -> None:
        html = page(TEXT)
        assert "default-src 'none'" in html
        assert not [sign for sign in ("//", "url(", "@import") if sign in html]


@pytest.mark.parametrize("text", ["", "\r\n", "a barn,\r\n\r\nno people\r\n", "a\rb, no\nlight", HOSTILE])
def test_the_pieces_joined_are_the_text(text: str) -> None:
    from promptlint.brief import reader

    joined = "".join(piece.text for run in runs(reader().understand(parse(text))) for piece in run.pieces)
    assert joined.replace("\r\n", "\n") == text.replace("\r\n", "\n")


class TestInTheBrowser:
    def test_it_shows_the_prompt_and_runs_nothing_of_it(self, page: Any, browse: Browse) -> None:
        shown = browse(
            page(HOSTILE),
            "return [document.title, document.querySelector('.prompt').textContent, document.images.length,"
            " document.querySelectorAll('style').length, document.scripts.length]",
        )
        assert shown == ["a.prompt", SEEN, 0, 1, 1]

    def test_sections_differ_by_color_by_line_and_by_name(self, page: Any, browse: Browse) -> None:
        marks = browse(
            page(TEXT),
            "return [...document.querySelectorAll('.legend .run')].map(one => { const style = getComputedStyle(one);"
            " return [style.backgroundColor, style.textDecorationStyle, style.textDecorationColor] })",
        )
        assert len(marks) == len({background for background, _, _ in marks}) == len(SECTIONS)
        assert len({line for _, line, _ in marks}) == 5
        names = browse(
            page(TEXT),
            "return [...document.querySelectorAll('.prompt .run')].map(one =>"
            " [getComputedStyle(one, '::before').content, one.dataset.section])",
        )
        assert names
        assert all(label == f'"{section}"' for label, section in names)

    @pytest.mark.parametrize("width", [500, 1000])
    def test_nothing_sticks_out(self, page: Any, browse: Browse, width: int) -> None:
        long = TEXT.strip() + ", " + "x" * 400 + ", " + HOSTILE
        script = "return [innerWidth, document.documentElement.scrollWidth]"
        inner, scrolled = browse(page(long), script, width=width)
        assert scrolled <= inner == width

    @pytest.mark.parametrize(("scheme", "dark"), [(0, True), (1, False)])
    def test_light_and_dark(self, page: Any, browse: Browse, scheme: int, dark: bool) -> None:
        script = """
            const canvas = document.body.appendChild(document.createElement('i'));
            canvas.style = 'background: Canvas; color: CanvasText';
            const style = getComputedStyle(canvas);
            return [matchMedia('(prefers-color-scheme: dark)').matches, style.backgroundColor, style.color,
                getComputedStyle(document.querySelector('.prompt .run')).color]"""
        is_dark, back, front, words = browse(page(TEXT), script, f"--blink-settings=preferredColorScheme={scheme}")
        assert is_dark is dark
        assert (sum(_rgb(back)) < sum(_rgb(front))) is dark
        assert words == front

    def test_the_keyboard_reaches_what_a_word_means(self, page: Any, browse: Browse) -> None:
        script = """
            const one = [...document.querySelectorAll('.prompt .mention')].find(each => each.textContent == '5200K');
            one.focus();
            const says = getComputedStyle(one, '::after');
            return [document.hasFocus(), document.activeElement === one, says.content, says.position]"""
        # A window without a screen has no focus at times, and then nothing in it looks focused.
        seen = next((one for one in (browse(page(TEXT), script) for _ in range(5)) if one[0]), None)
        assert seen == [True, True, '"light.temperature = 5200 K"', "fixed"]


def _rgb(color: str) -> list[int]:
    return [int(part) for part in color[color.index("(") + 1 : -1].split(",")[:3]]

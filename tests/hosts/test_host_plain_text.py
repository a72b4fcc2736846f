from __future__ import annotations

import pytest

from promptlint.errors import HostError


def texts(prompts):
    return [prompt.positive.text for prompt in prompts]


def test_a_prompt_file_is_one_prompt(prompts):
    (prompt,) = prompts("welder.prompt", "\n  portrait of a welder,\r\n35mm f/2 🔥 \r\n\r\n")
    assert prompt.positive.text == "portrait of a welder,\r\n35mm f/2 🔥"
    assert prompt.locator == ""


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "Steps: 20, Sampler: Euler a, Seed: 4"])
@pytest.mark.parametrize("name", ["a.prompt", "a.txt", "wildcards/a.txt"])
def test_a_file_without_words_holds_no_prompt(prompts, name, text):
    assert prompts(name, text, unit="file") == []


@pytest.mark.parametrize(("ending", "rest"), [("\n", ""), ("\r\n", "\r\n"), ("\r", "\r")])
def test_the_negative_slot_follows_the_positive(prompts, with_negative, ending, rest):
    text = f"portrait of a potter,{ending}north window{rest}"
    (prompt,) = prompts("a.prompt", text)
    written = with_negative(text, prompt, "plastic skin")
    assert written == f"portrait of a potter,{ending}north window{ending}" + (f"Negative prompt: plastic skin{rest}")
    (again,) = prompts("a.prompt", written)
    assert (again.positive.text, again.negative.text) == (prompt.positive.text, "plastic skin")


def test_the_negative_slot_stands_before_the_parameters(prompts, with_negative):
    text = "portrait of a potter\nSteps: 20, Sampler: Euler a, Seed: 1\n"
    (prompt,) = prompts("a.txt", text)
    assert with_negative(text, prompt, "blurry").split("\n")[1:3] == [
        "Negative prompt: blurry",
        "Steps: 20, Sampler: Euler a, Seed: 1",
    ]


def test_a_structured_prompt_has_no_line_for_a_negative(prompts):
    (prompt,) = prompts("a.prompt", '{"subject": "a potter", "lighting": {"source": "window"}}')
    assert prompt.negative_slot is None


def test_one_prompt_a_line(prompts):
    found = prompts("a.txt", "# my list\nportrait of a diver, 85mm\n\n  portrait of a nun, candle \nportrait of a cook")
    assert texts(found) == ["portrait of a diver, 85mm", "portrait of a nun, candle", "portrait of a cook"]
    assert [prompt.locator for prompt in found] == ["line 2", "line 4", "line 5"]
    assert not any(prompt.negative_slot or prompt.fragment for prompt in found)


@pytest.mark.parametrize("other", ["\u2028", "\x0b", "\x85", "\x1c"])
def test_only_line_feeds_and_returns_end_lines(prompts, other):
    assert len(prompts("a.txt", f"portrait of a diver{other}in the harbour\nportrait of a nun")) == 2


def test_a_lone_line_under_a_comment_is_the_prompt(prompts):
    assert texts(prompts("a.txt", "# for the cover\nportrait of a diver, 85mm\n")) == ["portrait of a diver, 85mm"]


@pytest.mark.parametrize(
    "text",
    [
        "portrait of a diver,\n85mm,\nevening",
        "portrait of a diver standing on the\nquay in the evening sun",
        "A diver sits on the quay.\nHe looks tired.\nShot on a 50mm lens.",
        "portrait of a diver (wet hair,\nold brass helmet)",
        "A diver on the quay\n- brass helmet\n- low sun\n- 85mm",
        "portrait of a diver\nBREAK\nharbour, evening",
        "portrait of a diver\n--ar 4:5 --no hats",
        '{\n"subject": "a diver",\n"lens": "85mm"\n}',
        "An old diver rests on the quay of a small harbour town after the last\n"
        "dive of the season and counts the brass buttons of a coat that someone\n"
        "left behind in the boat, while gulls circle above the fish market and a\n"
        "boy carries ropes.",
    ],
)
def test_lines_that_go_on_into_each_other_are_one_prompt(prompts, text):
    assert texts(prompts("a.txt", text)) == [text]


def test_paragraphs(prompts, with_negative):
    text = (
        "portrait of a diver,\non the quay\nNegative prompt: blurry\n\n"
        "portrait of a nun,\nby candle\n\n"
        "portrait of a cook\n\nNegative prompt: smoke\n\nSteps: 20, Sampler: Euler a, Seed: 7\n"
    )
    found = prompts("a.txt", text)
    assert texts(found) == [
        "portrait of a diver,\non the quay",
        "portrait of a nun,\nby candle",
        "portrait of a cook",
    ]
    assert [prompt.negative and prompt.negative.text for prompt in found] == ["blurry", None, "smoke"]
    assert found[2].parameters["Seed"] == "7"
    assert [prompt.locator for prompt in found] == [f"paragraph at line {line}" for line in (1, 5, 8)]
    again = prompts("a.txt", with_negative(text, found[1], "glare"))
    assert [prompt.negative.text for prompt in again] == ["blurry", "glare", "smoke"]


def test_comments_do_not_decide_what_a_prompt_is(prompts):
    assert texts(prompts("a.txt", "# my list:\na diver, 85mm\na nun, candle")) == [
        "a diver, 85mm",
        "a nun, candle",
    ]
    assert texts(prompts("a.txt", "# cover\n\na diver,\n85mm")) == ["a diver,\n85mm"]


def test_paragraphs_of_one_line_each(prompts):
    found = prompts("a.txt", "# portraits\n\nportrait of a diver\n\n\nportrait of a nun\n")
    assert texts(found) == ["portrait of a diver", "portrait of a nun"]
    assert all(prompt.negative_slot for prompt in found)


def test_one_infotext_may_hold_blank_lines(prompts):
    text = "portrait of a diver\n\non the quay\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, Seed: 1"
    assert texts(prompts("a.txt", text)) == ["portrait of a diver\n\non the quay"]
    text = "A diver rests.\n\nThe harbour is empty.\n\nNegative prompt: boats"
    assert texts(prompts("a.txt", text)) == ["A diver rests.\n\nThe harbour is empty."]


def test_labelled_lines_are_one_prompt(prompts):
    text = "Subject: a diver\n\n**Lighting:** low sun\n- Camera: 85mm\n"
    assert texts(prompts("a.txt", text)) == [text.strip()]


def test_a_label_of_any_section_heads_a_line(prompts):
    text = "Wardrobe and styling: an oilskin\nCatch lights: two small ones\nView outside: a quay\n"
    assert texts(prompts("a.txt", text)) == [text.strip()]


def test_labelled_paragraphs_that_start_alike_are_a_prompt_each(prompts):
    text = "Subject: a diver\nLighting: low sun\n\nSubject: a nun\nLighting: candle\n"
    assert texts(prompts("a.txt", text)) == text.strip().split("\n\n")


def test_wildcards_are_fragments(prompts):
    found = prompts("art/wildcards/hair.txt", "# hair\r\nlong, red hair\r\n  shaved \r\nbraids")
    assert texts(found) == ["long, red hair", "shaved", "braids"]
    assert all(prompt.fragment for prompt in found)


def test_a_list_of_words_is_wildcards_wherever_it_stands(prompts):
    assert all(prompt.fragment for prompt in prompts("hair.txt", "shaved\nbraids\nlong\ncurly hair\nbob\n"))


@pytest.mark.parametrize(
    "text",
    ["a diver\na nun\na cook", "a diver, 85mm\na nun, candle\na cook, smoke\na potter, clay\na smith, fire"],
)
def test_short_prompts_are_no_wildcards(prompts, text):
    found = prompts("list.txt", text)
    assert texts(found) == text.split("\n")
    assert not any(prompt.fragment for prompt in found)


def test_objects_one_a_line(prompts):
    assert len(prompts("a.txt", '{"subject": "a diver"}\n{"subject": "a nun"}\n')) == 2


@pytest.mark.parametrize(("unit", "count"), [("file", 1), ("line", 4), ("paragraph", 2)])
@pytest.mark.parametrize("name", ["a.txt", "a.prompt", "wildcards/a.prompts"])
def test_the_unit_can_be_given(prompts, name, unit, count):
    text = "a diver\na nun\n# note\n\na cook\na potter"
    assert len(prompts(name, text, unit=unit)) == count


def test_front_matter_gives_parameters_and_a_negative(prompts):
    matter = "model: flux-dev\nnegative_prompt: 'plastic skin, blur'\ntags: [a, {b: c}]\nseed: 7"
    text = f"---\n{matter}\n---\nportrait of a nun\n"
    (prompt,) = prompts("a.prompt", text)
    assert prompt.positive.text == "portrait of a nun"
    assert prompt.negative.text == "plastic skin, blur"
    assert all(piece.verbatim for piece in prompt.negative.map.pieces)
    assert prompt.parameters == {"model": "flux-dev", "seed": "7"}
    assert prompt.negative_slot is None


@pytest.mark.parametrize("value", [r'"soft\tblur"', "'it''s'", "|\n  soft\n  blur", "!!str blur", ""])
def test_a_negative_that_is_written_otherwise_is_mapped_as_a_whole(prompts, value):
    (prompt,) = prompts("a.prompt", f"---\nnegative: {value}\n---\nportrait of a nun")
    assert not any(piece.verbatim for piece in prompt.negative.map.pieces)


@pytest.mark.parametrize("value", ["soft blur 🙂", "'soft, blur'", '"soft: blur"', "''"])
def test_a_plain_or_quoted_negative_is_mapped_verbatim(prompts, value):
    (prompt,) = prompts("a.prompt", f"---\r\nnegative: {value}\r\n---\r\nportrait of a nun")
    assert prompt.negative.text == value.strip("'\"")
    assert all(piece.verbatim for piece in prompt.negative.map.pieces)


def test_the_prompts_own_negative_goes_first(prompts):
    (prompt,) = prompts("a.prompt", "---\nnegative: soft\n---\nportrait\nNegative prompt: hard")
    assert prompt.negative.text == "hard"
    assert prompt.parameters == {"negative": "soft"}


@pytest.mark.parametrize(
    "text", ["---\nportrait of a nun", "---\nportrait of a nun\n---\n", "---\n- a\n---\nnun", "--- a"]
)
def test_dashes_without_a_mapping_are_text(prompts, text):
    assert texts(prompts("a.prompt", text)) == [text.strip()]


def test_empty_front_matter(prompts):
    assert texts(prompts("a.prompt", "---\n# nothing yet\n---\nportrait of a nun")) == ["portrait of a nun"]


@pytest.mark.parametrize(
    ("matter", "line"), [("model: {{ x }}, y", "line 2"), ("a: 1\nb: c: d", "line 3"), ("a: \x07", "")]
)
def test_broken_front_matter_is_an_error_with_its_line(prompts, matter, line):
    with pytest.raises(HostError, match=rf"^{line}.*not YAML.*quote the value$"):
        prompts("a.prompt", f"---\n{matter}\n---\nportrait of a nun")


def test_line_numbers_count_the_front_matter(prompts):
    found = prompts("a.prompt", "---\nmodel: flux\n---\na diver\na nun", unit="line")
    assert [prompt.locator for prompt in found] == ["line 4", "line 5"]

from __future__ import annotations

import time

import pytest

from promptlint.hosts.infotext import parameters_of, read, split
from promptlint.hosts.spans import whole


def parts(text):
    info = split(text)
    positive = "".join(text[span.start : span.end] for span in info.positive)
    negative = None if info.negative is None else text[info.negative.start : info.negative.end]
    return positive, negative, dict(info.parameters)


def test_the_three_parts():
    text = "portrait of a diver,\n85mm\nNegative prompt: blur,\nsmoke\n"
    text += 'Steps: 20, Sampler: "Euler, a", Size: 512x768'
    assert parts(text) == (
        "portrait of a diver,\n85mm",
        "blur,\nsmoke",
        {"Steps": "20", "Sampler": "Euler, a", "Size": "512x768"},
    )


@pytest.mark.parametrize(
    "label",
    [
        "Negative prompt:",
        "negative prompt: ",
        "NEGATIVE PROMPT : ",
        "**Negative prompt:** ",
        "  Negative prompts:",
    ],
)
def test_how_a_negative_is_announced(label):
    assert parts(f"a diver\n{label}blur") == ("a diver", "blur", {})


@pytest.mark.parametrize("text", ["a diver, negative prompt: blur", "a diver\nnegative space: wide", "negative film"])
def test_what_announces_no_negative(text):
    assert parts(text) == (text, None, {})


@pytest.mark.parametrize(("text", "at"), [("a\nNegative prompt:", 18), ("a\nNegative prompt: \nSteps", 19)])
def test_an_empty_negative_is_one(text, at):
    prompt = read(whole(text.removesuffix("Steps")), ending="\n")
    assert prompt.negative.text == ""
    assert prompt.negative.map.source_offset(0) == at
    assert prompt.negative_slot is None


def test_a_negative_alone_is_a_prompt_without_words():
    prompt = read(whole("Negative prompt: blur"), ending="\n")
    assert (prompt.positive.text, prompt.negative.text) == ("", "blur")


def test_nothing_is_no_prompt():
    assert read(whole("\n"), ending="\n") is None
    assert read(whole("Negative prompt:\n"), ending="\n") is None


@pytest.mark.parametrize("label", ["Prompt: ", "prompt:\n", "Positive prompt：", "**Prompt:** "])
def test_a_label_of_the_prompt_is_not_part_of_it(label):
    assert parts(f"{label}a diver\nNegative prompt: blur") == ("a diver", "blur", {})


@pytest.mark.parametrize(
    "line",
    [
        "Steps: 20, Seed: 1",
        "Subject: a diver, Lighting: low sun, Camera: 85mm",
        "a diver, Steps: 20",
        "",
    ],
)
def test_lines_that_are_no_parameters(line):
    assert parameters_of(line) == {}


def test_values_of_parameters():
    line = r'Steps: 9, Seed: 1, Note: "say \"hi\", you", junk, Bad: "open, Version: v1.9, Empty:'
    assert parameters_of(line) == {
        "Steps": "9",
        "Seed": "1",
        "Note": 'say "hi", you',
        "Bad": '"open',
        "Version": "v1.9",
        "Empty": "",
    }
    assert parameters_of(r'Steps: 9, Seed: 1, Path: "C:\x"')["Path"] == r"C:\x"


def test_labels_after_the_negative_belong_to_the_prompt():
    text = "Subject: a diver\nNegative prompt: blur\nsmoke\nLighting: low sun\nCamera: 85mm"
    assert parts(text) == ("Subject: a diver\nLighting: low sun\nCamera: 85mm", "blur\nsmoke", {})
    prompt = read(whole(text), ending="\n")
    assert len(prompt.positive.map.pieces) == 2


def test_without_labels_before_it_a_negative_keeps_its_own():
    assert parts("a diver\nNegative prompt: blur\nStyle: cartoon")[1] == "blur\nStyle: cartoon"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "a: " * 60_000,
        'Steps: "' * 30_000,
        'a: "\\", ' * 30_000,
        "," * 200_000,
        " " * 200_000 + "x",
        "negative prompt" + " " * 200_000,
        "Subject" + " " * 200_000 + "x",
        "[" * 200_000,
        "-  " * 60_000,
    ],
)
def test_time_is_linear(text):
    start = time.perf_counter()
    split(text + "\n" + text)
    assert time.perf_counter() - start < 2

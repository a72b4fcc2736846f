"""What is no brief of a picture, kind by kind, and what is one though it looks like such a text."""

from __future__ import annotations

import pytest

from promptlint import lint_text

ABSENT = ("missing-lighting", "missing-environment", "missing-lens", "missing-film-stock")


def rules(text: str) -> set[str]:
    return {one.rule for one in lint_text(text, preset="all").diagnostics}


@pytest.mark.parametrize(
    "text",
    [
        # talk about prompts and tools, and to readers
        "The prompt for the weaver turned out longer than planned",
        "Same weaver, made with Nano Banana Pro",
        "**Prompt C — The weaver's loom**",
        "You can use the second box to add a loom of your own",
        "I tried a loom with two weavers and lost one of them",
        "Short notes on prompt engineering for weavers",
        # what goes on with a talk, and tasks for an assistant
        "And (broad, sturdy) shoulders",
        "It should feel like a village fair",
        "Show me 20 minutes earlier",
        "Search for last year's harvest figures and show them as bales of hay",
        "Print it out, then write remarks in the margin",
        "Solve the sum on the slate",
        # forms to fill in
        "Photograph [dish].\nPlate: [shape and color]\nGarnish: [herbs]\nTable: [wood or stone]",
        "**Room:** [kind of room]\n**Chairs:** [number of chairs]",
        # comments and lists
        "Harrow 320 # soft, low contrast",
        "tench\nbream\nroach\nperch\npike\nzander",
        "640\nx2 1280\nx3 1920",
        # pieces of JSON
        '{"subject": {"person": "a weaver", "clothes": "an apron and',
        '"person": "a weaver", "hands": "on the loom"}, "format": "square"}',
        '"a weaver at her loom", "hands": {"left": "on the shuttle"}',
        '{"edit_type": "swap", "keep": "the weaver", "change": "the loom"}',
        # a look and nothing else
        "Sepia filter",
        "Canon EOS R5",
        "90s compact camera quality",
        "dark moody lighting",
        "Color: duotone, teal shadows and cream highlights",
        "The photo is composed on a diagonal: the subject leaning into the frame, the horizon tilted with it.",
        "The image has soft milky blacks, faded reds and the charm of an old slide.",
        "The photo is taken from below: the subject rising against the sky.",
        # names
        "Mill and Bakehouse of Ostermark and its Granaries",
        "The Works of Alma Thornbury in Ostermark",
        "The Medieval Bridges between Ostermark and Wexley",
        "Jan van der Wexley the elder",
        # chat
        "Would you believe it? 🎉 The weaver got her loom back!",
    ],
)
def test_nothing_is_missing(text: str) -> None:
    assert not rules(text) & {*ABSENT, "missing-negative"}


@pytest.mark.parametrize(
    "text",
    [
        # labels and keys that say "prompt"
        "Prompt: a weaver at her loom",
        "**Prompt:** a weaver at her loom",
        "Prompt 2: a weaver at her loom",
        "Prompt\na weaver at her loom",
        '{"prompt": "a weaver at her loom"}',
        # one hole is no form; a list in YAML is none at all
        "Portrait of a weaver. Scarf: [color]",
        # several lines of tags, and a number sign
        "weaver, loom\nwool, basket\nwooden floor, apron\ngray hair, braid\nshuttle",
        "a weaver at loom # 4",
        # whole JSON with a brace too few, and with an inch sign
        '{"person": "a weaver at her loom", "hands": {"left": "on the shuttle"}',
        '{"person": "a weaver at her loom", "loom": "40\\" wide", "floor": "wooden planks"}',
        # captions that name who is shown
        "The photo is composed on a diagonal: a weaver leaning over her loom",
        "The image is a close-up of a weaver at her loom",
        "The scene is a weaver's workshop with two looms",
        # a lamp that is shown, and things behind "of"
        "photo of a weaver",
        "close-up of a quoin",
        # a title of somebody who does something
        "A Woman Walking Along The Beach With Her Dog",
        "Let the shuttle rest: a weaver asleep at her loom",
    ],
)
def test_something_is_missing(text: str) -> None:
    assert "missing-film-stock" in rules(text)


def test_a_lamp_can_be_what_is_shown() -> None:
    assert "missing-lens" in rules("neon sign")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Create a flyer for a jumble sale", "artwork"),
        ("Please generate an image of a bank statement of a miller", "artwork"),
        ("Make a colorful chart of the rivers of Ostermark", "artwork"),
        ("Create an image that explains how a loom works", "artwork"),
        (
            "[日本語]\n機織りの学校の時間割を作ってください\n[English]\nCreate a calendar page for a school of weavers",
            "artwork",
        ),
        ("Roadmap of a spinning mill, in four steps", "artwork"),
        # something else is asked for, and a document is beside it
        ("Create a portrait of a weaver reading a menu", "portrait"),
        ("Photograph of a weaver handing out a flyer, 50mm f/2", "portrait"),
        ("A weaver at her loom. Make a flyer visible on the wall.", "portrait"),
        ("Create a quoin, a menu leaning on it", "photo"),
        # what is pointed at or put somewhere is an edit
        ("Show the parts of this product", "edit"),
        ("Place the loom beside the window", "edit"),
        # a place that is named after people
        ("pharaoh city", "photo"),
        ("a sailor in a harbor town", "portrait"),
    ],
)
def test_intent(text: str, intent: str) -> None:
    assert lint_text(text).brief.intent == intent

"""Many fixes on one prompt agree with each other, with the scene, and with the way the prompt is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import promptlint
from promptlint.config import Config
from promptlint.rules import builtin


def fixed(text: str, **given: str) -> str:
    return promptlint.fix_text(text, unsafe=True, **given).text


@pytest.mark.parametrize(
    ("text", "there", "absent"),
    [
        ("portrait of a taxi driver on a wet street at night", ["street lamp", "CineStill 800T"], ["window", "sun"]),
        ("monochrome portrait of a driver on a street at night", ["street lamp", "Tri-X 400 film pushed"], ["800T"]),
        ("portrait of a singer at midnight", ["city street", "street lamp", "CineStill 800T"], ["overcast", "cafe"]),
        ("black and white portrait of a cellist", ["small theater", "Ilford HP5 Plus"], ["Portra", "CineStill"]),
        ("black and white portrait of a cellist, vivid colors", ["Ilford HP5 Plus"], ["palette", "vivid"]),
        ("portrait of a girl, snow is falling", ["snow-covered street", "overcast light"], ["cafe", "window"]),
        ("portrait of a boy on a beach in summer", ["golden-hour sunlight", "Kodak Gold 200"], ["overcast"]),
        ("portrait of an accountant", ["open-plan office", "window light"], ["cafe"]),
        ("portrait of a pastry chef", ["restaurant kitchen", "window light"], ["cafe"]),
        ("portrait of a bride with a veil", ["rose garden", "daylight"], ["cafe", "window"]),
        ("portrait of a sprinter in running shorts", ["running track", "daylight"], ["cafe", "window"]),
        ("headshot of a dentist", ["photo studio", "octabox", "85mm"], ["cafe", "window"]),
        ("selfie of a student", ["classroom", "28mm", "window light"], ["cafe"]),
        ("portrait of a clerk in an office, shallow depth of field", ["85mm lens at f/1.8"], ["f/8"]),
        ("photo of a cat on a sofa, sunny", ["hard sunlight"], ["overcast"]),
    ],
)  # fmt: skip
def test_choices_agree_with_the_scene(text: str, there: list[str], absent: list[str]) -> None:
    made = fixed(text)
    assert [words for words in there if words not in made] == [], made
    assert [words for words in absent if words in made.replace(text, "")] == [], made
    assert fixed(made) == made


@pytest.mark.parametrize(
    "text",
    [
        "Estilo: retrato de una mujer en el campo con luz natural y una sonrisa",
        "Ein Mann mit einem Hut und einer Brille steht auf der Straße",
        "一张人像照片，自然光",
        "Create a picture of our quarterly results",
        "Style: muted color, fine grain, soft shadows",
        "Style and tones: Kodak Gold 200 with warm skin tones, soft shadows, gentle contrast",
        "python run.py --steps=<steps> --loop",
    ],
)
def test_where_nothing_is_known_nothing_is_chosen(text: str) -> None:
    assert fixed(text) == text or "Kodak" not in fixed(text)
    assert "cafe" not in fixed(text)


# What stands between ‹ and › is put in.
WAYS_TO_WRITE = [
    "a cook in a kitchen at noon，85mm f/2，freckles‹，Kodak Portra 400 film›",
    "a cook in a kitchen at noon | 85mm f/2 | freckles‹ | Kodak Portra 400 film›",
    "a cook in a kitchen at noon; 85mm f/2; freckles‹; Kodak Portra 400 film›",
    "a cook,in a kitchen at noon,85mm f/2,freckles‹,Kodak Portra 400 film›",
    "a cook\nin a kitchen at noon\n85mm f/2\nfreckles‹\nKodak Portra 400 film›",
    "a cook in a kitchen at noon, 85mm f/2, freckles‹, Kodak Portra 400 film›,",
    "A COOK IN A KITCHEN AT NOON, 85MM F/2, FRECKLES‹, KODAK PORTRA 400 FILM›",
    "a cook in a kitchen at noon, 85mm f/2, freckles‹, Kodak Portra 400 film› --ar 3:4 --v 7",
    "a cook in a kitchen at noon, 85mm f/2, (freckles:1.2)‹, Kodak Portra 400 film›",
    "a cook in a kitchen at noon, 85mm f/2, (freckles, a scar)‹, Kodak Portra 400 film›, <lora:cook:0.6>",
    '"a cook in a kitchen at noon, 85mm f/2, freckles‹, Kodak Portra 400 film›"',
    "A cook with freckles stands in a kitchen at noon, shot at f 1. 8 by his brother.‹ Shot on Kodak Portra 400 film.›",
    "a cook stands in a kitchen at noon. he has many freckles.‹ shot on Kodak Portra 400 film.›",
    "A cook with freckles stands in the middle of\na kitchen at noon. He looks\nat us‹. Shot on Kodak Portra 400 film›",
    "Subject: a cook\n\nSetting: a kitchen at noon\n\nCamera: 85mm f/2‹\n\nFilm: Kodak Portra 400 film›",
    "- **Subject**: a cook\n- **Setting**: a kitchen at noon‹\n- **Film**: Kodak Portra 400 film›",
    "1. Subject: a cook, freckles\n2. Setting: a kitchen at noon‹\n3. Film: Kodak Portra 400 film›",
    "A cook with freckles stands in a kitchen at noon. He laughs.‹ Shot on Kodak Portra 400 film.› Aspect ratio 2:3.",
    "A cook with freckles stands in a kitchen, zeiss 5 0 mm f 1. 8 lens.‹ Shot on Kodak Portra 400 film.›",
    "A cook with freckles stands in a kitchen at noon.‹ Shot on Kodak Portra 400 film.›\n\nMotion: the pans fly away",
    "A cook with freckles stands in a kitchen. He laughs.‹ Shot on Kodak Portra 400 film.› 2:3 vertical image.",
    "A cook with freckles stands in a kitchen. He laughs.‹ Shot on Kodak Portra 400 film.›\nNote:\n- His hat is red.",
    "A cook with freckles stands in a kitchen. He laughs.‹ Shot on Kodak Portra 400 film.›\nSize 1080x1350. #cook",
    "A cook with freckles stands in a kitchen. He laughs.‹ Shot on Kodak Portra 400 film.› No text, no frame.",
    "A cooking scene: a cook with freckles in a kitchen at noon. He laughs.‹ Shot on Kodak Portra 400 film.›",
    "SUBJECT:\na cook, freckles\n\nPLACE:\na kitchen at noon‹\n\nFILM:\nKodak Portra 400 film›\n\nSTYLE:\ndocumentary",
    "Subject: a cook, freckles‹\nFilm: Kodak Portra 400 film›\nStyle: documentary photo, a kitchen at noon",
    '{"Subject": "a cook", "Place": ["a kitchen", "noon"], "Camera": "85mm f/2"‹, "Film": "Kodak Portra 400 film"›}',
    '{\n  "prompt": {\n    "subject": "a cook in a kitchen at noon"‹,\n    "film": "Kodak Portra 400 film"›\n  }\n}',
]


@pytest.mark.parametrize("marked", WAYS_TO_WRITE)
def test_what_is_put_in_speaks_the_prompts_way(marked: str) -> None:
    only_film = Config(root=Path("/")).with_options(select=("missing-film-stock",))
    made = promptlint.fix_text(re.sub("‹.*?›", "", marked, flags=re.DOTALL), unsafe=True, config=only_film)
    assert made.text == marked.replace("‹", "").replace("›", "")


@pytest.mark.parametrize(
    "marked",
    [
        "1 Subject: a woman with freckles\n2 Camera style: low angle‹, 50mm lens at f/2›\n3 Strategy: documentary",
        "Subject: a woman with freckles. Camera: low angle‹, 50mm lens at f/2›. Mood: calm.\nStyle: documentary photo",
        "Subject: a woman with freckles\nCamera: low angle‹, 50mm lens at f/2›.\nStyle: documentary photo",
        '{"subject": "a woman in a kitchen at noon", "camera": {"angle": "low"‹, "lens": "50mm lens at f/2"›}}',
        '{"subject": "a woman in a kitchen at noon", "camera": "low angle‹, 50mm lens at f/2›"}',
        '{"subject": "a woman in a kitchen at noon", "camera": ["low angle"‹, "50mm lens at f/2"›]}',
    ],
)
def test_what_a_section_lacks_is_put_under_its_label(marked: str) -> None:
    only_lens = Config(root=Path("/")).with_options(select=("missing-lens",))
    made = promptlint.fix_text(re.sub("‹.*?›", "", marked), unsafe=True, config=only_lens)
    assert made.text == marked.replace("‹", "").replace("›", "")


def test_every_place_that_can_be_chosen_says_whether_it_is_indoors() -> None:
    rule = next(rule for rule in builtin() if rule.name == "missing-environment")
    for fix in rule.file.fixes:
        assert fix.insert is not None
        brief = promptlint.lint_text(f"portrait of somebody, {fix.insert}").brief
        settings = {one.concept.attributes.get("setting") for one in brief.of(["place"])} - {None}
        assert len(settings) == 1, fix.insert


def test_british_prompts_get_british_words() -> None:
    text = "a cook in a grey coat in a kitchen, colourful tiles"
    only = fixed("portrait of a man in a suit and tie, grey hair, colour photo, headshot")
    assert "plain grey seamless backdrop" in only
    assert fixed(text) == fixed(text)
    assert "plain gray seamless backdrop" in fixed("portrait of a man in a suit and tie, gray hair, headshot")


def test_words_that_others_hang_on_stay() -> None:
    text = "A cook stands in a hotel kitchen. Soft natural light fills the tiled room around her. She smiles."
    made = fixed(text)
    assert "Soft natural light fills the tiled room around her." in made
    assert "Soft window light falls from camera left at 5200K." in made


def test_light_is_told_of_where_light_is_the_matter() -> None:
    text = "A cook in a kitchen, her hair catching the light. She smiles. The lighting is soft and calm. She rests."
    assert "catching the light. Soft" not in fixed(text)


def test_the_same_is_not_said_twice() -> None:
    made = fixed(
        "portrait of a cook in a kitchen, vivid, window light, 85mm, freckles, film grain, shot on film, vibrant colors"
    )
    assert made.count("muted, natural palette") == 1
    assert made.count("Kodak Portra 400") == 1


def test_a_house_style_is_kept(tmp_path: Path) -> None:
    config = tmp_path / "promptlint.toml"
    config.write_text(
        '[house]\nfilm = "Kodak Gold 200"\nlens = "40mm lens at f/2.8"\nlight = "a bare bulb from above at 2700K"\n'
    )
    made = promptlint.fix_text("portrait of a cook on a street at night", config=config, unsafe=True).text
    for words in ("Kodak Gold 200", "40mm lens at f/2.8", "a bare bulb from above at 2700K"):
        assert words in made
    assert "CineStill" not in made

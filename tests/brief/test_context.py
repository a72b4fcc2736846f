"""Words that mean something else beside others, and texts that are no brief."""

from __future__ import annotations

import pytest

from promptlint import lint_text


def rules(text: str) -> set[str]:
    return {one.rule for one in lint_text(text, preset="all").diagnostics}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        # an artwork asked for, and one that hangs in a photograph
        ("oil painting of a mill", "artwork"),
        ("an oil painting hanging above the bar of an inn, 35mm f/2.8", "photo"),
        ("a potter below an oil painting, 50mm f/2", "portrait"),
        ("collector of anime figurines in his hallway, 28mm f/2.8", "portrait"),
        # people, and what only sounds like them
        ("coffee farmer drying beans", "portrait"),
        ("elephant mother with her baby at a waterhole", "photo"),
        ("mother with her baby at a market", "portrait"),
        ("emperor penguins on a ridge", "photo"),
        ("photograph for an estate agent: a hallway with a stone floor", "photo"),
        ("a statue of a queen in a square, 50mm", "photo"),
        # edits without a determiner, and new pictures that use a reference
        ("Recolor cushions in bottle green, keep the seams", "edit"),
        ("Using the attached photo, replace her scarf with a shawl. Keep the face.", "edit"),
        ("Create a portrait of a woman from the reference photo, sitting in a bakery at dawn, 50mm f/2", "portrait"),
        ("Keep the face of the man in the uploaded photo.", "edit"),
        ("Show the same woman at four ages", "edit"),
        # pages, cards and screens, and photographs with such things in them
        ("A double-page spread about beekeepers", "artwork"),
        ("live stream interface with a young man selling kettles", "artwork"),
        ("a clerk handing over a business card, 85mm f/2", "portrait"),
    ],
)
def test_intent(text: str, intent: str) -> None:
    assert lint_text(text).brief.intent == intent


@pytest.mark.parametrize(
    ("silent", "fires"),
    [
        ("a cook on a windswept ridge", "a cook with a tray, ridge in hand"),
        ("a weaver, Highland glen", "a weaver, tartan"),
        ("a rower on the trail", "a rower, trail of smoke in her hair"),
        ("a clown, studio, 85mm", "a clown, studio lighting, 85mm"),
        ("a nurse in a rusty bus", "a nurse beside a rusty bus"),
        ("a widow in her mountain home", "a widow, home-made dress"),
        ("a glider flying through a bright blue sky", "a glider, bright blue sky"),
    ],
)
def test_words_that_are_places_by_their_preposition(silent: str, fires: str) -> None:
    assert "missing-environment" not in rules(silent)
    assert "missing-environment" in rules(fires)


@pytest.mark.parametrize(
    ("silent", "fires"),
    [
        ("a smith, light from the open hatch", "a smith, light from all sides"),
        ("a smith, the glow of the ingot on his arms", "a smith, the glow of the scene"),
        ("a smith, sunlight through reed mats", "a smith, bright sunlight"),
        ("a smith, soft light on his face from below", "a smith, soft light on his face"),
        ("a smith, overhead workshop lights", "a smith, workshop lights"),
        ("a smith, sunlight on half his face", "a smith, sunlight, half body"),
        ("a smith, tall windows letting in soft daylight", "a smith, soft daylight"),
        ("a smith, the screen casting a faint glow", "a smith, a faint glow"),
        ("a smith, sunlight filters down from the roof", "a smith, sunlight"),
    ],
)
def test_light_from_what_no_list_knows_is_a_source(silent: str, fires: str) -> None:
    assert "vague-lighting" not in rules(silent)
    assert "vague-lighting" in rules(fires)


@pytest.mark.parametrize(
    ("silent", "fires"),
    [
        ("a nun, candle light, matching light beige coat", "a nun, matching light"),
        ("a nun by a street lamp, light mittens", "a nun, light on her mittens"),
        ("a nun with luminous eyes", "a nun with luminous windows"),
        ("Skin tone: light, Hair: grey, Setting: chapel", "Lighting: light, Hair: grey, Setting: chapel"),
        ("a nun with light but careful make-up", "a nun, soft light but dull colors"),
        ("the nun looks the same under all lighting conditions", "a nun, dim lighting conditions"),
    ],
)
def test_light_that_is_pale_or_thin_or_any_is_no_wish_for_light(silent: str, fires: str) -> None:
    assert "vague-lighting" not in rules(silent)
    assert "vague-lighting" in rules(fires)


@pytest.mark.parametrize(
    ("silent", "fires"),
    [
        ("a diver with cheeks cracked by salt", "a diver beside a cracked hull"),
        ("a diver, peeling nose", "a diver, peeling paint"),
        ("farmers with hats hiding their faces", "farmers with hats"),
        ("a dancer walking away from the camera", "a dancer walking toward the camera"),
        ("a tiny figure on a glacier", "a woman on a glacier"),
    ],
)
def test_skin_is_worn_or_not_to_be_seen(silent: str, fires: str) -> None:
    assert "missing-skin-detail" not in rules(silent)
    assert "missing-skin-detail" in rules(fires)


@pytest.mark.parametrize(
    "text",
    [
        "年轻女子的肖像，红色外套",
        "Retrato de una mujer con un abrigo rojo y el pelo suelto",
        "You are a seasoned art director. Plan a campaign for a brand of shoes.",
        "pip install something",
        "Camera: 85mm lens, low angle",
        "extra fingers, bad anatomy, blurry, watermark, deformed hands, low quality",
        # names, with numbers, asides and joining words
        "Alma Thornbury, 3rd Countess of Wexley",
        "Marsh Tern x Little Grebe (hybrid)",
        "Chapel and Mill of the Weavers in Ostermark",
        # what to wear, and nobody who does
        "rain coat, rubber boots, knitted cap, wool gloves, corduroy trousers",
        "GARDENER, spade, compost, twine, straw, seedlings, watering, patience",
        # a look, notes and comments
        "The photo is in the style of a school yearbook: flat color and a woman squinting",
        "# names of sailors",
        "</details>\n\n## A woman in red",
    ],
)
def test_nothing_is_missing_from_what_is_no_brief(text: str) -> None:
    assert not {rule for rule in rules(text) if rule.startswith("missing-") and rule != "missing-negative"}


@pytest.mark.parametrize(
    "text",
    [
        "Portrait of Alma Thornbury in Ostermark",
        "Alma Thornbury feeding terns",
        "a gardener, rain coat, rubber boots, knitted cap, wool gloves, corduroy trousers",
        "RAW, gardener, spade, compost, twine, straw, seedlings, patience",
    ],
)
def test_a_short_brief_is_a_brief(text: str) -> None:
    assert "missing-lighting" in rules(text)


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("a priest, high detail on the lace", False),
        ("a priest, high fidelity to the lace", False),
        ("Skin: extremely realistic, Place: chapel", False),
        ("a priest in lace, high detail", True),
    ],
)
def test_a_booster_of_one_thing_is_none(text: str, fires: bool) -> None:
    assert ("vague-quality" in rules(text)) is fires


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("a fox, its coat vibrant against the snow", False),
        ("a vibrant, ice-cold can of lime soda", False),
        ("a can of lime soda, vibrant", True),
        ("a can of lime soda in vibrant colors", True),
    ],
)
def test_an_adjective_of_a_thing_is_no_wish_for_the_picture(text: str, fires: bool) -> None:
    assert ("saturated-color" in rules(text)) is fires


def test_a_negative_list_in_a_piece_of_json_says_what_is_not_wanted() -> None:
    piece = '"skin": "freckles", "negative_prompt": "porcelain skin, doll face"'
    assert "perfection-wording" not in rules(piece)


def test_a_value_of_yaml_describes_and_a_caption_does_not() -> None:
    text = 'Character:\n  hair: "grey"\nLighting:\n  type: "{}"\nSign text: "SUNSET BAR"\n'
    assert "missing-lighting" not in rules(text.format("soft window light"))
    assert "missing-lighting" in rules(text.format("as you like"))
    assert "missing-lighting" in rules('a baker, sign that says: "soft window light"')

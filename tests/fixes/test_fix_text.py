"""What fixes make of prompts in each way of writing."""

from __future__ import annotations

import pytest

import promptlint


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("masterpiece, portrait of a cook", "portrait of a cook"),
        ("portrait of a cook, masterpiece", "portrait of a cook"),
        ("portrait of a cook, (masterpiece:1.2), in a kitchen", "portrait of a cook, in a kitchen"),
        ("((best quality)), portrait of a cook", "portrait of a cook"),
        ("masterpiece, best quality, 8k, portrait of a cook", "portrait of a cook"),
        ("A stunning portrait of a cook.", "A portrait of a cook."),
        ("An amazing portrait of a cook.", "A portrait of a cook."),
        ("A stunning and sad portrait of a cook.", "A sad portrait of a cook."),
        ("A sad and stunning portrait of a cook.", "A sad portrait of a cook."),
        ("Stunning portrait of a cook", "Portrait of a cook"),
        ("portrait of a cook, 8k --ar 3:4", "portrait of a cook --ar 3:4"),
    ],
)
def test_boosters_are_taken_out(text: str, fixed: str) -> None:
    report = promptlint.lint_text(text)
    assert "vague-quality" in {one.rule for one in report.diagnostics}
    only = promptlint.fix_text(text)
    assert (
        only.text.replace(", visible pores, fine vellus hair, natural skin texture", "").replace(
            " The skin shows visible pores, fine vellus hair and natural texture.", ""
        )
        == fixed
    )


def test_a_structured_prompt_gets_a_key() -> None:
    text = '{\n  "subject": "a cook with a scarred chin",\n  "camera": "85mm f/2"\n}'
    fixed = promptlint.fix_text(text, unsafe=True).text
    assert '"lighting": "' in fixed
    assert fixed.startswith('{\n  "subject": "a cook with a scarred chin"')
    assert fixed.endswith("\n}")


def test_a_labelled_prompt_gets_a_line() -> None:
    text = "**Subject:** a cook with a scarred chin\n**Setting:** in a hotel kitchen\n**Camera:** 85mm f/2"
    fixed = promptlint.fix_text(text, unsafe=True).text
    assert "\n**Lighting:** soft window light from camera left at 5200K\n**Camera:**" in fixed


def test_prose_gets_a_sentence() -> None:
    text = "A cook with a scarred chin stands in a hotel kitchen. Shot with an 85mm lens at f/2 on Kodak Portra 400."
    fixed = promptlint.fix_text(text, unsafe=True).text
    assert "stands in a hotel kitchen. Soft window light falls from camera left at 5200K. Shot with" in fixed


def test_the_house_style_is_a_given(tmp_path) -> None:  # type: ignore[no-untyped-def]
    config = tmp_path / "promptlint.toml"
    config.write_text('[house]\nfilm = "Kodak Gold 200"\nnegative = "smooth skin"\n')
    fixed = promptlint.fix_text("portrait of a cook in a kitchen, a bare bulb, 85mm", config=config)
    assert "Kodak Gold 200" in fixed.text
    assert fixed.negative == "smooth skin"


def test_an_article_stays_for_the_noun_it_belongs_to() -> None:
    fixed = promptlint.fix_text("A beautiful, highly detailed, photorealistic portrait of a cook, freckles")
    assert fixed.text == "A photorealistic portrait of a cook, freckles"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ('{"subject": "a barn in a field", "quality": "8k"}', '{"subject": "a barn in a field"}'),
        ('{"quality": "8k", "subject": "a barn in a field"}', '{"subject": "a barn in a field"}'),
        ('{"a": {"quality": "8k"}, "subject": "a barn"}', '{"a": {"quality": "8k"}, "subject": "a barn"}'),
        ('{"look": "8k, a field", "subject": "a barn"}', '{"look": "a field", "subject": "a barn"}'),
        ("a barn in a field:\n- 8K\n- old boards", "a barn in a field:\n- old boards"),
        ("a barn in a field:\n- old boards\n- Ultra HD.", "a barn in a field:\n- old boards"),
        ("Subject: a barn\nQuality: 8k, masterpiece\nPlace: a field", "Subject: a barn\nPlace: a field"),
        ("Photo of a barn.\nMasterpiece.\nFog at dawn.", "Photo of a barn.\nFog at dawn."),
        (
            "Scene: a gift on a table\nLimits: No people, no text.\nLight: warm lamp",
            "Scene: a gift on a table\nLight: warm lamp",
        ),
        *[(text, text) for text in ["A gift on a table. Background: no people. Light: a lamp."]],
    ],
)
def test_no_key_bullet_or_label_is_left_with_nothing(text: str, made: str) -> None:
    assert promptlint.fix_text(text).text == made

"""The weak and the strong prompt that the project starts from, and phrases that look wrong and are right."""

from __future__ import annotations

import pytest

import promptlint

WEAK = "Beautiful woman taking selfie, realistic"
STRONG = (
    "Woman in her mid-twenties taking a selfie outdoors at golden hour, 85mm f/1.4, shallow depth of field, warm "
    "directional sunlight from the left, Rembrandt lighting, visible pores, slight sebum sheen on the nose, loose hair "
    "catching the light, Kodak Portra 400 film grain"
)
FIVE = {
    "vague-lighting",
    "missing-lighting",
    "missing-film-stock",
    "vague-film-stock",
    "missing-environment",
    "vague-environment",
    "perfection-wording",
    "missing-negative",
}


def fired(text: str, **more: str) -> dict[str, str]:
    return {one.rule: str(one.severity) for one in promptlint.lint_text(text, **more).diagnostics}  # type: ignore[arg-type]


def test_the_weak_prompt_is_told_all_that_it_lacks_and_nothing_else() -> None:
    assert set(fired(WEAK)) == {
        "missing-environment",
        "missing-lighting",
        "missing-lens",
        "missing-skin-detail",
        "missing-film-stock",
        "missing-negative",
        "vague-quality",
    }


def test_both_empty_words_of_the_weak_prompt_are_found() -> None:
    found = [one for one in promptlint.lint_text(WEAK).diagnostics if one.rule == "vague-quality"]
    assert [WEAK[one.span.start : one.span.end] for one in found] == ["Beautiful", "realistic"]


def test_the_weak_prompt_is_mended_into_a_brief_and_stays_so() -> None:
    fixed = promptlint.fix_text(WEAK, unsafe=True)
    assert fired(fixed.text, negative=fixed.negative or "") == {}
    again = promptlint.fix_text(fixed.text, negative=fixed.negative, unsafe=True)
    assert (again.text, again.negative, again.applied) == (fixed.text, fixed.negative, ())


def test_safe_fixes_choose_nothing_for_the_author() -> None:
    fixed = promptlint.fix_text(WEAK)
    assert set(fixed.applied) == {"missing-skin-detail", "missing-negative", "vague-quality"}


def test_the_strong_prompt_passes() -> None:
    found = fired(STRONG)
    assert not [rule for rule, severity in found.items() if severity == "error"]
    warned = {rule for rule, severity in found.items() if severity == "warning"}
    assert warned & FIVE <= {"missing-negative"}
    assert found.get("vague-environment", "info") == "info"


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        (
            "portrait of a cook, Diffused overcast light from above-left at 6500K",
            {"vague-lighting", "missing-lighting"},
        ),
        ("portrait of a cook, window light, single direction", {"vague-lighting", "missing-lighting"}),
        ("portrait of a cook, studio octabox from left", {"vague-lighting", "missing-lighting"}),
        ("portrait of a cook, overcast, no hard shadows", {"vague-lighting", "missing-lighting"}),
        ("portrait of a cook, imperfect skin", {"perfection-wording"}),
        ("portrait of a cook, unretouched", {"perfection-wording", "missing-skin-detail"}),
        ("portrait of a cook, perfect for a headshot", {"perfection-wording"}),
        ("portrait of a cook at 4000K", {"vague-quality", "vague-lighting", "missing-lighting"}),
    ],
)
def test_no_false_alarm(text: str, silent: set[str]) -> None:
    assert not set(fired(text)) & silent


def test_portrait_is_no_film() -> None:
    assert "missing-film-stock" in fired("portrait of a portraitist, portraits on the wall")


def test_4k_is_a_booster_and_4000k_is_light() -> None:
    text = "portrait of a cook in a kitchen, 4K, lamp light at 4000K"
    found = promptlint.lint_text(text).diagnostics
    assert [text[one.span.start : one.span.end] for one in found if one.rule == "vague-quality"] == ["4K"]


def test_a_model_without_negative_prompt_is_not_asked_for_one() -> None:
    assert "missing-negative" in fired(WEAK, model="Realistic Vision v5.1")
    assert "missing-negative" not in fired(WEAK, model="Flux 1.1 Pro Ultra")

"""The scorer counts as it says."""

from __future__ import annotations

from tests.gold.score import Score, Tally, homes, located


def test_the_longer_phrase_has_the_word() -> None:
    text = "window light, a boat by the window"
    found = homes(text, located(text, {"environment": ["window"], "lighting": ["window light"]}))
    assert {text[start:end] + str(start): home for (start, end), home in found.items()} == {
        "window0": "lighting",
        "light7": "lighting",
        "window28": "environment",
    }


def test_a_flag_counts_once_and_by_prompt() -> None:
    score = Score()
    prompt = {"id": "one", "text": "masterpiece, best quality, a ferry in Oban at sunset", "negative": None}
    flags = {"missing-lens": True, "perfection-wording": ["ferry"]}
    score.add(prompt, {"id": "one", "intent": "photo", "sections": {"subject": ["ferry"]}, "flags": flags})
    assert score.intents == 1
    assert score.flags["vague-quality"] == Tally(extra=1)
    assert score.flags["missing-lens"] == Tally(hit=1)
    assert score.flags["perfection-wording"] == Tally(missed=1)
    assert [miss.split()[0] for miss in score.misses["perfection-wording"]] == ["one"]


def test_shares() -> None:
    assert (Tally(3, 1, 2).precision, Tally(3, 1, 2).recall) == (0.75, 0.6)
    assert (Tally().f1, Tally(missed=1).f1) == (1.0, 0.0)

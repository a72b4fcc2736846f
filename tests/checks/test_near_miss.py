"""Slips of the pen in terms of the craft, and words that only look like one."""

from __future__ import annotations

import pytest

from promptlint.brief import reader
from promptlint.checks.near_miss import NearMiss
from promptlint.linter import Linter
from promptlint.rules import builtin

(RULE,) = (rule for rule in builtin() if rule.name == "misspelled-term")
LINTER = Linter([RULE], reader())


def mended(text: str) -> str:
    return LINTER.fix(text).text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("a pear, Rembrant light", "a pear, Rembrandt light"),
        ("a pear, rembrnadt light", "a pear, Rembrandt light"),
        ("a pear, KODACK", "a pear, KODAK"),
        ("Silouette of a pear", "Silhouette of a pear"),
        ("a pear, flourescent tubes", "a pear, fluorescent tubes"),
        ("a pear, (bokhe:1.2)", "a pear, (bokeh:1.2)"),
        ("a pear, chiarscuro and daguerrotype", "a pear, chiaroscuro and daguerreotype"),
    ],
)
def test_slips(text: str, right: str) -> None:
    assert mended(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "portraits, silhouettes, backgrounds, a silhouetted pear",
        "impressionismo, fotografia, illustraties, cinematics",
        "Kodiak, kojak, lightning, phonography, florescent",
        "<lora:cinematc:0.7>, @kodack, #bokhe, kodack.jpg, https://a.example/bokhe",
        'a sign that reads "silouette"',
        "KodAck and boKhe",
        "bok, box, tung",
    ],
)
def test_no_slips(text: str) -> None:
    assert mended(text) == text


def test_no_word_of_the_vocabulary_is_a_slip() -> None:
    assert isinstance(RULE.check, NearMiss)
    terms = {term.lower() for term in RULE.check.terms}
    # Misspellings that the knowledge reads are slips for this rule, and these names say so.
    read_as = {"light.pattern", "film.stock", "film.brand"}
    slips = set()
    for term, concept in reader().lexicon.items():
        for word in term.split():
            if word not in terms and word.isascii() and word.isalpha() and len(word) > 4:
                found = RULE.check._nearest(word)
                if found and read_as.isdisjoint(concept.prefixes):
                    slips.add(word)
    assert slips == set()


def test_no_exception_is_without_a_term() -> None:
    assert isinstance(RULE.check, NearMiss)
    free = NearMiss(terms=RULE.check.terms)
    assert [word for word in RULE.check.words if not free._nearest(word)] == []

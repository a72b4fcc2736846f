"""No term belongs to two concepts by accident: where two claim it, rank says whose it is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from promptlint.brief import lexicon
from promptlint.brief.compiling import TABLES
from promptlint.brief.knowledge import BUILTIN, read_families, read_yaml, spellings, terms_of
from promptlint.brief.normalise import term_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILES = sorted(path for path in BUILTIN.glob("*.yaml") if path.name not in TABLES)


def claims(files: Sequence[Path]) -> dict[str, dict[str, int]]:
    """Return, for each term that several concepts claim, the rank of each."""
    british = read_yaml(BUILTIN / "spelling.yaml")
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for path in files:
        for family in read_families(path):
            for concept, term in terms_of(family):
                for spelled in spellings(term, british):
                    ranks = found[term_words(spelled)]
                    ranks[concept.name] = max(family.rank, ranks.get(concept.name, family.rank))
    return {term: ranks for term, ranks in found.items() if len(ranks) > 1}


def undecided(claimed: dict[str, dict[str, int]]) -> list[str]:
    """Return in a line each the terms that no rank decides on."""
    out = []
    for term, ranks in claimed.items():
        best = max(ranks.values())
        first = [name for name, rank in ranks.items() if rank == best]
        if len(first) > 1:
            out.append(f'"{term.strip()}": {" or ".join(first)}?')
    return out


def test_rank_decides_on_every_term_that_two_concepts_claim() -> None:
    claimed = claims(FILES)
    assert undecided(claimed) == [], "give one of the families a rank, or take the term out of the other"
    owners = dict(lexicon.load().items())
    assert len(claimed) > 50
    for term, ranks in claimed.items():
        assert owners[term].name == max(ranks, key=lambda name: ranks[name])


def test_a_claim_that_nothing_decides_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "- {family: a, section: film, terms: [colour wash, plain]}\n"
        "- {family: b, section: style, terms: [color wash]}\n"
    )
    assert undecided(claims([path])) == ['"colour wash": a or b?']
    path.write_text(path.read_text().replace("style,", "style, rank: 1,"))
    assert undecided(claims([path])) == []

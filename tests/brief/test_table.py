"""Words and their numbers are found alike by halving and in the dictionary."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from promptlint.brief.table import Table, packed

WORDS = st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs",)), min_size=1, max_size=8)


@given(st.dictionaries(WORDS, st.integers(0, 65_535), max_size=40), st.lists(WORDS, max_size=5))
def test_what_goes_in_is_found_however_often_it_is_asked(numbers: dict[str, int], others: list[str]) -> None:
    table = Table(packed(numbers))
    assert len(table) == len(numbers)
    for _ in range(3):
        for word in [*numbers, *others]:
            assert table.get(word) == numbers.get(word)
    assert dict(table.items()) == numbers


def test_the_dictionary_is_made_only_where_it_pays() -> None:
    table = Table(packed({f"word {number}": number for number in range(1_000)}))
    searching = table.get
    assert table.get("word 7") == 7
    assert table.get == searching
    for _ in range(100):
        assert table.get("word 999") == 999
    assert table.get != searching

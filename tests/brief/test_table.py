"""Words come back from their groups as they went in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from promptlint.brief.table import Groups, packed

ROWS = st.tuples(st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=8), st.integers(0, 65_536))


@given(st.lists(st.lists(ROWS, max_size=5), max_size=8))
def test_what_goes_in_comes_out(groups: list[list[tuple[str, int]]]) -> None:
    kept = Groups(packed(groups))
    assert [list(kept.rows(number)) for number in range(len(groups))] == groups
    assert len(kept) == sum(map(len, groups))

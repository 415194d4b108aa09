"""Small counts are hidden, and cannot be taken from the sum."""

from hypothesis import given
from hypothesis import strategies as st

from mulin.web.counts import FEW, hidden


@given(st.lists(st.integers(0, 20), max_size=8))
def test_no_small_count_follows_from_the_whole(parts):
    told = hidden(parts)
    away = [part for part, shown in zip(parts, told, strict=True) if shown is None and part]
    assert all(shown is None or shown == part >= FEW for part, shown in zip(parts, told, strict=True))
    left = sum(parts) - sum(shown for shown in told if shown is not None)
    # Whoever knows the whole knows what is left: it must stand for several counts, unless nothing else could be hidden.
    assert not away or all(shown is None for shown in told) or (left >= FEW and len(away) > 1)


def test_large_counts_are_told():
    assert hidden([5, 12, 7]) == [5, 12, 7]
    assert hidden([]) == []


def test_one_small_count_takes_the_next_one_along():
    assert hidden([30, 2, 9]) == [30, None, None]

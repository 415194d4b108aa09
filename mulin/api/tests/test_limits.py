"""Buckets: a burst is fine, a flood waits, and memory stays small."""

from mulin.api import limits


def test_a_burst_is_fine_and_the_rest_waits(monkeypatch):
    at = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: at[0])
    limits.forget()
    assert [limits.take("a", 3) for _ in range(3)] == [(2, 0), (1, 0), (0, 0)]
    assert limits.take("a", 3) == (0, 20)
    assert limits.take("b", 3) == (2, 0)
    at[0] += 20
    assert limits.take("a", 3) == (0, 0)
    assert limits.take("a", 3)[1] > 0
    limits.forget()


def test_full_buckets_are_forgotten(monkeypatch):
    at = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: at[0])
    monkeypatch.setattr(limits, "_MOST", 10)
    limits.forget()
    for number in range(10):
        limits.take(f"old {number}", 5)
    at[0] += 61
    limits.take("new", 5)
    assert set(limits._buckets) == {"new"}
    limits.forget()


def test_a_count_says_what_is_left_and_when_it_is_whole_again():
    counted = limits.Counted("key", 60, 45.0)
    assert counted.headers == {"RateLimit-Policy": '"key";q=60;w=60', "RateLimit": '"key";r=45;t=15'}

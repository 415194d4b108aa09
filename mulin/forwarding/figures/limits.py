"""How long things live, and how often another server is asked."""

from __future__ import annotations

from datetime import timedelta

MOST_READ = 2 * 1024 * 1024
LIVES = timedelta(days=365)  # a connection
TO_ARRIVE = timedelta(days=3)  # a forwarding that does not get through
TO_ANSWER = timedelta(days=180)
LEASE = timedelta(minutes=2)
AGAIN = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=3),
    timedelta(hours=6),
)  # fmt: skip
ASKED_EVERY = timedelta(minutes=15)
ASKED_AT_LEAST = timedelta(hours=12)
MOST_HEARD = 200  # notes of one forwarding; what comes beyond is not written into the case
AT_A_TIME = 5
NEAR = 0.001  # degrees: some hundred metres


def next_try(tries: int) -> timedelta:
    """Say how long to wait after so many tries that failed."""
    return AGAIN[min(max(tries, 1), len(AGAIN)) - 1]


def next_look(quiet: int) -> timedelta:
    """Say when to ask again, after so many times without news: less and less often, but twice a day at least."""
    return min(ASKED_EVERY * (1 << min(quiet, 10)), ASKED_AT_LEAST)

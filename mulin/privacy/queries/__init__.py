"""Reads about purposes and consents, what is known of someone, and who looked."""

from . import below
from .consents import agreed, decisions, own, purposes
from .telling import MOST, TELLS, Told, access_lines, known, said, seen, tells

__all__ = [
    "MOST", "TELLS", "Told", "access_lines", "agreed", "below", "decisions", "known", "own", "purposes", "said", "seen",
    "tells",
]  # fmt: skip

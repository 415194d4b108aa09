"""Reads of rates: sums by month and group, definitions in force, what is left out, what comes, hot spots."""

from .ahead import Coming, Spot, coming, hot_spots
from .rates import counted_at, counts, definitions, left_out, rate, versions

__all__ = [
    "Coming", "Spot", "coming", "counted_at", "counts", "definitions", "hot_spots", "left_out", "rate", "versions",
]  # fmt: skip

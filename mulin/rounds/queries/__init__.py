"""Reads of routes, rounds and maintenance."""

from .upkeep import board, counts, of_spot, services
from .walking import (
    around,
    found_by_kind,
    here,
    history,
    place_choices,
    place_facts,
    routes,
    stops_at,
    tell_rounds,
    waits_for,
    walkers,
    who_hears_of_round,
    who_hears_of_route,
)
from .watching import in_charge_of_rounds, in_charge_of_upkeep, who_hears_of_upkeep

__all__ = [
    "around", "board", "counts", "found_by_kind", "here", "history", "in_charge_of_rounds", "in_charge_of_upkeep",
    "of_spot", "place_choices", "place_facts", "routes", "services", "stops_at", "tell_rounds", "waits_for", "walkers",
    "who_hears_of_round", "who_hears_of_route", "who_hears_of_upkeep",
]  # fmt: skip

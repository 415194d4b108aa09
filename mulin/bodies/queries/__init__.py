"""Reads of bodies: who sits, which seats are vacant, whether it can decide, its mandates, lists and tables."""

from .lists import body_of, counted, found, organisations, place_choices, place_of, roster, supervisors
from .mandates import Place, in_force, mandates_of, spent_in, uses_of, within
from .seats import Seated, Sitting, bound, conflicts, in_the_way, seats_of, shares_of, sitting
from .standing import can_decide, rules_in_words, versions
from .telling import members, of_mandate

__all__ = [
    "Place", "Seated", "Sitting", "body_of", "bound", "can_decide", "conflicts", "counted", "found", "in_force",
    "in_the_way", "mandates_of", "members", "of_mandate", "organisations", "place_choices", "place_of", "roster",
    "rules_in_words", "seats_of", "shares_of", "sitting", "spent_in", "supervisors", "uses_of", "versions", "within",
]  # fmt: skip

"""Reads about taking part: claims and keepers, memberships and coverage, talents and signs."""

from .claims import (
    contact_of,
    ending,
    found,
    keepers_of,
    led_places,
    may_offer_anywhere,
    place,
    place_choices,
    watched,
)
from .members import (
    coverage_of,
    groups,
    kind_label,
    members_of,
    organisation_tree,
    organisations,
    post_kinds,
    registered_count,
    registrable,
)
from .shown import Mine, mine, neighbour, signs_at, talents, unplaced
from .telling import tell_all

__all__ = [
    "Mine", "contact_of", "coverage_of", "ending", "found", "groups", "keepers_of", "kind_label", "led_places",
    "may_offer_anywhere", "members_of", "mine", "neighbour", "organisation_tree", "organisations", "place",
    "place_choices", "post_kinds", "registered_count", "registrable", "signs_at", "talents", "tell_all", "unplaced",
    "watched",
]  # fmt: skip

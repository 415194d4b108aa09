"""Reads about people: viewers with their rights, accounts, the register, posts with their holders, what happened."""

from .directory import (
    account_by,
    communities_of,
    open_offers,
    place_names,
    seen_by,
    terms_of,
)
from .history import history
from .posts import (
    board,
    coverage,
    ending,
    kind_name,
    kinds,
    places_of,
    posts_at,
    terms_of_post,
    vacant_since,
    with_holders,
)
from .register import below, contact_of, organisations, parts_of, search, speakers, terms_of_person, tree, units_of
from .viewers import load_viewer, reload, viewer_of, viewer_with, without

__all__ = [
    "account_by", "below", "board", "communities_of", "contact_of", "coverage", "ending", "history", "kind_name",
    "kinds", "load_viewer", "open_offers", "organisations", "parts_of", "place_names", "places_of", "posts_at",
    "reload", "search", "seen_by", "speakers", "terms_of", "terms_of_person", "terms_of_post", "tree", "units_of",
    "vacant_since", "viewer_of", "viewer_with", "with_holders", "without",
]  # fmt: skip

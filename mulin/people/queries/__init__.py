"""Reads about people: viewers with their rights, accounts, posts with their holders."""

from .directory import (
    account_by,
    communities_of,
    open_offers,
    place_names,
    posts_with_holders,
    seen_by,
    terms_of,
)
from .viewers import load_viewer, reload, viewer_of, viewer_with

__all__ = [
    "account_by", "communities_of", "load_viewer", "open_offers", "place_names", "posts_with_holders", "reload",
    "seen_by", "terms_of", "viewer_of", "viewer_with",
]  # fmt: skip

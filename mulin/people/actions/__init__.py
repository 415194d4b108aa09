"""The verbs about people; every write."""

from .accounts import give_oversight, open_account, open_hashed, set_appearance
from .persons import add_organisation, add_person, note_access, reveal, settle
from .posts import add_post, add_post_kind, load_post_kinds
from .terms import accept, decline, end, expire, offer, resign

__all__ = [
    "accept", "add_organisation", "add_person", "add_post", "add_post_kind", "decline", "end", "expire",
    "give_oversight", "load_post_kinds", "note_access", "offer", "open_account", "open_hashed", "resign", "reveal",
    "set_appearance", "settle",
]  # fmt: skip

"""The verbs about people; every write."""

from .accounts import give_oversight, open_account, set_appearance, set_password
from .entry import check_code, enter, enter_by_code, leave, seen, send_code, start, tidy
from .invitations import invite, take_invitation
from .joining import join, join_by_code
from .keys import make_key, revoke_key
from .persons import add_organisation, add_person, note_access, reveal, settle
from .posts import add_post, add_post_kind, load_post_kinds
from .terms import accept, decline, end, expire, offer, resign
from .throttle import forgive, slow_down

__all__ = [
    "accept", "add_organisation", "add_person", "add_post", "add_post_kind", "check_code", "decline", "end", "enter",
    "enter_by_code", "expire", "forgive", "give_oversight", "invite", "join", "join_by_code", "leave",
    "load_post_kinds", "make_key", "note_access", "offer", "open_account", "resign", "reveal", "revoke_key",
    "seen", "send_code", "set_appearance", "set_password", "settle", "slow_down", "start",
    "take_invitation", "tidy",
]  # fmt: skip

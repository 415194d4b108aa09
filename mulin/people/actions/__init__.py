"""The verbs about people; every write."""

from .accounts import close_account, give_oversight, open_account, open_hashed, set_appearance
from .joining import AFTERWARDS, CARRIED, Carried, GivesWay, carries, in_the_way, join, join_into, take_in
from .measures import appeal, dissolve, grant, lift, suspend, uphold, warn
from .organisations import add_organisation, amend, propose, register, take_back, turn_down
from .persons import (
    add_person,
    belongs,
    come_back,
    correct,
    forget,
    link,
    move_away,
    move_home,
    note_access,
    reveal,
    settle,
    stay,
)
from .posts import add_post, add_post_kind, close, load_post_kinds, rename
from .terms import accept, bars, decline, end, expire, hand_over, offer, renew, resign

__all__ = [
    "AFTERWARDS", "CARRIED", "Carried", "GivesWay", "accept", "add_organisation", "add_person", "add_post",
    "add_post_kind", "amend", "appeal", "bars", "belongs", "carries", "close", "close_account", "come_back", "correct",
    "decline", "dissolve", "end", "expire", "forget", "give_oversight", "grant", "hand_over", "in_the_way", "join",
    "join_into", "lift", "link", "load_post_kinds", "move_away", "move_home", "note_access", "offer",
    "open_account", "open_hashed", "propose", "register", "rename", "renew", "resign", "reveal", "set_appearance",
    "settle", "stay", "suspend", "take_back", "take_in", "turn_down", "uphold", "warn",
]  # fmt: skip

"""The verbs about taking part; every write."""

from .claims import (
    ask_next,
    be_next,
    claim,
    confirm,
    finish,
    hand_back,
    hand_on,
    join,
    keep,
    lapse,
    leave,
    offer,
    offer_again,
    renew,
    reopen,
    settle,
    take_out,
    withdraw,
)
from .joining import carry_all
from .members import approve, asks_first, declare, decline, place, quit, set_admission, transfer, unanswered, unplace
from .registrations import accept, change_wishes, deregister, expire, extend, register, register_members
from .shown import (
    fade,
    hide,
    keep_up,
    put_up,
    revise,
    run_out,
    share,
    show_again,
    take_down,
    unshare,
)

__all__ = [
    "accept", "approve", "ask_next", "asks_first", "be_next", "carry_all", "change_wishes", "claim", "confirm",
    "declare", "decline", "deregister", "expire", "extend", "fade", "finish", "hand_back", "hand_on", "hide",
    "join", "keep", "keep_up", "lapse", "leave", "offer", "offer_again", "place", "put_up", "quit", "register",
    "register_members", "renew", "reopen", "revise", "run_out", "set_admission", "settle", "share", "show_again",
    "take_down", "take_out", "transfer", "unanswered", "unplace", "unshare", "withdraw",
]  # fmt: skip

"""The verbs of channels; every write: exports from asking to the end, and mails that become reports and answers."""

from .exports import agree, ask, decline, discard, expire, fail, fetch, finish, lapse, take_back
from .mails import bring_in, forget_addresses, tell_sender
from .making import make, make_waiting

__all__ = [
    "agree", "ask", "bring_in", "decline", "discard", "expire", "fail", "fetch", "finish", "forget_addresses", "lapse",
    "make", "make_waiting", "take_back", "tell_sender",
]  # fmt: skip

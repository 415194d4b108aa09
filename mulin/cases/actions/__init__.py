"""What can be done to a case, by who does it. Every write of this module happens here."""

from .handling import (
    accept,
    ask,
    assign,
    correct,
    gather,
    merge,
    note,
    pass_up,
    refuse,
    resume,
    solve,
    summarise,
    wait,
)
from .neighbours import join, lead, leave, me_too
from .reporting import confirm, reopen, reply, report, withdraw
from .setup import load_categories
from .timing import escalate, expire, tell

__all__ = [
    "accept", "ask", "assign", "confirm", "correct", "escalate", "expire", "gather", "join", "lead", "leave",
    "load_categories", "me_too", "merge", "note", "pass_up", "refuse", "reopen", "reply", "report", "resume", "solve",
    "summarise", "tell", "wait", "withdraw",
]  # fmt: skip

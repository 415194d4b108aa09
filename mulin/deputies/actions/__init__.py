"""The verbs of suggestions; every write."""

from .answering import admit, answer, ask_kept, extend, fulfil, judge, lapse, overrun, report_on, settle
from .bringing import bring, co_sign, correct, draft, drop, send_back, step_back, withdraw
from .routing import count_as_theirs, go_on, hand_back, hand_on, receive, unroute

__all__ = [
    "admit", "answer", "ask_kept", "bring", "co_sign", "correct", "count_as_theirs", "draft", "drop", "extend",
    "fulfil", "go_on", "hand_back", "hand_on", "judge", "lapse", "overrun", "receive", "report_on", "send_back",
    "settle", "step_back", "unroute", "withdraw",
]  # fmt: skip

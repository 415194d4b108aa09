"""The verbs of notices and of objections; every write."""

from .objecting import accept, answer, answer_again, lapse, lodge, press, remind, take_back
from .posting import amend, draft, drop, fill, post, post_list
from .standing import be_cleared, be_objected, be_replaced, close, settle, take_down, take_down_for, withdraw
from .together import post_for

__all__ = [
    "accept", "amend", "answer", "answer_again", "be_cleared", "be_objected", "be_replaced", "close", "draft", "drop",
    "fill", "lapse", "lodge", "post", "post_for", "post_list", "press", "remind", "settle", "take_back", "take_down",
    "take_down_for", "withdraw",
]  # fmt: skip

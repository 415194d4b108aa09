"""What is done with votes: prepared and announced, cast, counted, published, challenged."""

from .casting import cast, check_in, count_hands
from .ending import answer, ask_again, challenge, close, count, finish, publish
from .preparing import amend, call_off, notice, prepare, take_back
from .rolling import correct_roll, give_way, nominate
from .running import open, remind

__all__ = [
    "amend", "answer", "ask_again", "call_off", "cast", "challenge", "check_in", "close", "correct_roll", "count",
    "count_hands", "finish", "give_way", "nominate", "notice", "open", "prepare", "publish", "remind", "take_back",
]  # fmt: skip

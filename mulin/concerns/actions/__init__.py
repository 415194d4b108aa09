"""The verbs of confidential reports; every write. No line of the log holds a word, or who told it."""

from .benches import name_readers
from .deciding import decide, draft, follow, leave, put_back, release, taken, urge
from .reading import ask, call_in, close, forget, go_on, note, remind, take_up
from .telling import add, give_way, reply, tell, withdraw

__all__ = [
    "add", "ask", "call_in", "close", "decide", "draft", "follow", "forget", "give_way", "go_on", "leave",
    "name_readers", "note", "put_back", "release", "remind", "reply", "take_up", "taken", "tell", "urge", "withdraw",
]  # fmt: skip

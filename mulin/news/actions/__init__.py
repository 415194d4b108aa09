"""What is written about news: that someone was told, what they chose, that it was mailed or said in a group."""

from .choosing import choose, unsubscribe
from .mailing import mail_out
from .robots import add, change, end, expire, extend, pause, ping, resume, say_due, suspend, tell_groups_of
from .telling import look_through, read_all, read_some, tell
from .watching import begin_mornings, remind_now, tell_endings, tidy

__all__ = [
    "add", "begin_mornings", "change", "choose", "end", "expire", "extend", "look_through", "mail_out", "pause", "ping",
    "read_all", "read_some", "remind_now", "resume", "say_due", "suspend", "tell", "tell_endings", "tell_groups_of",
    "tidy", "unsubscribe",
]  # fmt: skip

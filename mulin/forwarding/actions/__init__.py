"""What can be done: connecting other servers, sending cases on. Every write happens here."""

from .connections import change, connect, end, expire, map_category, pause, renew, resume, unmap_category
from .errands import do_errands
from .forwardings import deliver, finish, forward, give_up, hear, number, take_over, try_again

__all__ = [
    "change", "connect", "deliver", "do_errands", "end", "expire", "finish", "forward", "give_up", "hear",
    "map_category", "number", "pause", "renew", "resume", "take_over", "try_again", "unmap_category",
]  # fmt: skip

"""The verbs of bodies and mandates; every write."""

from .changing import change_rules, close_down, end_body, lift, step_down, suspend
from .founding import found, new_term, offer_seat, open_seats, take_office
from .mandates import expire, grant, propose, revoke, stop, use, withdraw

__all__ = [
    "change_rules", "close_down", "end_body", "expire", "found", "grant", "lift", "new_term", "offer_seat",
    "open_seats", "propose", "revoke", "step_down", "stop", "suspend", "take_office", "use", "withdraw",
]  # fmt: skip

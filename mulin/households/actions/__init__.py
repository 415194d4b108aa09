"""The verbs about homes; every write."""

from .guardians import come_of_age, consent, name, release
from .homes import dissolve, form, relocate, rename
from .joining import carry_all
from .members import admit, confirm, correct, declare, decline, lapse, leave
from .owners import amend, deliver, end, register, transfer
from .proxies import expire, give, revoke

__all__ = [
    "admit", "amend", "carry_all", "come_of_age", "confirm", "consent", "correct", "declare", "decline", "deliver",
    "dissolve", "end", "expire", "form", "give", "lapse", "leave", "name", "register", "release", "relocate",
    "rename", "revoke", "transfer",
]  # fmt: skip

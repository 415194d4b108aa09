"""Pages of homes: what is one's own, and what those who keep the list see."""

from .mine import admit, declare, give, guardian, household, member, mine, name, ownership, proxy
from .staff import boards, building, door, form, owners, register

__all__ = [
    "admit", "boards", "building", "declare", "door", "form", "give", "guardian", "household", "member", "mine",
    "name", "owners", "ownership", "proxy", "register",
]  # fmt: skip

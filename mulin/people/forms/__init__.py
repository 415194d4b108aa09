"""What people are asked when they keep persons, organisations, posts and terms; each named as its move."""

from .choosing import Search
from .organisations import AddOrganisation, Amend, Appeal, Dissolve, Grant, Propose, Suspend, TurnDown, Uphold, Warn
from .persons import AddPerson, Correct, JoinInto, MoveAway, Reveal
from .posts import AddPost, End, HandOver, Offer, Rename, Renew

__all__ = [
    "AddOrganisation", "AddPerson", "AddPost", "Amend", "Appeal", "Correct", "Dissolve", "End", "Grant", "HandOver",
    "JoinInto", "MoveAway", "Offer", "Propose", "Rename", "Renew", "Reveal", "Search", "Suspend", "TurnDown", "Uphold",
    "Warn",
]  # fmt: skip

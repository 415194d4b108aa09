"""Who people are: accounts, persons of a community, the posts they hold, and who looked at their data."""

from .access import AccessLine
from .account import Account, Oversight
from .organisation import NOT_PUBLIC, OVER, Organisation
from .person import Person
from .post import Post, PostKind, PostQuerySet, Term

__all__ = [
    "NOT_PUBLIC", "OVER", "AccessLine", "Account", "Organisation", "Oversight", "Person", "Post", "PostKind",
    "PostQuerySet", "Term",
]  # fmt: skip

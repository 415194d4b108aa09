"""Who people are: accounts, persons of a community, the posts they hold, and who looked at their data."""

from .access import AccessLine
from .account import Account, Oversight
from .person import Organisation, Person
from .post import Post, PostKind, Term

__all__ = ["AccessLine", "Account", "Organisation", "Oversight", "Person", "Post", "PostKind", "Term"]

"""Who people are: accounts to sign in with, persons of a community, and the posts they hold."""

from .access import AccessLine, ApiKey, Invitation, OneTimeCode, SignIn, Throttle
from .account import Account, Oversight
from .person import Organisation, Person
from .post import Post, PostKind, Term

__all__ = [
    "AccessLine", "Account", "ApiKey", "Invitation", "OneTimeCode", "Organisation", "Oversight", "Person", "Post",
    "PostKind", "SignIn", "Term", "Throttle",
]  # fmt: skip

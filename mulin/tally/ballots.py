"""What is voted on, and what was returned: ballots, or a show of hands."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from .roll import Amount
from .ruleset import SAFE, Text

YES, NO, ABSTAIN, FOLLOW = "yes", "no", "abstain", "follow_majority"
OPINIONS = (YES, NO, ABSTAIN, FOLLOW)


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of several to choose from."""

    key: Text
    title: Text


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked. `id` is the vote's own, so that files of other votes are told apart."""

    id: Text
    title: Text
    options: tuple[Option, ...] = ()  # only where the rules let choose


class Ballot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True, gc=False, order=True):
    """One ballot of an entry; in a file a row of these six. The one with the highest number counts."""

    entry: str
    number: Annotated[int, msgspec.Meta(ge=1, le=SAFE)] = 1
    choices: tuple[str, ...] = ()
    valid: bool = True
    channel: Literal["web", "hands", "paper"] = "web"
    proxy: str = ""  # the key of whoever voted for the entry


class Hands(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A show of hands: heads only, nobody is named."""

    yes: Amount
    no: Amount
    abstain: Amount
    present: Amount

"""Rolls, ballots and rules for tests, in few words."""

from msgspec.structs import replace

from mulin.tally.ballots import Ballot, Question
from mulin.tally.count import count
from mulin.tally.files import Vote
from mulin.tally.loading import packs
from mulin.tally.roll import Entry, Roll
from mulin.tally.ruleset import RuleSet, Test

ORDINARY, SPECIAL = packs()["CN-278-ordinary"], packs()["CN-278-special"]
AFFECTED, COUNCIL = packs()["all-affected"], packs()["council-2/3"]
REPS, COMMITTEE = packs()["CN-RC-reps-meeting"], packs()["CN-YWH-committee-meeting"]
YES, NO, ABSTAIN, FOLLOW = ("yes",), ("no",), ("abstain",), ("follow_majority",)


def rules(**changes):
    """Heads only, more than half of those taking part say yes, unless said otherwise."""
    plain = {
        "key": "test", "title_zh": "测试", "title_en": "Test", "source": "here", "dated": "2026-01-01",
        "electorate": "owners", "passes": (asks("yes", "participating", 1, 2, strict=True),),
    }  # fmt: skip
    return RuleSet(**{**plain, **changes})


def asks(part, base, num, den, *, strict=False, measure="heads"):
    """One fraction."""
    return Test(measure, part, base, num, den, strict)


def heads(count, seats=None):
    """A roll of so many, one head each: R-1, R-2, …"""
    return Roll(tuple(Entry(f"R-{number}") for number in range(1, count + 1)), seats)


def areas(*amounts):
    """A roll of entries with these areas."""
    return Roll(tuple(Entry(f"R-{number}", 1, area) for number, area in enumerate(amounts, 1)))


def say(*choices, first=1):
    """Ballots of R-1, R-2, … with these choices; None returns nothing, () is not valid."""
    return [
        Ballot(f"R-{number}", 1, said, bool(said)) for number, said in enumerate(choices, first) if said is not None
    ]


def said(yes=0, no=0, abstain=0, invalid=0):
    """So many ballots of each kind, of R-1 onwards."""
    return say(*[YES] * yes, *[NO] * no, *[ABSTAIN] * abstain, *[()] * invalid)


def outcome(by, roll, ballots, **more):
    """Count, and say only what follows."""
    return count(by, roll, ballots, **more).outcome


def vote(by=COUNCIL, roll=None, ballots=None, **more):
    """Everything that a file holds."""
    roll = roll or heads(3)
    ballots = say(YES, YES, NO) if ballots is None else ballots
    return Vote(question=Question("V-2026-0001", "Mend the gate"), rules=by, roll=roll, ballots=tuple(ballots), **more)


__all__ = ["count", "replace"]

"""Votes, their rolls, the ballots that only grow, corrections of a roll, and challenges of a result."""

from .ballots import Ballot, Challenge, Holder
from .roll import Correction, RollEntry, RollOwner
from .vote import Vote

__all__ = ["Ballot", "Challenge", "Correction", "Holder", "RollEntry", "RollOwner", "Vote"]

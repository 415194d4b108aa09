"""Reads of votes: lists, rolls, rules in words, the count, receipts, who hears, what is known."""

from .counting import counted, document, frozen_hashes, matter, openings, reason_of, result_of, roll_of, sheet_of
from .lists import any_open, bodies, co_owners, found, organisations, places, to_cast, waiting
from .quorum import Gauge, counts_presence, gauge_of, quorum, sums, whole_of
from .receipts import Receipt, receipt
from .rolls import drafts, with_accounts
from .ruling import adapted, choice_label, days_wrong, in_words, packs, rules_of, written
from .shown import Own, choices_of, may_read_choices, may_read_roll, numbers_of, own, own_ballots, roll, way
from .telling import (
    challengers,
    in_charge,
    not_yet,
    on_roll,
    preparers,
    reviewers,
    tell_challenges,
    tell_held,
    tell_rolls,
    who_can_vote,
)  # fmt: skip

__all__ = [
    "Gauge", "Own", "Receipt", "adapted", "any_open", "bodies", "challengers", "choice_label", "choices_of",
    "co_owners", "counted", "counts_presence", "days_wrong", "document", "drafts", "found", "frozen_hashes", "gauge_of",
    "in_charge", "in_words", "matter", "may_read_choices", "may_read_roll", "not_yet", "numbers_of",
    "on_roll", "openings", "organisations", "own", "own_ballots", "packs", "places", "preparers", "quorum",
    "reason_of", "receipt", "result_of", "reviewers", "roll", "roll_of", "rules_of", "sheet_of", "sums",
    "tell_challenges", "tell_held", "tell_rolls", "to_cast", "waiting", "way", "who_can_vote", "whole_of",
    "with_accounts", "written",
]  # fmt: skip

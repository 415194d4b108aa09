"""Who hears of a vote, in which words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mulin.news.hearing import hears, is_watched

from . import queries

KIND = "votes.vote"
ROLL = {
    "notice": _("A vote was announced, and you are on its roll. Please look whether your entry is right."),
    "take_back": _("A vote was taken back before it began. It will be announced again."),
    "call_off": _("A vote was called off. The reason stands there."),
    "correct_roll": _("The roll of a vote on which you are was corrected."),
    "publish": _("A vote was counted. The result stands there with every number."),
    "answer": _("A challenge of a vote on whose roll you are was answered."),
}  # fmt: skip
VOTERS = {"open": _("You can vote now.")}
SILENT = {"remind": _("Voting ends in two days, and you have not voted yet.")}
REVIEWERS = {
    "challenge": _("The result of a vote was challenged. Somebody who had no part in it has to answer."),
    "ask_again": _("A challenge of a vote still waits for an answer."),
}  # fmt: skip
PREPARERS = {
    "correct_roll.asked": _("A corrected roll waits for a second person. Please agree, or say no."),
    "count_hands.asked": _("A show of hands waits for a second person who was there."),
    "publish": _("A vote was counted, and its result published."),
}  # fmt: skip
CHALLENGERS = {"answer": _("Your challenge of a vote was answered.")}
hears(KIND, queries.on_roll, ROLL)
hears(KIND, queries.who_can_vote, VOTERS, voice="voters")
hears(KIND, queries.not_yet, SILENT, voice="silent")
hears(KIND, queries.reviewers, REVIEWERS, voice="reviewers")
hears(KIND, queries.preparers, PREPARERS, voice="preparers")
hears(KIND, queries.challengers, CHALLENGERS, voice="challengers")
is_watched(KIND, queries.in_charge)

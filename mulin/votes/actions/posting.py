"""What a vote posts on the board: its announcement with rules and days, and its result with every number."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM
from mulin.notices.actions import post_for, take_down_for
from mulin.people.figures import today_in

from .. import queries
from ..figures import OWNERS
from ..models import Vote

MOST_TEXT = 3500  # a notice takes no more; all of it stands on the page of the vote


def announce(vote: Vote) -> None:
    """Post that a vote comes: what is asked, of whom, by which rules, on which days."""
    whole = queries.whole_of(vote)
    with translation.override(settings.LANGUAGE_CODE):
        told = [vote.title, vote.words]
        told += [f"{head}{_(': ')}{_('; ').join(said)}" for head, said in queries.in_words(vote, whole)]
        told.append(_("Voting: %(first)s to %(last)s.") % {"first": vote.opens_on, "last": vote.closes_on})
        title = _("Vote %(number)s: %(title)s") % {"number": vote.number, "title": vote.title}
        kind = "owners_vote" if vote.electorate == OWNERS else "vote"
        _post(vote, kind, title, told, (vote.opens_on - today_in(vote.community)).days)


def post_result(vote: Vote) -> None:
    """Post what came of a vote and why, with the hashes by which anyone checks it."""
    lang = settings.LANGUAGE_CODE
    with translation.override(lang):
        title = _("Result of vote %(number)s: %(title)s") % {"number": vote.number, "title": vote.title}
        told = list(queries.reason_of(vote, lang))
        for section in queries.sheet_of(vote, lang)[1:]:
            told += [section.title, *section.lines]
        told.append(_("Hash of the roll: %(hash)s") % {"hash": vote.roll_hash})
        told.append(_("Hash of the ballots: %(hash)s") % {"hash": vote.ballots_hash})
        _post(vote, "vote_result", title, told, vote.rules["challenge_days"])


def _post(vote: Vote, kind: str, title: str, told: list[str], days: int) -> None:
    text = "\n".join(line for line in told if line)[:MOST_TEXT]
    post_for(vote, by=SYSTEM, kind=kind, title=title, text=text, days=days or None, organisation=vote.organisation)


def take_down(vote: Vote) -> None:
    """Take the announcement down where the vote does not take place as announced."""
    take_down_for(vote, by=SYSTEM)

"""Scenarios of votes: many ballots of the same entry at once, and ballots in the very second in which voting ends."""

from datetime import timedelta

from mulin.journal.verify import verify
from mulin.kernel import clock
from mulin.kernel.clock import CLOCK
from mulin.people.figures import until
from mulin.votes import actions
from mulin.votes.models import Ballot, Vote
from mulin.votes.tests.walks import Polls, again

from .crowd import CROWD, make_town, together
from .neighbours import tried


def _opened(slug):
    clock.set(clock.now())
    polls = Polls(make_town(slug))
    polls.owners()
    return polls, polls.opened()


def _stands(vote):
    rows = Ballot.objects.filter(vote=vote).order_by("entry__key", "number")
    return {
        "numbers": list(rows.values_list("entry__key", "number")),
        "lines": rows.values("seq").distinct().count(),
        "problems": verify(vote.community_id).problems,
    }


def ballots():
    """Everybody casts for the same two entries at once."""
    polls, vote = _opened("ballots")
    owners = (polls.town.resident, polls.town.neighbour)
    answers = together(
        lambda number: tried(lambda: polls.cast(vote, owners[number % 2], ("yes", "no")[number % 3 > 0]))
    )
    clock.reset()
    return {"answers": answers, **_stands(vote)}


def closing():
    """Some cast in the last second while others close and count, each by a clock of their own."""
    polls, vote = _opened("closing")
    end = clock.now() + until(vote.closes_on + timedelta(days=1), vote.community)
    clock.set(end - timedelta(seconds=1))

    def work(number):
        if number % 4:
            return tried(lambda: polls.cast(vote, polls.town.resident))
        clock.set(end + timedelta(seconds=1))
        said = tried(lambda: actions.close(again(vote), by=CLOCK))
        tried(lambda: actions.count(again(vote), by=CLOCK))
        return said

    answers = together(work, CROWD)
    clock.reset()
    row = Vote.objects.get(pk=vote.pk)
    return {"answers": answers, "state": row.state, "counted": row.result["ballots"], **_stands(vote)}


SCENARIOS = (ballots, closing)

"""How many statements the pages and the ballots of votes cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulin.votes.models import Ballot
from mulin.votes.queries import any_open


def statements(call):
    """List the statements of a call, made once before so that what is kept is kept; savepoints of the test apart."""
    call()
    with CaptureQueriesContext(connection) as seen:
        call()
    return [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]


@pytest.fixture
def opened(polls):
    polls.owners()
    return polls.opened()


def test_a_ballot_costs_at_most_16(polls, town, opened):
    said = statements(lambda: polls.cast(opened, town.resident))
    assert len(said) - 1 <= 16, "\n".join(said)  # the test itself looks the vote up
    assert Ballot.objects.count() == 2


def test_an_open_vote_costs_a_residents_home_one_more(web, town, polls, base):
    client, home = web(town.resident), f"/{town.community.slug}/"
    before = len(statements(lambda: client.get(home)))
    polls.owners()
    polls.opened()
    any_open.forget()
    said = statements(lambda: client.get(home))
    assert len(said) <= before + 1 <= 12, "\n".join(said)


def test_the_list_and_the_page_of_a_vote_cost_little(web, town, opened, base):
    client = web(town.resident)
    for path, most in ((base, 9), (opened.get_absolute_url(), 15), (f"{opened.get_absolute_url()}roll/", 12)):
        said = statements(lambda path=path: client.get(path))
        assert len(said) <= most, "\n".join([path, *said])

"""The stories of votes: a council of 37 seats, an owners' vote by heads and area, and what anyone can check."""

import json
from datetime import datetime

import msgspec
import pytest
from django.test import Client

from mulin.journal.merkle import check_inclusion, leaf
from mulin.kernel import clock
from mulin.tally.files import Vote as VoteFile
from mulin.tally.files import hashes_of, recount
from mulin.votes.models import Ballot, Vote
from mulin.votes.tests.walks import Polls, again, until_day

from .conftest import done

pytestmark = pytest.mark.usefixtures("english")
KIND = "votes"


@pytest.fixture(autouse=True)
def monday(db):
    clock.set(datetime.fromisoformat("2026-11-23T09:00:00+08:00"))


@pytest.fixture
def polls(town):
    return Polls(town)


def agree(who, key, name):
    """Give the second person's word, through pages or the API."""
    if hasattr(who, "post"):
        return done(who.post(f"/votes/{key}/{name}/agree", agree=True).status_code)
    return done(who.send(f"votes/{key}/{name}/agree/", agree="yes").status_code)


@pytest.mark.parametrize(("yes", "outcome"), [(24, "rejected"), (25, "adopted")])
def test_two_thirds_of_37_seats_are_25(town, door, polls, yes, outcome):
    body = polls.hall.in_office(36, kind="council", seats=37)  # one seat is vacant, and counts all the same
    desk, second, anyone = door(town, town.worker), door(town, town.worker_two), door(town)
    key = desk.make(
        KIND, title="The back gate, 180,000 yuan?", words="Three months of talks.", pack="council-2/3",
        body=str(body.pk), opens_on=str(polls.day(4)), closes_on=str(polls.day(4)), place="community",
    )  # fmt: skip
    assert anyone.status(key, KIND) == 404
    assert done(desk.move(key, "notice", KIND))
    assert "2/3" in anyone.sees(key, KIND)
    vote = Vote.objects.get(pk=key)
    until_day(vote, vote.opens_on)
    assert done(desk.move(key, "count_hands", KIND, yes=yes, no=36 - yes, abstain=0, present=36))
    assert again(vote).state == "open"
    assert agree(second, key, "count_hands")
    vote = polls.over(vote)
    assert (vote.state, vote.outcome) == ("published", outcome)
    sheet = Client(headers={"Accept-Language": "en"}).get(f"{vote.get_absolute_url()}sheet/").content.decode()
    assert f"3 × {yes}" in sheet
    until_day(vote, polls.day(8))
    assert again(vote).state == "final"


def test_owners_decide_by_heads_and_by_area(town, door, polls):
    polls.owners()
    big = polls.owner("Ma", "301", area=100_000)
    owners = {town.resident: "yes", town.neighbour: "yes", big: "no"}
    desk = door(town, town.worker)
    key = desk.make(
        KIND, title="A new property firm?", words="By tender.", pack="CN-278-ordinary", place="community",
        opens_on=str(polls.day(15)), closes_on=str(polls.day(20)),
    )  # fmt: skip
    assert done(desk.move(key, "notice", KIND))
    vote = Vote.objects.get(pk=key)
    assert not done(door(town, town.resident).move(key, "cast", KIND, choice="yes"))
    until_day(vote, vote.opens_on)
    for owner, choice in owners.items():
        entry = vote.entries.get(owners__person=owner.person_id).key
        assert done(door(town, owner).move(key, "cast", KIND, entry=entry, choice=choice))
    assert not done(door(town, town.officer).move(key, "cast", KIND, choice="no"))
    assert "rejected" not in desk.sees(key, KIND)
    vote = polls.over(vote)
    by_heads, by_area = vote.result["totals"]
    assert (by_heads["yes"], by_heads["no"]) == (2, 1)  # of the owners most said yes
    assert (by_area["yes"], by_area["no"]) == (26850, 100_000)  # of the area most said no: both are needed
    assert vote.outcome == "rejected"
    assert not done(door(town, town.resident).move(key, "cast", KIND, choice="yes"))


@pytest.mark.story("E2")
def test_anyone_checks_who_decided_what_when_and_by_which_rule(town, door, polls):
    body, seats = polls.council(members=3)
    desk = door(town, town.worker)
    key = desk.make(
        KIND, title="Plant trees?", words="Twelve limes.", pack="council-2/3", body=str(body.pk), place="community",
        opens_on=str(polls.day(4)), closes_on=str(polls.day(5)),
    )  # fmt: skip
    assert done(desk.move(key, "notice", KIND))
    vote = Vote.objects.get(pk=key)
    until_day(vote, vote.opens_on)
    for seat, choice in zip(seats, ("yes", "yes", "no"), strict=True):
        polls.cast(vote, seat, choice)
    rules_hash = again(vote).rules_hash
    vote = polls.over(vote)
    # A stranger reads who decided what, when, by which rule; and counts again from the public file alone.
    anyone = door(town)
    told = anyone.sees(key, KIND)
    assert vote.title in told
    path = f"votes/{key}/file" if hasattr(anyone, "post") else f"votes/{key}/vote.json"
    file = msgspec.json.decode(anyone.open(path).content, type=VoteFile)
    assert recount(file) == file.result
    assert (file.result.outcome, hashes_of(file)) == ("adopted", file.hashes)
    assert file.hashes.rules == rules_hash == again(vote).rules_hash
    roll = anyone.open(f"votes/{key}/roll" if hasattr(anyone, "post") else f"votes/{key}/roll/").content.decode()
    assert all(seat.name in roll for seat in seats)
    # Every ballot lies in the signed log, where nothing about its author stands.
    for ballot in Ballot.objects.filter(vote=vote):
        line = Client().get(f"/api/v1/{town.community.slug}/log/proof?seq={ballot.seq}").json()
        item = leaf(line["seq"], bytes.fromhex(line["commitment"]), line["cleared"].encode())
        steps = [bytes.fromhex(step) for step in line["path"]]
        assert check_inclusion(item, line["seq"], line["size"], steps, bytes.fromhex(line["root"]))
        assert json.loads(line["cleared"]) == {"ballot": ballot.commitment, "kind": "votes.ballot"}


def test_an_owner_counts_the_owners_vote_again_and_a_stranger_reads_the_proof_alone(town, door, polls):
    polls.owners()
    vote = polls.opened()
    polls.cast(vote, town.resident)
    polls.cast(vote, town.neighbour)
    vote = polls.over(vote)
    owner, stranger = door(town, town.neighbour), door(town, town.officer)
    path = f"votes/{vote.pk}/file" if hasattr(owner, "post") else f"votes/{vote.pk}/vote.json"
    file = msgspec.json.decode(owner.open(path).content, type=VoteFile)
    assert recount(file) == file.result
    assert stranger.open(path).status_code == 404
    assert vote.title in stranger.sees(vote.pk, KIND)

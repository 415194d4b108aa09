"""What a vote stands on: rows that the database keeps, people entered twice, and counts that anyone repeats."""

import subprocess
import sys

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.kernel import clock
from mulin.people.actions import join
from mulin.people.models import Person
from mulin.people.queries import viewer_of
from mulin.privacy.queries import known
from mulin.tally.ballots import Ballot as Said
from mulin.tally.count import count
from mulin.tally.roll import Entry, Roll
from mulin.votes import queries
from mulin.votes.models import Ballot, RollEntry, RollOwner, Vote
from mulin.votes.tests.walks import Polls, again


@pytest.mark.parametrize("statement", ["UPDATE votes_ballot SET number = 2", "DELETE FROM votes_ballot"])
def test_the_database_refuses_to_change_a_ballot(polls, town, statement):
    polls.owners()
    polls.cast(polls.opened(), town.resident)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Ballot.objects.get().choices == ["yes"]


def test_the_database_takes_no_second_ballot_of_the_same_number(polls, town):
    polls.owners()
    polls.cast(polls.opened(), town.resident)
    row = Ballot.objects.get()
    twin = Ballot(
        community_id=row.community_id, vote_id=row.vote_id, entry_id=row.entry_id, number=1, choices=["no"],
        channel="web", seq=9999, salt=b"x", commitment="0" * 64, at=row.at,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_the_database_keeps_no_result_of_a_vote_that_is_on(polls):
    polls.owners()
    vote = polls.opened()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE votes_vote SET outcome = 'adopted'")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE votes_vote SET roll_hash = ''")
    assert again(vote).outcome == ""


def test_who_is_entered_twice_is_on_the_roll_once_and_votes_on(polls, town):
    polls.owners()
    twin = polls.homes.someone("Wang")
    polls.homes.doors.append(polls.homes.door("301", area=5000))
    polls.homes.own(3, person=twin, is_delivered=True)
    vote = polls.opened()
    polls.cast(vote, town.resident)
    join(twin, polls.homes.person(town.resident))
    assert {row.person_id for row in RollOwner.objects.filter(entry__vote=vote)} == {
        town.resident.person_id, town.neighbour.person_id,
    }  # fmt: skip
    assert len(again(vote).chances(town.resident)) == 2


def test_everyone_reads_on_which_rolls_they_are(polls, town):
    polls.owners()
    polls.opened()
    told = {model: rows for model, _title, rows in known(town.resident.account_id)}
    assert "bicycle shed" in told["votes.RollOwner"][0].text


def test_the_command_counts_a_downloaded_file_again(polls, town, web, tmp_path):
    polls.owners()
    vote = polls.opened()
    polls.cast(vote, town.resident)
    polls.cast(vote, town.neighbour, "no")
    vote = polls.over(vote)
    file = tmp_path / "vote.json"
    file.write_bytes(web(town.resident).get(f"{vote.get_absolute_url()}vote.json").content)
    run = subprocess.run(
        [sys.executable, "manage.py", "tally", str(file), "--json"], capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert vote.outcome in run.stdout


OPINIONS = st.sampled_from(["yes", "no", "abstain"])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_roll_and_ballots_through_the_actions_come_to_the_pure_count(town, data):
    clock.reset()
    with transaction.atomic():
        polls = Polls(town)
        people = [polls.homes.someone(f"O{number}") for number in range(4)]
        held = data.draw(st.lists(st.integers(0, 3), min_size=3, max_size=3))
        for number, owner in enumerate(held):
            polls.homes.own(number, person=people[owner], is_delivered=True)
        areas = data.draw(st.lists(st.integers(1, 20000), min_size=3, max_size=3))
        for home, area in zip(polls.homes.doors, areas, strict=True):
            type(home).objects.filter(pk=home.pk).update(area=area)
        pack = data.draw(st.sampled_from(["CN-278-ordinary", "CN-278-special"]))
        vote = polls.opened(pack)
        rolled = {row.person_id: row.entry.key for row in RollOwner.objects.select_related("entry")}
        said = []
        for owner, choice in data.draw(st.lists(st.tuples(st.sampled_from(held), OPINIONS), max_size=6)):
            polls.cast(vote, viewer_of(Person.objects.get(pk=people[owner].pk)), choice)
            key = rolled[people[owner].pk]
            said.append(Said(key, 1 + sum(each.entry == key for each in said), (choice,)))
        summed = {owner: sum(area for who, area in zip(held, areas, strict=True) if who == owner) for owner in held}
        roll = Roll(tuple(Entry(rolled[people[owner].pk], 1, area) for owner, area in summed.items()))
        pure = count(queries.packs()[pack].rules, roll, said)
        assert queries.result_of(polls.over(vote)) == pure
        transaction.set_rollback(True)


def test_a_ballot_names_no_person(polls, town):
    assert not any(field.related_model is Person for field in Ballot._meta.get_fields() if field.is_relation)
    assert not any(field.related_model is Person for field in RollEntry._meta.concrete_fields)
    assert {field.name for field in Vote._meta.concrete_fields if field.related_model is Person} == set()

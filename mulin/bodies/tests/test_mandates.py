"""Mandates: granted by two, used within their limits, revoked or over; beyond them the matter goes to all residents."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.bodies import actions, queries
from mulin.bodies.models import Matter, Use
from mulin.bodies.tests.test_life import refused
from mulin.bodies.tests.walks import GRANTED, SMALL, again, agreed, later
from mulin.kernel.engine import second
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.people.queries import viewer_of
from mulin.territory.models import Building, Grid

ALL = "The matter goes to all residents."


@pytest.fixture
def body(hall):
    return hall.in_office(kind=SMALL, seats=3)


@pytest.fixture
def mandate(hall, body):
    return hall.granted(body)


def ask(mandate, matter="public_works", yuan=0, **more):
    return queries.within(again(mandate.body), matter=matter, amount_fen=yuan * 100, **more)


def test_a_mandate_holds_when_two_noted_that_it_was_granted(hall, body):
    mandate = hall.propose(body)
    assert not ask(mandate).ok
    assert refused(actions.grant, mandate, by=hall.town.resident, **GRANTED) == "not_yours"
    actions.grant(mandate, by=hall.town.worker, **GRANTED)
    assert again(mandate).state == "proposed"
    granted = agreed(mandate, "grant", hall.town.worker_two)
    assert (granted.state, granted.granted_by, ask(granted).ok) == ("in_force", GRANTED["granted_by"], True)


def test_a_decision_of_a_day_to_come_is_not_noted(hall, body):
    mandate = hall.propose(body)
    actions.grant(mandate, by=hall.town.worker, granted_by="x", granted_on="2027-01-01")
    assert refused(second, again(mandate), "grant", by=hall.town.worker_two, agree=True) == "to_come"


def test_whoever_sits_in_it_proposes_and_others_do_not(hall, body):
    member = viewer_of(Person.objects.get(pk=queries.sitting(body).terms[0].person_id))
    assert hall.propose(body, by=member).state == "proposed"
    assert refused(hall.propose, body, by=hall.town.resident) == "not_yours"


def test_within_its_limits_it_decides_alone_and_beyond_them_all_are_asked(mandate):
    assert ask(mandate, yuan=30_000).why == (
        "Within the mandate: up to 30,000 yuan each time, and 100,000 are left this year."
    )
    beyond = queries.within(mandate.body, matter="public_works", amount_fen=3_000_001)
    assert (beyond.ok, beyond.why) == (False, f"One such decision may cost 30,000 yuan at most. {ALL}")
    assert ask(mandate, "parking").why == f"No mandate in force is about: Parking and ways. {ALL}"
    assert ask(mandate, "events").ok
    assert ask(mandate, "events", 1).why == f"It may not spend money on this. {ALL}"


def test_a_mandate_is_for_its_place_and_what_lies_within(hall, body):
    grids = list(Grid.objects.filter(community=hall.town.community))
    house = Building.objects.filter(grid=grids[0]).first()
    mandate = hall.granted(body, place_kind="grid", place_id=grids[0].pk)
    assert ask(mandate, place=("grid", grids[0].pk)).ok
    assert ask(mandate, place=("building", house.pk)).ok
    assert ask(mandate, place=("community", None)).why == f"The mandate is not for this place. {ALL}"
    assert not ask(mandate).ok  # the body speaks for the whole community
    assert not ask(mandate, place=("building", mandate.pk)).ok


def test_a_body_gets_no_mandate_for_a_place_that_it_does_not_speak_for(hall):
    grid = Grid.objects.filter(community=hall.town.community).first()
    body = hall.found(kind=SMALL, seats=3, place_kind="grid", place_id=grid.pk)
    assert refused(hall.propose, body, place_kind="community") == "elsewhere"
    house = Building.objects.filter(grid=grid).first()
    assert hall.propose(body, place_kind="building", place_id=house.pk).place_id == house.pk
    assert hall.propose(body).place_id == grid.pk


def test_what_was_decided_counts_against_the_year(hall, mandate):
    for _number in range(3):
        mandate = actions.use(mandate, by=hall.town.worker, matter="public_works", amount_fen=3_000_000, what="A ramp")
    assert ask(mandate, yuan=10_000).ok
    assert ask(mandate, yuan=10_001).why == f"Of 100,000 yuan for this year, 10,000 are left. {ALL}"
    more = {"matter": "public_works", "amount_fen": 1_000_001, "what": "A lamp"}
    assert refused(actions.use, mandate, by=hall.town.worker, **more) == "beyond"
    assert Use.objects.count() == 3
    later(days=60)  # another year
    assert ask(mandate, yuan=30_000).ok


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(amounts=st.lists(st.integers(0, 3_200_000), max_size=6))
def test_a_year_is_never_overspent_whatever_is_tried(hall, mandate, amounts):
    with transaction.atomic():
        spent = 0
        for amount in amounts:
            fits = amount <= 3_000_000 and spent + amount <= mandate.year_fen
            answer = queries.within(mandate.body, matter="public_works", amount_fen=amount)
            assert answer.ok == fits
            if fits:
                actions.use(again(mandate), by=hall.town.worker, matter="public_works", amount_fen=amount, what="x")
                spent += amount
        assert queries.spent_in(mandate, today_in(mandate.community).year) == spent
        transaction.set_rollback(True)


def test_a_day_before_the_mandate_or_to_come_is_no_day_of_a_decision(hall, mandate):
    today = today_in(mandate.community)
    for days in (-1, 1):
        told = {"matter": "events", "what": "x", "decided_on": today + timedelta(days=days)}
        assert refused(actions.use, mandate, by=hall.town.worker, **told) == "day"


def test_it_ends_on_its_last_day_by_itself(hall, mandate):
    later(days=364)
    assert ask(mandate).ok
    later(days=1, minutes=1)
    assert (again(mandate).state, ask(mandate).ok) == ("ended", False)


def test_it_begins_on_its_first_day(hall, body):
    today = today_in(hall.town.community)
    mandate = hall.granted(body, starts_on=today + timedelta(days=5), ends_on=today + timedelta(days=50))
    assert not ask(mandate).ok
    assert refused(actions.use, mandate, by=hall.town.worker, matter="events", what="x") == "needed_first"
    later(days=5)
    assert ask(mandate).ok


def test_a_proposal_that_nobody_grants_lapses(hall, body):
    mandate = hall.propose(body)
    later(days=61)
    assert again(mandate).state == "ended"


def test_it_is_revoked_by_two_with_a_reason_that_everyone_reads(hall, mandate):
    actions.revoke(mandate, by=hall.town.worker, ended_by="Residents' meeting of 1 June", reason="Too many lamps")
    assert ask(mandate).ok
    revoked = agreed(mandate, "revoke", hall.town.worker_two)
    assert (revoked.state, revoked.ended_reason, ask(mandate).ok) == ("ended", "Too many lamps", False)


def test_a_body_out_of_office_has_nothing_to_decide(hall, mandate):
    today = today_in(mandate.community)
    actions.new_term(mandate.body, by=hall.town.worker, term_by="x", ends_on=today + timedelta(days=10))
    later(days=10, minutes=1)
    assert ask(mandate).why == f"Council is not in office. {ALL}"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"matters": {}}, "no_matters"), ({"matters": {"war": 1}}, "no_matters"),
        ({"matters": {"events": 2}, "year_fen": 1}, "over_year"), ({"days": 0}, "no_days"), ({"days": -9}, "no_days"),
        ({"days": 5 * 366 + 2}, "too_long"),
    ],
)  # fmt: skip
def test_what_no_mandate_can_be_is_refused(hall, told, code):
    body = hall.found(kind=SMALL, seats=3)
    if "days" in told:
        told = {"ends_on": today_in(hall.town.community) + timedelta(days=told["days"])}
    assert refused(hall.propose, body, **told) == code


def test_the_database_keeps_each_matter_once_and_known(mandate):
    row = {"community_id": mandate.community_id, "mandate": mandate, "most_fen": 1}
    for key in ("events", "war"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Matter.objects.create(key=key, **row)

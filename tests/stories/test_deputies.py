"""The stories of deputies: they bring what residents told them straight to a department, and help in disputes."""

from datetime import datetime, timedelta

import pytest

from mulin.cases.models import Case
from mulin.deputies.models import Suggestion
from mulin.deputies.tests.walks import Office
from mulin.kernel import clock
from mulin.kernel.worker import drain, tick
from mulin.mediation import actions as mediation
from mulin.mediation.tests.walks import Table, now
from mulin.people.models import Person

from .conftest import done

pytestmark = pytest.mark.usefixtures("english")
KIND = "suggestions"


@pytest.fixture(autouse=True)
def monday(db):
    clock.set(datetime.fromisoformat("2026-11-23T09:00:00+08:00"))


@pytest.mark.story("L6")
def test_a_deputy_brings_a_suggestion_and_follows_it_to_the_answer(town, door):
    office = Office.at(town)
    deputy, other, desk, roads = (
        door(town, who) for who in (office.deputy, office.other, town.worker, office.contact)
    )  # fmt: skip
    case = door(town, town.resident).report("学校门口没有红绿灯，孩子过马路害怕。")
    number = Case.objects.get(pk=case).number
    key = deputy.make(
        KIND, title="A crossing at the school", matter="Children run across the road.", proposal="Traffic lights.",
        source="residents", residents=12, cases=number, department=str(office.roads.pk),
    )  # fmt: skip
    anyone = door(town)
    assert (anyone.status(key, KIND), desk.status(key, KIND)) == (404, 404)
    assert done(deputy.move(key, "bring", KIND))
    assert (anyone.status(key, KIND), desk.status(key, KIND)) == (404, 200)
    assert done(other.move(key, "co_sign", KIND))
    assert not done(door(town, town.resident).move(key, "co_sign", KIND))
    assert done(desk.move(key, "hand_on", KIND, department=str(office.roads.pk)))
    assert "Children run across the road." in anyone.sees(key, KIND)
    assert done(roads.move(key, "receive", KIND))
    assert done(roads.move(key, "report_on", KIND, words="The poles are ordered."))
    assert done(roads.move(key, "answer", KIND, text="Lights by spring.", klass="B", promised_on="2027-03-01",
                           signed="Roads"))  # fmt: skip
    assert done(deputy.move(key, "judge", KIND, judgement=3, words="Good"))
    assert "Lights by spring." in anyone.sees(key, KIND)
    clock.advance(timedelta(days=100))
    tick()
    drain()
    assert Suggestion.objects.get(pk=key).is_late
    assert done(roads.move(key, "fulfil", KIND, words="They stand."))
    assert (Suggestion.objects.get(pk=key).state, Suggestion.objects.get(pk=key).kept) == ("closed", True)


@pytest.mark.story("L6")
def test_a_deputy_is_the_third_party_in_a_dispute(town):
    office, table = Office.at(town), Table.at(town)
    deputy = Person.objects.get(pk=office.deputy.person_id)
    dispute = mediation.propose(table.agreed(), by=town.resident, person=deputy)
    dispute = now(mediation.choose(dispute, by=town.neighbour))
    assert now(mediation.take_on(dispute, by=office.deputy, no_conflict=True)).mediator == deputy

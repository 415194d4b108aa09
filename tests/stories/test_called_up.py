"""The stories of call-ups: several units at one matter, who does not answer is seen, and both sides are appraised."""

from datetime import datetime, timedelta

import pytest

from mulin.callups.models import CallUp, Turnout
from mulin.callups.tests.walks import Units
from mulin.cases.flow import State
from mulin.kernel import clock
from mulin.kernel.worker import drain, tick
from mulin.participation import actions as participation

from .conftest import done

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(autouse=True)
def monday(db):
    clock.set(datetime.fromisoformat("2026-11-23T09:00:00+08:00"))


def asked(units, subject="", **more):
    return {
        "title": "Wet wall at the kindergarten", "why": "The pipe lies under the shop", "task": "Clear the silt",
        "organisations": [str(units.firm.pk), str(units.works.pk)], "lead": str(units.firm.pk), "urgency": "everyday",
        "address": "Behind the shop", "report_hours": 2, "done_days": 2, "subject": subject, **more,
    }  # fmt: skip


def turnouts(callup):
    return {row.organisation.name: row for row in Turnout.objects.for_list().filter(callup=callup)}


@pytest.mark.story("H1")
def test_several_parties_find_the_broken_drain_under_the_shop(town, door, state):
    units = Units.at(town)
    kindergarten, officer, deputy = door(town, town.resident), door(town, town.officer), door(town, town.worker)
    firm, works = door(town, units.liaison), door(town, units.contact)
    case = kindergarten.report("连下几天雨，幼儿园的墙渗水。")
    assert done(officer.move(case, "accept"))
    assert done(officer.move(case, "pass_up", reason="要动落水管"))
    assert done(deputy.move(case, "accept"))
    callup = deputy.make("call-ups", **asked(units, f"cases.case:{case}"))
    for unit, name in ((firm, "Firm"), (works, "Water works")):
        row = turnouts(callup)[name]
        assert done(unit.move(row.pk, "report_in", "turnouts", people=2))
        assert done(unit.move(row.pk, "finish", "turnouts", outcome="Cleared the silt"))
        assert done(deputy.move(row.pk, "appraise", "turnouts", rating=3))
        assert done(kindergarten.move(row.pk, "rate", "turnouts", rating=3))
    assert CallUp.objects.get(pk=callup).state == "finished"
    assert done(deputy.move(case, "solve", cause="落水管破了，淤泥堵塞", remedy="换管清淤"))
    assert "Cleared the silt" in kindergarten.sees(turnouts(callup)["Firm"].pk, "turnouts")
    assert done(kindergarten.move(case, "confirm", rating=3))
    assert (state(case).cause, state(case).state) == ("落水管破了，淤泥堵塞", State.CLOSED)


@pytest.mark.story("H9")
def test_who_does_not_answer_the_call_is_seen_by_all_called(town, door):
    units = Units.at(town)
    desk, firm, works = door(town, town.worker), door(town, units.liaison), door(town, units.contact)
    case = door(town, town.resident).report("路口的井盖松了")
    callup = desk.make("call-ups", **asked(units, f"cases.case:{case}"))
    assert done(firm.move(turnouts(callup)["Firm"].pk, "report_in", "turnouts", people=3))
    clock.advance(timedelta(hours=4))
    tick()
    drain()
    silent = turnouts(callup)["Water works"]
    assert (silent.state, silent.came_in_time) == ("lapsed", False)
    for who in (desk, firm, works, door(town, town.resident)):
        assert "Did not report in" in who.sees(callup, "call-ups")
    assert door(town, town.neighbour).status(callup, "call-ups") == 404
    assert done(works.move(silent.pk, "report_in", "turnouts"))
    assert turnouts(callup)["Water works"].came_in_time is False
    assert done(works.move(silent.pk, "finish", "turnouts", outcome="Bolted down"))
    assert done(works.move(silent.pk, "judge", "turnouts", was_right="yes", was_clear="yes", was_needed="yes"))


@pytest.mark.story("B11")
def test_a_resident_whistles_the_community_signs_and_units_report(town, door):
    units = Units.at(town)
    wang, desk, firm = door(town, town.resident), door(town, town.worker), door(town, units.liaison)
    case = wang.report("楼顶漏水")
    callup = wang.make("call-ups", at=f"callups/new/?from=cases.case:{case}", **asked(units, f"cases.case:{case}"))
    assert CallUp.objects.get(pk=callup).state == "proposed"
    assert firm.status(callup, "call-ups") == 404
    assert not done(door(town, town.neighbour).move(callup, "sign_off", "call-ups"))
    assert done(desk.move(callup, "sign_off", "call-ups"))
    assert done(firm.move(turnouts(callup)["Firm"].pk, "report_in", "turnouts"))


@pytest.mark.story("B11")
def test_units_are_called_from_something_that_is_no_case(town, door):
    units = Units.at(town)
    desk, works = door(town, town.worker), door(town, units.contact)
    project = participation.offer(by=town.worker, community=town.community, title="A garden for the roof")
    callup = desk.make("call-ups", **asked(units, f"participation.claim:{project.pk}"))
    assert CallUp.objects.get(pk=callup).subject_name == "A garden for the roof"
    assert "A garden for the roof" in works.sees(callup, "call-ups") or "participation.claim" in works.sees(
        callup, "call-ups"
    )
    assert done(works.move(turnouts(callup)["Water works"].pk, "report_in", "turnouts"))

"""Maintenance: due, done, overdue; in and out as a table."""

from datetime import timedelta

import pytest

from mulin.cases.tests.callers import browser, caller
from mulin.cases.tests.factories import make_town
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick
from mulin.people import actions as people
from mulin.people.models import Person
from mulin.rounds import actions
from mulin.rounds.imports import Upkeeps
from mulin.rounds.models import Service, Upkeep
from mulin.tables import examine
from mulin.tables.writing import write_csv

from .factories import fresh, plan, spot, today
from .test_rounds import told

pytestmark = pytest.mark.django_db
HEAD = "点位,项目,间隔天数,下次日期,上次日期,负责单位,法定检验"


def bring(town, *rows):
    file = "\n".join([HEAD, *rows]).encode()
    table, made = examine(Upkeeps(), town.community, file, by=town.worker, filename="t.csv")
    return table.report, made


@pytest.mark.story("B4")
def test_a_lamp_is_looked_after_on_pages_and_by_programs(town):
    lamp, desk, slug = spot(town), browser(town.worker), town.community.slug
    given = {"spot": lamp.pk, "what": "Change the bulb", "every_days": 180, "due_on": today(town)}
    assert desk.post(f"/{slug}/rounds/maintenance/new/", given).status_code == 302
    row = Upkeep.objects.get()
    done = {"version": row.version, "done_on": today(town), "note": "New bulb"}
    assert browser(town.officer).post(f"{row.get_absolute_url()}record/", done).status_code == 302
    assert fresh(row).due_on == today(town) + timedelta(days=180)
    page = browser(town.resident).get(row.get_absolute_url()).content.decode()
    assert "New bulb" in page
    assert "Change the bulb" in browser(town.resident).get(f"/{slug}/places/spot/{lamp.pk}/").content.decode()
    keyed = caller(town, town.worker)
    body = {"done_on": str(today(town)), "next_on": str(today(town) + timedelta(days=9))}
    address = f"/api/v1/{slug}/maintenance-plans/{row.pk}"
    made = keyed.post(f"{address}/record", body, content_type="application/json")
    assert made.status_code == 200, made.content
    assert (keyed.get(address).json()["due_on"], Service.objects.count()) == (body["next_on"], 2)


def test_what_was_not_done_in_time_is_overdue_until_it_is(town):
    row = plan(town)
    clock.set(row.due_at)
    tick()
    assert (fresh(row).state, told(town.worker)) == ("overdue", ["lapse"])
    board = browser(town.resident).get(f"/{town.community.slug}/rounds/maintenance/").content.decode()
    assert "Change the bulb" in board
    assert "Overdue" in board
    actions.record(fresh(row), by=town.worker, done_on=today(town))
    assert fresh(row).state == "current"


def test_the_firm_that_looks_after_it_records_and_a_resident_cannot(town):
    contact = Person.objects.get(pk=town.neighbour.person_id)
    firm = people.add_organisation(by=SYSTEM, community=town.community, kind="firm", name="Lift firm", contact=contact)
    row = plan(town, organisation=firm, what="Yearly inspection", is_inspection=True)
    with pytest.raises(Refused):
        actions.record(row, by=town.resident, done_on=today(town))
    assert actions.record(row, by=town.neighbour, done_on=today(town)).last_on == today(town)


def test_days_that_cannot_be_are_refused(town):
    row = plan(town)
    for done_on, next_on in ((1, None), (0, 0), (-400, None)):
        day, due = (None if each is None else today(town) + timedelta(days=each) for each in (done_on, next_on))
        with pytest.raises(Refused):
            actions.record(row, by=town.worker, done_on=day, next_on=due)


def test_the_same_is_planned_once_for_a_spot(town):
    plan(town)
    with pytest.raises(Refused) as refused:
        plan(town)
    assert refused.value.code == "planned_already"


def test_a_table_is_checked_first_and_comes_in_once(town):
    spot(town)
    row = "Lamp one,Clean the glass,90,2027-03-01,,,"
    report, made = bring(town, row, "Lamp two,Clean,90,2027-03-01,,,", "Lamp one,Wire,x,2027-03-01,,Nobody,")
    assert (Upkeep.objects.count(), len(made.rows), len(report.stopped)) == (0, 1, 2)
    assert {problem.row for problem in report.problems} == {3, 4}
    report, made = bring(town, row)
    assert Upkeeps().write(town.community, made, by=town.worker, advance=int) == 1
    assert Upkeep.objects.get().rings_at is not None
    assert bring(town, row)[1].counts == {"new": 0, "known": 1}


def test_a_table_that_was_given_out_says_the_same(town):
    plan(town, is_inspection=True)
    text = write_csv(Upkeeps.layout, Upkeeps().rows(town.community, by=town.worker))
    table, made = examine(Upkeeps(), town.community, text, by=town.worker, filename="t.csv")
    assert (table.report.problems, made.counts) == ([], {"new": 0, "known": 1})


def test_another_community_finds_no_plan(town):
    row, other = plan(town), make_town("other", letter="O")
    assert browser(other.worker).get(f"/other/rounds/maintenance/{row.pk}/").status_code == 404
    with pytest.raises(Refused):
        actions.record(row, by=other.worker, done_on=today(town))
    assert browser(town.resident).get(f"/{town.community.slug}/rounds/maintenance/new/").status_code == 404

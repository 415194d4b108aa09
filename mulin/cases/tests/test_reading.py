"""What reading a case leaves behind, and who is named to whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulin.cases import actions, queries
from mulin.cases.pages import telling
from mulin.kernel import clock
from mulin.people.models import AccessLine

from .browsing import go, shown, solved
from .callers import Caller, officer
from .factories import town

__all__ = ["go", "officer", "town"]


@pytest.mark.parametrize("way", ["page", "queue", "day", "api"])
def test_looking_at_a_report_leaves_a_line_for_the_reporter_once_an_hour(go, town, way):
    case = town.report()
    looks = {
        "page": lambda: go("detail", case.pk, by=town.officer),
        "queue": lambda: go("queue", by=town.worker),
        "day": lambda: go("queue", by=town.officer),
        "api": lambda: Caller(town, town.officer).get(f"/cases/{case.pk}"),
    }
    for _again in range(2):
        looks[way]()
    line = AccessLine.objects.get()
    assert (line.subject_id, line.what) == (town.resident.person_id, "case")
    clock.advance(timedelta(hours=1))
    looks[way]()
    assert AccessLine.objects.count() == 2


def test_the_reporter_neighbours_and_guests_leave_no_line(go, town):
    case, unnamed = town.report(), town.report(disclosure="anonymous")
    for each in (case, unnamed):
        for viewer in (town.resident, town.neighbour, None):
            go("detail", each.pk, by=viewer)
    go("detail", unnamed.pk, by=town.officer)
    assert not AccessLine.objects.exists()


def test_a_look_within_the_hour_writes_nothing_and_opens_no_transaction(go, town):
    case = town.report()
    go("detail", case.pk, by=town.officer)
    with CaptureQueriesContext(connection) as seen:
        go("detail", case.pk, by=town.officer)
    assert not [each["sql"] for each in seen if not each["sql"].strip().startswith("SELECT")]


def test_a_short_number_is_masked_as_everywhere(go, town):
    page = shown(go("detail", town.report(contact_phone="65432100").pk, by=town.officer))
    assert "65432" not in page  # three digits may stand in an id by chance
    assert "******00" in page


def test_whoever_leads_it_reads_no_name_of_the_reporter_on_the_page_and_over_the_api(go, town):
    case = actions.lead(actions.join(town.report(), by=town.neighbour), by=town.neighbour)
    page = shown(go("detail", case.pk, by=town.neighbour))
    assert "The reporter reported this" in page
    assert "Wang" not in page
    answer = Caller(town, town.neighbour).get(f"/cases/{case.pk}")
    assert answer.json()["timeline"][-1]["actor"] == "reporter"
    assert str(town.resident.person_id) not in answer.content.decode()
    assert Caller(town, town.officer).get(f"/cases/{case.pk}").json()["timeline"][-1]["actor"] == town.resident.actor


def test_on_an_unnamed_report_the_desk_is_named_with_its_own_note(town, officer):
    case = town.report(disclosure="anonymous")
    actions.note(case, by=town.worker, words="去看过了")
    told = {event["verb"]: event["actor"] for event in officer.get(f"/cases/{case.pk}").json()["timeline"]}
    assert told == {"note": town.worker.actor, "report": "guest"}


def test_an_officer_who_reported_without_a_name_is_not_named_by_the_answer(town):
    case = actions.accept(town.report(by=town.officer, disclosure="anonymous"), by=town.worker)
    case = actions.ask(case, by=town.worker, words="哪一层？")
    case = actions.reply(case, by=replace(town.officer, holds=frozenset({case.pk})), words="三层")
    steps = queries.timeline(case, town.worker)
    assert steps[0].actor == "guest"
    told = telling.timeline(case, steps, telling.names(case, steps, town.worker), [], mine=False)
    assert "Someone without a name answered" in {each["text"] for each in told}


def test_the_round_face_shows_a_name_and_not_a_post(town):
    case = solved(town)
    known = telling.names(case, [], town.resident)[case.solver]
    assert (known.name, known.post, str(known)) == ("Chen", "Grid officer", "Grid officer Chen")


def test_a_question_is_over_when_the_report_was_taken_back(go, town):
    case = actions.ask(actions.accept(town.report(), by=town.officer), by=town.officer, words="哪一层？")
    case = actions.withdraw(case, by=town.resident)
    assert (case.waits_for, case.waits_since) == ("", None)
    assert "A question to you" not in shown(go("detail", case.pk, by=town.resident))


def test_a_summary_proposed_by_the_officer_stands_ready_for_the_desk(go, town):
    case = actions.accept(town.report(), by=town.officer)
    case = actions.solve(case, by=town.officer, cause="坏了", remedy="换了", summary="楼道灯换好了")
    assert case.public_summary == ""
    assert "楼道灯换好了" in shown(go("move", case.pk, "summarise", by=town.worker))
    assert "楼道灯换好了" in shown(go("detail", case.pk, by=town.worker))
    assert "楼道灯换好了" not in shown(go("detail", case.pk, by=town.neighbour))
    actions.summarise(case, by=town.worker, summary="灯好了")
    assert "灯好了" in shown(go("move", case.pk, "summarise", by=town.worker))

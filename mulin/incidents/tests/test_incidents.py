"""One thing that broke many: one head, its cases close one by one, and all whom it concerns hear of it."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from mulin.cases import actions as cases
from mulin.cases.models import Case
from mulin.cases.tests.callers import browser, caller
from mulin.incidents import actions, queries
from mulin.incidents.models import Incident, Update
from mulin.kernel import clock
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick
from mulin.news.tests.factories import heard

pytestmark = pytest.mark.django_db
told = partial(heard, kind="incidents.incident")


def declare(town, found=(), **more):
    given = {"title": "The property firm has left", "words": "No light, no rubbish service.", **more}
    return actions.declare(by=town.worker, community=town.community, cases=found, **given)


def settle(town, case):
    case = cases.accept(Case.objects.get(pk=case.pk), by=town.worker)
    cases.solve(case, by=town.worker, cause="Unpaid", remedy="Paid")


def fresh(incident):
    return Incident.objects.get(pk=incident.pk)


@pytest.mark.story("Y3")
def test_an_incident_is_over_when_its_cases_closed_one_by_one(town):
    light, gates = town.report(words="没有路灯。"), town.report(words="大门敞开。")
    incident = declare(town, [light, gates])
    settle(town, light)
    assert (fresh(incident).done, fresh(incident).percent) == (1, 50)
    with pytest.raises(Refused) as refused:
        actions.end(fresh(incident), by=town.worker, lesson="Ask for a deposit")
    assert "all of its cases" in str(refused.value.message)
    settle(town, gates)
    actions.end(fresh(incident), by=town.worker, lesson="Ask for a deposit")
    assert fresh(incident).state == "ended"


@pytest.mark.story("Y3")
def test_the_desk_declares_and_speaks_on_pages_and_a_resident_reads(town):
    case, slug = town.report(), town.community.slug
    desk = browser(town.worker)
    assert "Declare an incident" in desk.get(case.get_absolute_url()).content.decode()
    form = desk.get(f"/{slug}/incidents/new/?case={case.pk}").content.decode()
    assert f'value="{case.pk}" id="id_cases_0" checked' in form.replace("\n", " "), "The case one comes from is ticked."
    given = {"title": "The firm has left", "words": "No light.", "where": "", "cases": [case.pk], "tell": "on"}
    assert desk.post(f"/{slug}/incidents/new/", given).status_code == 302
    incident = Incident.objects.get()
    said = {"version": incident.version, "words": "A new firm comes on Monday.", "tell": "on"}
    assert desk.post(f"{incident.get_absolute_url()}report_on/", said).status_code == 302
    page = browser(town.resident).get(incident.get_absolute_url()).content.decode()
    assert "A new firm comes on Monday." in page
    assert "0 of 1 cases done" in page
    assert "It is part of an incident" in browser(town.resident).get(case.get_absolute_url()).content.decode()


@pytest.mark.story("Y3")
def test_a_program_declares_adds_and_reads_the_situation(town):
    first, second = town.report(), town.report(words="没水。")
    desk, address = caller(town, town.worker), f"/api/v1/{town.community.slug}/incidents"
    given = {"title": "The firm has left", "words": "No light.", "cases": [str(first.pk)]}
    made = desk.post(address, given, content_type="application/json")
    assert made.status_code == 201, made.content
    own = f"{address}/{made.json()['id']}"
    added = desk.post(f"{own}/add", {"cases": [str(second.pk)]}, content_type="application/json")
    assert added.status_code == 200, added.content
    found = Client().get(f"{own}/situation").json()
    assert (found["parts"], found["done"], len(found["cases"])) == (2, 0, 2)


def test_everyone_whom_it_concerns_hears_where_it_was_to_be_told(town):
    case = town.report()
    cases.me_too(case, by=town.neighbour)
    incident = declare(town, [case], tell=True)
    assert told(town.resident) == ["declare"]
    actions.report_on(fresh(incident), by=town.worker, words="On its page only")
    actions.report_on(fresh(incident), by=town.worker, words="A firm comes", tell=True)
    assert told(town.neighbour) == ["declare", "report_on"]


def test_who_follows_hears_and_who_leaves_does_not(town):
    incident = declare(town)
    actions.follow(incident, by=town.neighbour)
    actions.report_on(fresh(incident), by=town.worker, words="A firm comes", tell=True)
    assert told(town.neighbour) == ["report_on"]
    actions.unfollow(fresh(incident), by=town.neighbour)
    actions.report_on(fresh(incident), by=town.worker, words="It came", tell=True)
    assert told(town.neighbour) == ["report_on"]


def test_the_desk_is_reminded_after_two_days_without_a_word_and_again(town):
    incident = declare(town)
    for days in (1, 2, 2):
        clock.set(clock.now() + timedelta(days=days, minutes=1))
        tick()
    assert told(town.worker) == ["ask_word", "ask_word"]
    assert fresh(incident).state == "active"


def test_a_case_belongs_to_one_incident(town):
    case = town.report()
    declare(town, [case])
    with pytest.raises(Refused) as refused:
        declare(town, [case], title="Another")
    assert refused.value.code == "belongs_elsewhere"
    assert Incident.objects.count() == 1


def test_a_case_that_was_taken_out_can_be_added_elsewhere(town):
    case = town.report()
    incident = declare(town, [case])
    actions.take_out(incident, by=town.worker, case=case, reason="Another cause")
    assert queries.of_case(case) is None
    assert declare(town, [case], title="Another").parts[0].case == case


def test_what_one_may_not_see_is_only_counted(town):
    own = town.report(disclosure="confidential")
    incident = declare(town, [own])
    page = browser(town.neighbour).get(incident.get_absolute_url()).content.decode()
    assert own.number not in page
    assert "household" in page


def test_nobody_but_the_desk_declares(town):
    assert browser(town.resident).get(f"/{town.community.slug}/incidents/new/").status_code == 404
    with pytest.raises(Refused):
        actions.declare(by=town.officer, community=town.community, title="A", words="B")


def test_a_place_that_is_not_here_is_refused(town):
    with pytest.raises(Refused) as refused:
        declare(town, where=("grid", town.worker.account_id))
    assert refused.value.code == "unknown_place"


def test_reading_takes_few_statements(town, django_assert_max_num_queries):
    found = [town.report() for _each in range(4)]
    incident = declare(town, found)
    for number in range(3):
        actions.report_on(fresh(incident), by=town.worker, words=f"Word {number}")
    client = browser(town.resident)
    client.get(incident.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(incident.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(f"/{town.community.slug}/incidents/")
    assert Update.objects.count() == 3

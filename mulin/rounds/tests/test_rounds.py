"""Patrol rounds of places: generated ahead, walked stop by stop, what is found becomes a case, nobody is tracked."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.urls import reverse

from mulin.cases.models import Case
from mulin.cases.tests.callers import browser, caller
from mulin.cases.tests.factories import make_town
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.clock import CLOCK
from mulin.kernel.models import Link
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick
from mulin.news.tests.factories import heard
from mulin.rounds import actions
from mulin.rounds.models import Look, Round, Route
from mulin.territory.tests.factories import entrances

from .factories import draw, due, fresh, spot, today, walked

pytestmark = pytest.mark.django_db
told = partial(heard, kind="rounds.")


def setting_out(town):
    round = due(town)
    return fresh(actions.set_out(round, by=town.officer))


@pytest.mark.story("B4")
def test_an_officer_walks_a_round_on_pages_and_a_finding_becomes_a_case(town):
    round, officer = due(town), browser(town.officer)
    url = round.get_absolute_url()
    assert "Lamps and doors" in officer.get(f"/{town.community.slug}/rounds/").content.decode()
    assert "Your patrol round" in officer.get(reverse("cases:queue", args=[town.community.slug])).content.decode()
    assert officer.post(f"{url}set_out/", {"version": round.version}).status_code == 302
    lamp, door = fresh(round).looks
    assert officer.post(f"{url}stops/{lamp.pk}/well/", {"line": ["0"]}).status_code == 422
    assert officer.post(f"{url}stops/{lamp.pk}/well/", {"line": ["0", "1"]}).status_code == 302
    assert officer.get(f"{url}stops/{door.pk}/finding/").status_code == 200
    given = {"words": "The door does not close.", "category": ""}
    assert officer.post(f"{url}stops/{door.pk}/finding/", given).status_code == 302
    case = Case.objects.get(words="The door does not close.")
    assert case.entrance == entrances(town.community)[0]
    assert Link.objects.filter(source_id=round.pk, target_id=case.pk, kind="origin").exists()
    assert officer.post(f"{url}finish/", {"version": fresh(round).version, "note": ""}).status_code == 302
    assert (fresh(round).state, fresh(round).seen, fresh(round).found) == ("done", 2, 1)
    page = officer.get(fresh(round).route.get_absolute_url()).content.decode()
    assert "What it found, by kind of stop" in page


@pytest.mark.story("B4")
def test_a_program_draws_walks_and_finishes_a_round(town):
    desk, officer = caller(town, town.worker), caller(town, town.officer)
    base = f"/api/v1/{town.community.slug}"
    lamp = spot(town)
    given = {"name": "Lamps", "walker": "post:grid_officer", "every_days": 1, "checklist": "Lamp: it shines"}
    made = desk.post(f"{base}/patrol-routes", given, content_type="application/json")
    assert made.status_code == 201, made.content
    own = f"{base}/patrol-routes/{made.json()['id']}"
    for move, body in (("add_stops", {"places": [f"spot:{lamp.pk}"]}), ("activate", {"until": str(today(town))})):
        done = desk.post(f"{own}/{move}", body, content_type="application/json")
        assert done.status_code == 200, done.content
    assert desk.get(f"{own}/stops").json()[0]["lines"] == ["it shines"]
    round = due(town, route=Route.objects.get())
    own = f"{base}/patrol-rounds/{round.pk}"
    said = officer.post(f"{own}/set_out", {}, content_type="application/json")
    assert said.status_code == 200, said.content
    stop = officer.get(f"{own}/stops").json()[0]
    assert (stop["name"], stop["result"]) == ("Lamp one", "")
    body = {"result": "finding", "words": "It flickers."}
    said = officer.post(f"{own}/stops/{stop['id']}", body, content_type="application/json")
    assert (said.status_code, said.json()["case_id"]) == (200, str(Case.objects.get().pk))
    again = officer.post(f"{own}/stops/{stop['id']}", body, content_type="application/json")
    assert (again.status_code, Case.objects.count()) == (409, 1)
    assert officer.post(f"{own}/finish", {}, content_type="application/json").json()["state"] == "done"
    bad = officer.post(f"{own}/stops/{stop['id']}", {"result": "x", "y": 1}, content_type="application/json")
    assert (bad.status_code, sorted(bad.json()["error"]["fields"])) == (422, ["result", "y"])


def test_a_round_planned_in_the_evening_of_its_day_is_due_at_once(town):
    clock.set(datetime.fromisoformat("2026-11-23T20:10:00+08:00"))
    walked(town)
    tick()
    assert Round.objects.get(day=today(town)).state == "due"


def test_rounds_are_planned_a_week_ahead_and_only_once_by_two_workers(town):
    route = walked(town)
    assert Round.objects.count() == 8
    clock.set(Route.objects.get().rings_at)
    one, other = fresh(route), fresh(route)  # each worker read it before either moved
    actions.plan_ahead(one, by=CLOCK)
    with pytest.raises(Refused):
        actions.plan_ahead(other, by=CLOCK)
    assert Round.objects.filter(route=route).count() == 9
    clock.set(Route.objects.get().rings_at)
    tick()
    tick()
    assert Round.objects.filter(route=route).count() == 10


def test_a_route_on_weekdays_is_walked_on_these_days_alone(town):
    walked(town, every_days=None, weekdays=["0", "3"])
    assert {row.day.weekday() for row in Round.objects.all()} == {0, 3}


def test_another_rhythm_calls_off_what_does_not_fit_any_more(town):
    route = walked(town)
    given = {"walker": {"post": "grid_officer"}, "every_days": None, "weekdays": ["0"], "name": "Mondays"}
    actions.amend(route, by=town.worker, **given)
    ahead = Round.objects.filter(state="planned")
    assert {row.day.weekday() for row in ahead} <= {0}
    assert Round.objects.filter(state="called_off").exists()


def test_a_missed_round_tells_desk_and_walkers_and_asks_why(town):
    round = due(town)
    assert told(town.officer) == ["fall_due"]
    clock.set(fresh(round).due_at)
    tick()
    assert fresh(round).state == "missed"
    assert "miss" in told(town.officer)
    assert "miss" in told(town.worker)
    explained = actions.explain(fresh(round), by=town.officer, reason="A burst pipe.")
    assert explained.reason == "A burst pipe."


def test_a_stop_is_left_out_only_with_a_reason(town):
    round = setting_out(town)
    with pytest.raises(Refused) as refused:
        actions.look(round, by=town.officer, stop=round.looks[0].pk, result="missed")
    assert refused.value.code == "no_reason"
    with pytest.raises(Refused) as refused:
        actions.finish(fresh(round), by=town.officer)
    assert refused.value.code == "needed_first"


def test_nobody_can_read_who_stood_where_when(town):
    round = setting_out(town)
    before = Detail.objects.filter(community=town.community.pk).count()
    for look in round.looks:
        actions.look(round, by=town.officer, stop=look.pk, result="missed", reason="Rain.")
    assert Detail.objects.filter(community=town.community.pk).count() == before
    kinds = {field.get_internal_type() for field in Look._meta.concrete_fields}
    assert not kinds & {"DateTimeField", "DateField"}
    assert not [field.name for field in Look._meta.concrete_fields if "person" in field.name or "by" in field.name]


def test_only_who_set_out_or_the_desk_answers_a_stop(town):
    round = setting_out(town)
    with pytest.raises(Refused) as refused:
        actions.look(round, by=town.neighbour, stop=round.looks[0].pk, result="missed", reason="x")
    assert refused.value.status == 403
    actions.look(round, by=town.worker, stop=round.looks[0].pk, result="missed", reason="Seen from the desk")


def test_a_route_ends_by_itself_and_warns_before(town):
    route = walked(town)
    for _times in range(60):
        clock.set(clock.now() + timedelta(days=1))
        tick()
        if fresh(route).state == "ended":
            break
    assert fresh(route).state == "ended"
    assert "warn" in told(town.worker)
    assert not Round.objects.filter(state__in=("planned", "due", "walking")).exists()
    assert not Round.objects.filter(day__gte=fresh(route).ends_on).exists()


def test_stops_change_places_by_plain_buttons(town):
    route, desk = draw(town), browser(town.worker)
    first, second = route.stops
    url = route.get_absolute_url()
    assert desk.post(f"{url}shift_stop/", {"stop": second.pk, "to": "up"}).status_code == 302
    assert [stop.pk for stop in fresh(route).stops] == [second.pk, first.pk]
    assert desk.post(f"{url}take_out/", {"stop": first.pk}).status_code == 302
    assert len(fresh(route).stops) == 1
    found = desk.get(f"{url}?q=2号楼").content.decode()
    assert "2号楼 1门" in found


def test_residents_and_other_communities_find_nothing(town):
    round, other = due(town), make_town("other", letter="O")
    for viewer in (town.resident, other.worker):
        client = browser(viewer)
        for url in (round.get_absolute_url(), round.route.get_absolute_url(), f"/{town.community.slug}/rounds/"):
            assert client.get(url).status_code == 404, (viewer.name, url)
        keyed = caller(other if viewer is other.worker else town, viewer)
        for name, noun in (("patrol-rounds", round), ("patrol-routes", round.route)):
            assert keyed.get(f"/api/v1/{town.community.slug}/{name}/{noun.pk}").status_code in (401, 403, 404)
    assert browser(town.resident).get(f"/{town.community.slug}/rounds/routes/new/").status_code == 404


def test_a_scanned_plate_leads_to_the_stop_of_ones_round(town):
    round, slug = setting_out(town), town.community.slug
    code = entrances(town.community)[0].code
    page = browser(town.officer).get(f"/{slug}/report/?e={code}").content.decode()
    assert f"{round.get_absolute_url()}stops/" in page
    assert "Go on with your round" not in browser(town.resident).get(f"/{slug}/report/?e={code}").content.decode()
    assert browser(town.officer).get(f"/{slug}/rounds/?code={code}").status_code == 302


def test_a_place_tells_everyone_when_it_was_seen_and_who_comes_next(town):
    round = setting_out(town)
    lamp, door = round.looks
    actions.look(round, by=town.officer, stop=lamp.pk, result="well", ticked=[0, 1])
    actions.look(round, by=town.officer, stop=door.pk, result="missed", reason="Rain.")
    actions.finish(fresh(round), by=town.officer)
    page = browser(town.resident).get(f"/{town.community.slug}/places/spot/{lamp.place_id}/").content.decode()
    assert "Last seen on a round" in page
    assert "Next round" in page
    assert "Chen" not in page.split("Looked at and looked after")[1].split("</section>")[0]


def test_reading_takes_few_statements(town, django_assert_max_num_queries):
    round = setting_out(town)
    client = browser(town.officer)
    for url in (f"/{town.community.slug}/rounds/", round.get_absolute_url(), round.route.get_absolute_url()):
        client.get(url)
        with django_assert_max_num_queries(20):
            client.get(url)

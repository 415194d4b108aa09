"""The rates on pages and through the API: definitions in words, small counts kept, exclusions by two."""

import pytest
from django.test import Client

from mulin.cases import actions as cases
from mulin.cases.tests.callers import browser, caller
from mulin.kernel.refusals import Refused
from mulin.rates import actions, queries
from mulin.rates.models import Definition, Exclusion

pytestmark = pytest.mark.django_db


def solved(town, rating=3):
    case = cases.accept(town.report(), by=town.officer)
    case = cases.solve(case, by=town.officer, cause="A bulb", remedy="A new bulb")
    return cases.confirm(case, by=town.resident, rating=rating)


def ask(town, case, by=None):
    given = {"ground": "law", "reason": "No law allows it."}
    return actions.ask(by=by or town.worker, community=town.community, case=case, **given)


@pytest.mark.story("L12")
def test_anyone_reads_the_rates_and_how_they_are_counted(town):
    for rating in (3, 3, 2, 1, 3, 3):
        solved(town, rating)
    actions.count_all()
    said = Client(headers={"accept-language": "en"}).get(f"/{town.community.slug}/rates/").content.decode()
    assert "83%" in said  # five of six were pleased or so-so
    assert "The reporter decides, not who handled it" in said


@pytest.mark.story("L12")
def test_a_program_reads_the_same_rates(town):
    for rating in (3, 3, 2, 1, 3, 3):
        solved(town, rating)
    actions.count_all()
    found = Client().get(f"/api/v1/{town.community.slug}/rates?by=category").json()
    assert found["whole"]["satisfaction"] == {"part": 5, "whole": 6, "percent": 83}
    assert [row["key"] for row in found["definitions"]] == ["response", "resolution", "satisfaction"]


def test_small_counts_are_told_to_the_desk_only(town):
    solved(town)
    actions.count_all()
    address = f"/api/v1/{town.community.slug}/rates"
    assert Client().get(address).json()["whole"]["resolution"] == {"part": None, "whole": None, "percent": None}
    told = caller(town, town.worker).get(address).json()["whole"]["resolution"]
    assert told == {"part": 1, "whole": 1, "percent": 100}


@pytest.mark.parametrize("query", ["from=2026-13", "to=x", "by=grid&from=2019-01&to=2030-01", "from=2026-11&to=2025-1"])
def test_a_period_that_cannot_be_read_is_the_usual_one(town, query):
    assert Client().get(f"/{town.community.slug}/rates/?{query}").status_code == 200


@pytest.mark.parametrize("by", ["month", "grid", "category"])
def test_the_table_can_be_taken_along(town, by):
    solved(town)
    actions.count_all()
    answer = browser(town.worker).get(f"/{town.community.slug}/rates/rates.csv?by={by}")
    assert "100%" in answer.content.decode("utf-8-sig")


def test_the_page_needs_few_statements(town, django_assert_max_num_queries):
    solved(town)
    actions.count_all()
    client = browser(town.resident)
    client.get(f"/{town.community.slug}/rates/?by=grid")
    with django_assert_max_num_queries(12):
        client.get(f"/{town.community.slug}/rates/?by=grid")


def test_who_asked_cannot_agree(town):
    made = ask(town, solved(town))
    with pytest.raises(Refused) as refused:
        actions.agree(made, by=town.worker)
    assert "second person" in str(refused.value.message)


def test_who_solved_it_cannot_agree(town):
    case = cases.solve(cases.accept(town.report(), by=town.worker_two), by=town.worker_two, cause="A", remedy="B")
    with pytest.raises(Refused):
        actions.agree(ask(town, case), by=town.worker_two)


def test_a_case_is_asked_for_once(town):
    case = solved(town)
    ask(town, case)
    with pytest.raises(Refused) as refused:
        ask(town, case, by=town.worker_two)
    assert refused.value.code == "asked_already"


@pytest.mark.story("L12")
def test_a_case_is_left_out_by_two_on_the_pages(town):
    case, slug = solved(town), town.community.slug
    first, second = browser(town.worker), browser(town.worker_two)
    assert f"left-out/new/?case={case.pk}" in first.get(case.get_absolute_url()).content.decode()
    given = {"case": case.pk, "ground": "force", "reason": "The flood of July."}
    assert first.post(f"/{slug}/rates/left-out/new/", given).status_code == 302
    made = Exclusion.objects.get()
    assert second.post(f"{made.get_absolute_url()}agree/", {"version": made.version}).status_code == 302
    made.refresh_from_db()
    assert made.state == "left_out"
    assert "The flood of July." in first.get(made.get_absolute_url()).content.decode()


def test_a_case_is_left_out_by_two_through_the_api(town):
    case, address = solved(town), f"/api/v1/{town.community.slug}/exclusions"
    given = {"case": str(case.pk), "ground": "force", "reason": "The flood of July."}
    made = caller(town, town.worker).post(address, given, content_type="application/json")
    assert made.status_code == 201, made.content
    agreed = caller(town, town.worker_two).post(f"{address}/{made.json()['id']}/agree")
    assert agreed.json()["state"] == "left_out"


@pytest.mark.parametrize("name", ["resident", "officer"])
@pytest.mark.parametrize("page", ["left-out/", "left-out/new/", "definitions/response/"])
def test_others_do_not_find_what_the_desk_decides(town, name, page):
    assert browser(getattr(town, name)).get(f"/{town.community.slug}/rates/{page}").status_code == 404


def test_what_comes_is_for_those_who_work_here(town):
    address = f"/{town.community.slug}/rates/outlook/"
    assert browser(town.resident).get(address).status_code == 404
    assert browser(town.officer).get(address).status_code == 200


def test_where_reports_heap_up_is_told_from_three_on(town):
    for _each in range(2):
        town.report()
    assert queries.hot_spots(town.community) == []
    town.report()
    (spot,) = queries.hot_spots(town.community)
    assert (spot.count, spot.before) == (3, 0)
    page = browser(town.officer).get(f"/{town.community.slug}/rates/outlook/").content.decode()
    assert "1号楼</span>" in page, "The list names the house beside it."


def test_a_promise_that_ends_in_seven_days_is_foreseen(town):
    town.report()
    late, days = queries.coming(town.community)
    assert (late, sum(day.due for day in days)) == (0, 1)


def test_a_published_definition_counts_from_today_and_the_old_one_stays_readable(town):
    client, slug = browser(town.worker), town.community.slug
    given = {"part": "fixed", "whole": "ended", "zh": "已解决占办结", "en": "Fixed of all that ended", "source": "市规"}
    assert client.post(f"/{slug}/rates/definitions/resolution/", given).status_code == 302
    assert [each.whole for each in queries.definitions(town.community)] == ["due", "ended", "judged"]
    (before,) = queries.versions(town.community)
    assert (before.version, before.whole) == (1, "judged")
    assert "Fixed of all that ended" in client.get(f"/{slug}/rates/").content.decode()


def test_a_share_over_a_hundred_percent_is_refused_with_what_would_work(town):
    given = {"part": "judged", "whole": "fixed", "zh": "无", "en": "None", "source": ""}
    answer = browser(town.worker).post(f"/{town.community.slug}/rates/definitions/resolution/", given)
    assert answer.status_code == 422
    assert "all that were reported" in answer.content.decode()
    assert not Definition.objects.exists()

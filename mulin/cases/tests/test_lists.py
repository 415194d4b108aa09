"""What the lists of cases show, and what every page costs."""

from datetime import datetime

import pytest
from django.urls import reverse

from mulin.cases import actions, queries
from mulin.cases.pages import telling
from mulin.kernel import clock
from mulin.kernel.engine import second
from mulin.territory.tests.factories import entrances

from .browsing import go, shown, solved
from .factories import town

__all__ = ["go", "town"]
MONDAY = datetime.fromisoformat("2026-11-23T09:00:00+08:00")


@pytest.fixture(autouse=True)
def monday(db):
    clock.set(MONDAY)


def test_the_list_shows_outsiders_the_category_and_finds_words_only_for_those_who_read_them(go, town):
    case = town.report(category=town.category("lamp"))
    page = shown(go("list", by=town.neighbour))
    assert case.number in page
    assert "老人看不清" not in page
    assert case.number not in shown(go("list", by=town.neighbour, q="看不清"))
    assert case.number in shown(go("list", by=town.officer, q="看不清"))
    assert case.number in shown(go("list", by=town.neighbour, q=case.number.lower()))


def test_chips_count_what_the_list_shows_and_the_map_has_the_same_numbers(go, town):
    town.report()
    solved(town)
    town.report(disclosure="confidential")
    page = go("list")
    chips = {chip["label"]: chip["count"] for chip in page.context["chips"]}
    assert (chips["All"], chips["New"], chips["Solved"]) == (2, 1, 1)
    assert [point["number"] for point in page.context["map"]["points"]] == [1, 2]
    assert len(go("list", state="solved").context["rows"]) == 1
    assert len(go("list", grid="2").context["rows"]) == 0


def test_pages_follow_one_another_without_a_gap(go, client, town):
    made = {town.report().pk for _ in range(5)}
    response, seen = go("list", size="2"), []
    while True:
        seen += [row["case"].pk for row in response.context["rows"]]
        if not response.context["next_url"]:
            break
        response = client.get(reverse("cases:list", args=[town.community.slug]) + response.context["next_url"])
    assert len(seen) == 5
    assert set(seen) == made


def test_one_s_own_list_begins_with_what_waits(go, town):
    open_one, waits, other = town.report(), solved(town), town.report(by=town.neighbour)
    actions.me_too(other, by=town.resident)
    context = go("mine", by=town.resident).context
    assert [row["case"].pk for row in context["waiting"]] == [waits.pk]
    assert {row["case"].pk for row in context["rows"]} == {open_one.pk, other.pk}
    assert not go("mine").context["rows"]


def test_an_officer_sees_the_own_queue_and_the_desk_everything(go, town):
    mine, elsewhere = town.report(), town.report(place=town.where(2))
    assert [row["case"].pk for row in go("queue", by=town.officer).context["rows"]] == [mine.pk]
    assert {row["case"].pk for row in go("queue", by=town.worker).context["rows"]} == {mine.pk, elsewhere.pk}
    assert go("queue").status_code == 302


def test_the_queue_counts_its_parts_and_pages_by_due_date(go, client, town):
    for _ in range(3):
        town.report()
    first = go("queue", by=town.worker, tab="new", size="2")
    assert {tab["label"]: tab["count"] for tab in first.context["tabs"]}["To take on"] == 3
    rest = client.get(reverse("cases:queue", args=[town.community.slug]) + first.context["next_url"])
    pages = [[row["case"].pk for row in page.context["rows"]] for page in (first, rest)]
    assert [len(page) for page in pages] == [2, 1]
    assert not set(pages[0]) & set(pages[1])


def test_points_are_public_and_stand_at_the_door_at_most(go, town):
    town.report(place=queries.where(town.community, lon=town.where().lon + 0.00005, lat=town.where().lat))
    town.report(disclosure="confidential")
    [point] = go("points").json()["points"]
    assert (point["lon"], point["lat"]) == (entrances(town.community)[0].lon, entrances(town.community)[0].lat)
    assert not go("points", box="0,0,1,1").json()["points"]


def test_points_keep_to_the_choice_of_the_list(go, town):
    lamp, other = town.report(category=town.category("lamp")), town.report(category=town.category("noise"))
    actions.accept(other, by=town.officer)
    for asked, found in (
        ({"category": "lamp"}, {lamp}), ({"state": "in_hand"}, {other}), ({"q": other.number}, {other}),
        ({}, {lamp, other}), ({"state": "ended"}, set()), ({"grid": "2"}, set()),
    ):  # fmt: skip
        answer = go("points", **asked).json()
        assert {point["url"] for point in answer["points"]} == {case.get_absolute_url() for case in found}, asked
        assert answer["all"]
    assert go("list", category="lamp", size="1").context["map"]["dots"].endswith("/cases.json?category=lamp")


def test_a_list_of_a_hundred_is_cheap(go, town, django_assert_max_num_queries):
    for number in range(102):
        town.report(by=town.neighbour if number % 2 else town.resident)
    go("list", by=town.worker)
    with django_assert_max_num_queries(10):
        assert len(go("list", by=town.worker, size="100", q="").context["rows"]) == 100
    for name, viewer in (("list", None), ("list", town.officer), ("queue", town.worker), ("mine", town.resident)):
        go(name, by=viewer)
        with django_assert_max_num_queries(12):
            go(name, by=viewer)


def test_a_case_is_cheap_for_everyone(go, town, django_assert_max_num_queries):
    case = solved(town)
    actions.note(case, by=town.worker, words="去看过了", audience="internal")
    going = actions.accept(town.report(), by=town.officer)
    for viewer in (town.worker, town.officer, town.resident):
        for each in (case, going):
            go("detail", each.pk, by=viewer)
            with django_assert_max_num_queries(15):
                assert go("detail", each.pk, by=viewer).status_code == 200
    with django_assert_max_num_queries(12):
        go("detail", case.pk)
    with django_assert_max_num_queries(12):
        go("report", e=entrances(town.community)[0].code)


def test_the_timeline_names_who_agreed_not_to_take_it_on(town):
    case = actions.refuse(town.report(), by=town.officer, why="not_ours", words="请找物业")
    case = second(case, "refuse", by=town.worker, agree=True)
    steps = queries.timeline(case, town.resident)
    told = telling.timeline(case, steps, telling.names(case, steps, town.resident), [], mine=True)
    assert (told[0]["text"], told[0]["after"]) == (
        "Grid officer Chen did not take it on",
        "Community worker Zhou agreed",
    )


def test_nothing_waits_on_the_slips_of_a_case_that_ended(town):
    case = actions.withdraw(town.report(place=town.where(2)), by=town.resident)
    assert "waits" not in {slip["note"] for slip in telling.slips(case)}

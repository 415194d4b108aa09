"""The view from above: which communities, what is counted, and that small counts and strangers learn nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mulin.cases import actions
from mulin.cases.tests.browsing import cookie_of
from mulin.cases.tests.factories import make_town
from mulin.factors.tests.helpers import with_app
from mulin.home import queries
from mulin.home.figures import needs_help
from mulin.home.queries import Figures
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.models import Account, Oversight
from mulin.people.queries import load_viewer
from mulin.territory.models import Division
from mulin.web.counts import few, percent, written


@pytest.fixture
def towns(db):
    """Two communities of one subdistrict and one of another, and who oversees the first."""
    city = Division.objects.create(level=2, name="City")
    street = Division.objects.create(level=4, name="Street", parent=city)
    other = Division.objects.create(level=4, name="Other", parent=city)
    made = [make_town("one", division=street, name="一社区"), make_town("two", division=street, name="二社区")]
    made.append(make_town("three", division=other, name="三社区"))
    account = people.open_account(by=SYSTEM, email="he@street.test", password="a-good-password")
    today = clock.now().date()
    days = {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=100)}
    people.give_oversight(by=SYSTEM, account=account, division=street, kind="subdistrict", **days)
    return account, made


@pytest.fixture
def look(client, towns):
    """Open a page as an account, and return the answer."""

    def visit(address, account=None):
        client.cookies.pop("mulin", None)
        client.cookies["language"] = "en"
        if account:
            client.cookies["mulin"] = cookie_of(load_viewer(account.pk, None))
        return client.get(address)

    return visit


def test_one_sees_the_communities_below_what_one_oversees_and_no_others(towns, look):
    account, _made = towns
    page = look("/overview/", account)
    assert [row["name"] for row in page.context["rows"]] == ["一社区", "二社区"]
    assert {each.slug for each in queries.overseen(account.pk)} == {"one", "two"}


def test_an_oversight_that_is_over_shows_nothing(towns, look):
    account, _made = towns
    clock.set(clock.now() + timedelta(days=101))
    assert queries.overseen(account.pk) == []
    assert Oversight.objects.count() == 1


def test_who_oversees_nothing_finds_no_such_page_and_a_guest_is_asked_to_sign_in(towns, look):
    _account, made = towns
    assert look("/overview/").status_code == 302
    assert look("/overview/", Account.objects.get(pk=made[0].worker.account_id)).status_code == 404


def test_small_counts_are_not_told_to_those_above_but_to_the_desk(towns, look):
    account, made = towns
    for _time in range(2):
        made[0].report()
    above = look(reverse("community:overview", args=["one"]), account).context
    assert {row["open"] for row in above["rows"]} == {"<5"}
    assert set(above["chart"]["series"][0]["values"]) == {None}
    rows = queries.figures([made[0].community.pk], by="grid")
    assert sum(each.open for each in rows.values()) == 2


def test_a_resident_finds_no_overview(towns, client):
    _account, made = towns
    client.cookies["mulin"] = cookie_of(made[0].resident)
    assert client.get(reverse("community:overview", args=["one"])).status_code == 404
    client.cookies["mulin"] = cookie_of(made[0].worker)
    assert client.get(reverse("community:overview", args=["one"])).status_code == 200


def test_who_only_oversees_begins_with_the_overview(towns, look):
    account, _made = towns
    assert look("/one/", account).url == "/one/overview/"


def test_on_time_is_what_no_clock_handed_up(towns):
    _account, made = towns
    town = made[0]
    soon = actions.accept(town.report(), by=town.officer)
    actions.solve(soon, by=town.officer, cause="灯泡", remedy="换了")
    late = town.report()
    clock.set(late.due_at + timedelta(minutes=1))
    late = actions.accept(actions.escalate(late, by=clock.CLOCK), by=town.worker)
    actions.solve(late, by=town.worker, cause="灯泡", remedy="换了")
    found = queries.figures([town.community.pk])[town.community.pk]
    assert (found.solved, found.on_time, found.taken_on) == (2, 1, 2)


def test_weeks_count_today_in_the_last_of_twelve(towns):
    _account, made = towns
    made[0].report()
    weeks = queries.weeks([made[0].community.pk, made[1].community.pk])
    assert [week.reported for week in weeks] == [0] * 11 + [1]


def test_counts_shares_and_the_order_of_help():
    assert (few(4), few(5), few(4, exact=True)) == ("<5", "5", "4")
    assert (written(percent(1, 4)), written(percent(3, 8))) == ("–", "38%")
    assert needs_help(4, 4) == needs_help(0, 0) == (0, 0)
    assert sorted([(5, 9), (9, 5)], key=lambda pair: needs_help(*pair)) == [(9, 5), (5, 9)]
    assert Figures(open=1) + Figures(open=2, late=1) == Figures(open=3, late=1)


def test_where_a_second_factor_must_be_the_view_waits_for_it(towns, look, settings):
    settings.STAFF_FACTOR = "must"
    account, _made = towns
    assert look("/overview/", account)["Location"] == reverse("entry:security")
    with_app(account)
    assert look("/overview/", account).status_code == 200

"""The letter in the morning, and the word before a promise is broken."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulin.cases import actions as cases
from mulin.kernel import clock
from mulin.kernel.worker import do_chores, drain
from mulin.news import actions
from mulin.news.models import Morning, Notification, Reminder
from mulin.participation import actions as participation

TUESDAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # nine in the morning


@pytest.fixture
def town(town):
    clock.set(TUESDAY)
    return town


def test_officers_get_one_letter_with_what_is_overdue_due_and_new(town):
    actions.begin_mornings()
    late = cases.accept(town.report(), by=town.officer)
    due = cases.accept(town.report(words="门坏了"), by=town.officer)
    clock.set(TUESDAY + timedelta(days=5, hours=23))
    fresh = town.report(words="水管漏水")
    at = max(late.due_at, due.due_at) + timedelta(minutes=5)
    clock.set(max(at, fresh.created_at))
    mail.outbox.clear()
    Notification.objects.all().delete()
    clock.set(datetime(2026, 12, 1, 1, 0, tzinfo=UTC))
    actions.begin_mornings()
    officer = [each for each in mail.outbox if each.to == ["chen@baocui.test"]]
    (letter,) = officer
    assert late.number in letter.body
    assert due.number in letter.body
    mail.outbox.clear()
    actions.begin_mornings()
    assert not mail.outbox


def test_nobody_gets_a_letter_that_says_nothing_nor_before_work_begins_nor_on_a_holiday(town):
    clock.set(datetime(2026, 11, 24, 0, 0, tzinfo=UTC))  # eight o'clock
    town.report()
    actions.begin_mornings()
    assert not Morning.objects.exists()
    clock.set(datetime(2026, 11, 28, 2, 0, tzinfo=UTC))  # Saturday
    actions.begin_mornings()
    assert not Morning.objects.exists()
    clock.set(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))
    actions.begin_mornings()
    accounts = set(Morning.objects.values_list("account", flat=True))
    assert town.officer.account_id in accounts
    assert not {town.resident.account_id, town.neighbour.account_id} & accounts


def test_who_wants_no_letter_gets_none(town):
    actions.choose(town.officer.account_id, mail="once", muted=[], morning=False)
    town.report()
    clock.set(TUESDAY + timedelta(hours=1))
    actions.begin_mornings()
    assert not Morning.objects.filter(account=town.officer.account_id).exists()


def test_many_matters_cost_no_more_statements_than_one(town):
    def asked():
        from mulin.news.queries import due_lists

        with CaptureQueriesContext(connection) as seen:
            due_lists(town.community, TUESDAY - timedelta(days=1))
        return len(seen)

    town.report()
    one = asked()
    for number in range(4):
        town.report(words=f"{number} 楼道的灯不亮")
    assert asked() == one


def test_those_in_charge_are_reminded_once_before_a_promise_is_broken(town):
    case = town.report()
    drain()
    Notification.objects.all().delete()
    clock.set(case.due_at - timedelta(minutes=15))  # of thirty: too early
    assert actions.remind_now() == 0
    clock.set(case.due_at - timedelta(minutes=5))
    assert actions.remind_now() == 1
    assert [told.verb for told in Notification.objects.filter(account=town.officer.account_id)] == ["due_soon"]
    assert not Notification.objects.filter(account=town.resident.account_id).exists()
    clock.set(case.due_at - timedelta(minutes=3))
    assert actions.remind_now() == 0
    assert Reminder.objects.count() == 1


def test_a_long_promise_is_recalled_an_hour_of_work_before(town):
    clock.set(TUESDAY + timedelta(hours=2))
    case = cases.accept(town.report(), by=town.officer)
    clock.set(case.due_at - timedelta(hours=2))
    assert actions.remind_now() == 0
    clock.set(case.due_at - timedelta(minutes=50))
    assert actions.remind_now() == 1


def test_whoever_waits_for_the_reporter_is_not_reminded(town):
    case = cases.ask(cases.accept(town.report(), by=town.officer), by=town.officer, words="哪一层？")
    clock.set(case.due_at - timedelta(minutes=5))
    assert actions.remind_now() == 0


def test_a_volunteer_hears_once_that_the_registration_ends_soon(town):
    made = participation.register(by=town.neighbour, community=town.community, areas=[], post_kinds=[])
    drain()
    clock.set(made.due_at - timedelta(days=20))
    do_chores()
    do_chores()
    verbs = [told.verb for told in Notification.objects.filter(account=town.neighbour.account_id)]
    assert verbs.count("ends_soon") == 1

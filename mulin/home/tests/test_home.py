"""What a resident's home shows, and what opening a case does to its notifications."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mulin.cases import actions
from mulin.cases.tests.browsing import cookie_of, go
from mulin.cases.tests.factories import town
from mulin.kernel import clock
from mulin.kernel.worker import drain
from mulin.news.models import Notification
from mulin.news.queries import unread_count

__all__ = ["go", "town"]


@pytest.fixture
def home(client, town):
    """Open the home of someone, and return what it shows."""

    def visit(by):
        client.cookies["mulin"] = cookie_of(by)
        return client.get(reverse("community:home", args=[town.community.slug])).context

    return visit


def asked(town):
    return actions.ask(actions.accept(town.report(), by=town.officer), by=town.officer, words="哪一层？")


def test_a_case_put_off_is_among_one_s_own_and_waits_for_nobody(home, town):
    case = actions.accept(town.report(), by=town.officer)
    actions.wait(case, by=town.officer, reason="等配件", until=clock.now() + timedelta(days=3))
    page = home(town.resident)
    assert ([each["case"].pk for each in page["mine"]], page["waiting"]) == ([case.pk], [])


def test_a_question_waits_until_it_is_answered_or_the_report_taken_back(home, town):
    case = asked(town)
    assert [each.pk for each in home(town.resident)["waiting"]] == [case.pk]
    actions.withdraw(case, by=town.resident)
    page = home(town.resident)
    assert ([each["case"].pk for each in page["mine"]], page["waiting"]) == ([case.pk], [])


def test_opening_a_case_reads_what_was_told_of_it_and_of_no_other(go, town):
    case, other = asked(town), asked(town)
    drain()
    before = unread_count(town.resident)
    go("detail", case.pk)
    assert unread_count(town.resident) == before
    page = go("detail", case.pk, by=town.resident)
    left = Notification.objects.filter(account=town.resident.account_id, read_at=None)
    assert {told.noun_id for told in left} == {other.pk}
    assert 0 < page.context["unread"] == unread_count(town.resident) < before

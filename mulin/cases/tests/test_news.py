"""A queue that is looked at hears of what came in by others, and nothing while nothing happens."""

import re

import pytest
from django.urls import reverse

from mulin.cases import actions

from .browsing import go, shown
from .factories import town

__all__ = ["go", "town"]


@pytest.fixture
def ask(client, town, go):
    """Open the queue's part as someone, and ask later what is new in it."""

    def opened(by, tab="new"):
        live = go("queue", by=by, tab=tab).context["live"]

        def asked(tag=""):
            return client.get(live["url"], headers={"If-None-Match": tag} if tag else {})

        return live["tag"], asked

    return opened


def test_nothing_is_said_and_hardly_anything_read_while_nothing_happened(town, ask, django_assert_max_num_queries):
    tag, asked = ask(town.worker)
    with django_assert_max_num_queries(6):
        answer = asked(tag)
    assert (answer.status_code, answer.content) == (304, b"")
    assert shown(asked()).strip() == ""


def test_what_others_send_is_counted_and_waits_behind_a_button(town, ask):
    tag, asked = ask(town.worker)
    town.report()
    town.report()
    answer = asked(tag)
    assert (answer.status_code, answer["ETag"] != tag) == (200, True)
    assert "Show 2 new" in shown(answer)
    assert re.search(r'href="/baocui/cases/queue/\?tab=new"', shown(answer))


def test_what_one_does_oneself_and_what_moves_no_case_is_no_news(town, ask):
    case, other = town.report(), town.report()
    tag, asked = ask(town.worker)
    actions.assign(case, by=town.worker, post=town.officer_post)
    actions.me_too(other, by=town.neighbour)
    assert "Show" not in shown(asked(tag))


def test_only_what_stands_in_this_part_and_is_one_s_own_counts(town, ask):
    tag, asked = ask(town.officer, tab="hand")
    actions.accept(town.report(), by=town.worker)
    assert "Show 1 new" in shown(asked(tag))
    tag, asked = ask(town.officer, tab="hand")
    actions.accept(town.report(place=town.where(2)), by=town.worker)
    assert "Show" not in shown(asked(tag))


@pytest.mark.parametrize("query", ["", "?tab=moon&since=1", "?tab=new&since=x", "?tab=new&since=-1"])
def test_other_questions_are_404(client, town, go, query):
    go("queue", by=town.worker)
    assert client.get(reverse("cases:news", args=[town.community.slug]) + query).status_code == 404


def test_a_guest_hears_nothing(client, town):
    assert client.get(reverse("cases:news", args=[town.community.slug]) + "?tab=new&since=0").status_code == 404

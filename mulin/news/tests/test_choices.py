"""Which mails someone wants: chosen on a page and through the API, gathered for the evening, ended by a link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from mulin.kernel import clock
from mulin.kernel.worker import do_chores, drain
from mulin.news import actions, queries
from mulin.news.models import Notification
from mulin.privacy.queries import known


def to(viewer):
    address = queries.reachable().get(pk=viewer.account_id).email
    return [each for each in mail.outbox if each.to == [address]]


def mailed(viewer):
    drain()
    actions.mail_out()
    return to(viewer)


def test_who_wants_no_mail_still_sees_it_here(town):
    actions.choose(town.officer.account_id, mail="never", muted=[], morning=False)
    town.report()
    assert mailed(town.officer) == []
    assert queries.unread_count(town.officer) == 1


def test_a_topic_that_is_not_wanted_is_not_mailed(town):
    actions.choose(town.officer.account_id, mail="once", muted=["cases"], morning=False)
    town.report()
    assert mailed(town.officer) == []


def test_one_mail_each_evening_has_everything_of_the_day(town):
    actions.choose(town.officer.account_id, mail="daily", muted=[], morning=False)
    first, second = town.report(), town.report(words="门坏了")
    assert mailed(town.officer) == []
    clock.set(clock.now() + timedelta(hours=24))
    do_chores()
    (letter,) = to(town.officer)
    assert first.number in letter.body
    assert second.number in letter.body
    do_chores()
    assert len(to(town.officer)) == 1


def test_a_single_thing_of_the_day_is_mailed_though_the_evening_is_late(town):
    actions.choose(town.officer.account_id, mail="daily", muted=[], morning=False)
    town.report()
    drain()
    clock.set(clock.now() + timedelta(hours=25))
    assert len(mailed(town.officer)) == 1


def test_what_waits_is_not_sent_once_it_is_not_wanted(town):
    actions.choose(town.officer.account_id, mail="daily", muted=[], morning=False)
    town.report()
    drain()
    actions.choose(town.officer.account_id, mail="never", muted=[], morning=False)
    assert not Notification.objects.filter(account=town.officer.account_id).exclude(mail_at=None).exists()


def test_a_link_in_each_mail_ends_such_mails_without_signing_in(town, go):
    town.report()
    (letter,) = mailed(town.officer)
    link = re.search(r"https?://[^/\s]+(/me/news/stop/\S+/)", letter.body)[1]
    assert link in letter.extra_headers["List-Unsubscribe"]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"Reports and cases" in go(link).content
    assert queries.own_choices(town.officer.account_id).muted == []  # a look changes nothing
    assert go(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert queries.own_choices(town.officer.account_id).muted == ["cases"]
    assert go(link[:-2] + "x/").status_code == 404


def test_the_link_needs_no_token_of_a_form(town, client):
    client.handler.enforce_csrf_checks = True
    assert client.post(queries.stop_link(town.officer.account_id, "morning").split("testserver")[-1]).status_code in (
        200, 404,
    )  # fmt: skip


@pytest.mark.parametrize("mail_choice", ["daily", "never"])
def test_choices_are_made_on_a_page(town, go, mail_choice):
    page = reverse("own_news:choices")
    actions.choose(town.officer.account_id, mail="once", muted=["people"], morning=True)
    assert go(page).status_code == 302
    assert b"News by mail" in go(page, by=town.officer).content
    assert go(page, by=town.officer, data={"mail": mail_choice, "wanted": ["people"]}).status_code == 302
    kept = queries.own_choices(town.officer.account_id)
    assert (kept.mail, kept.morning, "people" in kept.muted, "cases" in kept.muted) == (mail_choice, False, False, True)


def test_programs_read_what_someone_was_told_note_it_as_read_and_choose(town, client, go):
    town.report()
    drain()
    base = f"/api/v1/{town.community.slug}/notifications"
    assert client.get(base).status_code == 404
    go("/me/", by=town.officer)
    listed = client.get(f"{base}?unread=true&topic=cases").json()
    assert ([each["verb"] for each in listed["items"]], listed["unread"]) == (["report"], 1)
    sent = {"ids": [listed["items"][0]["id"]]}
    assert client.post(f"{base}/read", sent, content_type="application/json").json() == {"read": 1, "unread": 0}
    assert client.post(f"{base}/read", {"ids": 3}, content_type="application/json").status_code == 422
    body = {"mail": "daily", "wanted": ["cases"]}
    kept = client.post(f"{base}/choices", body, content_type="application/json").json()
    assert (kept["mail"], kept["wanted"], kept["morning"]) == ("daily", ["cases"], True)
    assert client.get(f"{base}/choices").json() == kept
    assert client.post(f"{base}/choices", {"mail": "x"}, content_type="application/json").status_code == 422


def test_the_list_is_narrowed_and_read(town, go, here):
    town.report()
    drain()
    page = go(here("notifications"), by=town.officer)
    assert [each["what"] for each in page.context["rows"]] == ["A new report has come to you."]
    assert len(go(f"{here('notifications')}?topic=cases", by=town.officer).context["rows"]) == 1
    assert go(here("notifications"), by=town.officer, data={}).status_code == 302
    assert go(f"{here('notifications')}?show=unread", by=town.officer).context["rows"] == []
    assert go(here("notifications")).status_code == 302


def test_what_someone_was_told_is_among_what_is_known_of_them(town):
    town.report()
    drain()
    actions.choose(town.officer.account_id, mail="daily", muted=[], morning=True)
    models = {model for model, _title, _rows in known(town.officer.account_id)}
    assert {"news.Notification", "news.Choices"} <= models

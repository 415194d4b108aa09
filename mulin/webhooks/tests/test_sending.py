"""Messages reach the other side: signed, in order, at least once, and never anything about a person."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail

from mulin.cases import actions as cases
from mulin.entry.tests.factories import sign_in
from mulin.journal.models import Head, Line
from mulin.kernel import clock
from mulin.kernel.clock import now
from mulin.kernel.ids import uuid7
from mulin.kernel.worker import drain
from mulin.news.actions import mail_out
from mulin.webhooks import actions
from mulin.webhooks.figures import BACK_OFF
from mulin.webhooks.models import Delivery, Feed
from mulin.wire.calls import Reply

DOCS = Path(__file__).parents[3] / "docs/develop/webhooks.md"


def take(webhook):
    """Take the webhook in hand, as a worker does."""
    lease = uuid7()
    Feed.objects.filter(webhook=webhook).update(lease=lease, leased_until=now() + timedelta(minutes=1))
    return lease


def waiting(webhook):
    """Write out what happened, and return the first message that waits."""
    feed = Feed.objects.get(webhook=webhook)
    actions.feed(feed, feed.lease)
    return lines(webhook).filter(state="waiting").first()


def lines(webhook):
    return Delivery.objects.filter(webhook=webhook, kind="line").order_by("seq")


def test_an_answered_trial_message_makes_it_active(town, machine):
    webhook = actions.make(by=town.worker, community=town.community, name="Board", url=machine.url)
    assert webhook.state == "made"
    assert actions.send_due() == 1
    webhook.refresh_from_db()
    assert (webhook.state, json.loads(machine.got[0][1])["type"]) == ("active", "ping")


def test_what_happens_in_public_is_told_in_order_and_names_nobody(town, machine, webhook):
    case = town.report(words="Wang at door 3 shouts.")
    town.report(disclosure="confidential")
    cases.accept(case, by=town.officer)
    actions.send_due()
    told = [json.loads(body) for _headers, body in machine.got]
    assert [each["type"] for each in told] == ["cases.case.report", "cases.case.accept"]
    assert machine.lines == sorted(machine.lines)
    assert told[1]["data"]["href"].endswith(f"/api/v1/{town.community.slug}/cases/{case.pk}")
    assert told[1]["data"].keys() == {"community", "seq", "kind", "id", "verb", "to", "at", "href"}
    said = b"".join(body for _headers, body in machine.got).decode()
    assert not re.search("Wang|shouts|person|account|actor", said)


def test_the_verifier_of_the_docs_takes_a_real_message_and_no_other(town, machine, webhook, monkeypatch):
    snippet = re.search(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)[1]
    known = {}
    exec(compile(snippet, str(DOCS), "exec"), known)
    town.report()
    actions.send_due()
    headers, body = machine.got[0]
    assert known["verify"](webhook.shown_secret, headers, body)["type"] == "cases.case.report"
    for wrong in ((webhook.shown_secret, headers, body + b" "), ("whsec_AAAA", headers, body)):
        with pytest.raises(ValueError, match="signature"):
            known["verify"](*wrong)
    old = {**headers, "webhook-timestamp": "1000000000"}
    with pytest.raises(ValueError, match="old"):
        known["verify"](webhook.shown_secret, old, body)


def test_the_secret_before_signs_along_for_a_day(town, machine, webhook):
    actions.renew(webhook, by=town.worker)
    town.report()
    actions.send_due()
    assert len(machine.got[0][0]["webhook-signature"].split()) == 2
    clock.advance(timedelta(hours=25))
    town.report()
    actions.send_due()
    assert len(machine.got[-1][0]["webhook-signature"].split()) == 1


def test_a_failing_message_is_tried_later_and_the_next_ones_wait_for_it(town, machine, webhook):
    clock.set(now())
    machine.code = 500
    town.report(), town.report()
    assert actions.send_due() == 1
    first = lines(webhook).first()
    assert (first.state, first.attempts, first.code) == ("waiting", 1, 500)
    assert actions.send_due() == 0
    machine.code = 200
    clock.advance(BACK_OFF[0])
    assert actions.send_due() == 2
    seqs = machine.lines
    assert seqs == [seqs[0], seqs[0], seqs[2]]
    assert machine.got[0][0]["webhook-id"] == machine.got[1][0]["webhook-id"] != machine.got[2][0]["webhook-id"]


def test_after_the_last_try_it_is_paused_with_a_mail_and_goes_on_where_it_stopped(town, machine, webhook):
    clock.set(now())
    machine.code = 503
    town.report()
    for wait in (*BACK_OFF, timedelta()):
        assert actions.send_due() == 1
        clock.advance(wait)
    webhook.refresh_from_db()
    assert (webhook.state, lines(webhook).get().state) == ("paused", "failed")
    drain()
    mail_out()
    assert any(webhook.get_absolute_url() in each.body for each in mail.outbox)
    town.report()
    machine.code, machine.got[:] = 200, []
    assert actions.send_due() == 0
    actions.resume(webhook, by=town.worker)
    actions.send_due()
    assert machine.lines[0] == lines(webhook).first().seq
    assert len(machine.lines) == lines(webhook).filter(state="sent").count() >= 2


def test_whoever_is_gone_is_not_tried_again(town, machine, webhook):
    machine.code = 410
    town.report()
    actions.send_due()
    webhook.refresh_from_db()
    assert webhook.state == "paused"


def test_a_redirect_is_not_followed(town, machine, webhook):
    machine.code = 302
    town.report()
    actions.send_due()
    assert (len(machine.got), lines(webhook).get().code) == (1, 302)


def test_only_what_was_chosen_is_told(town, machine, webhook):
    actions.change(webhook, by=town.worker, name="Board", events=["cases.case.accept"])
    cases.accept(town.report(), by=town.officer)
    actions.send_due()
    assert [json.loads(body)["type"] for _headers, body in machine.got] == ["cases.case.accept"]


def test_of_two_workers_only_one_has_a_webhook_in_hand(town, machine, webhook):
    town.report()
    Feed.objects.filter(webhook=webhook).update(leased_until=now() + timedelta(seconds=30))
    assert actions.send_due() == 0
    clock.advance(timedelta(seconds=31))
    assert actions.send_due() == 1


def test_a_range_of_lines_is_replayed_under_the_same_ids(town, machine, webhook):
    case = town.report()
    cases.accept(case, by=town.officer)
    actions.send_due()
    ids = [headers["webhook-id"] for headers, _body in machine.got]
    machine.got.clear()
    size = Head.objects.get(key=town.community.pk).size
    actions.replay(webhook, by=town.worker, first=0, last=size)
    actions.send_due()
    again = [headers["webhook-id"] for headers, _body in machine.got]
    assert set(ids) <= set(again)
    public = Line.objects.filter(community=town.community.pk, cleared__contains='"verb"').count()
    assert len(again) == len(set(again)) == public


def test_one_message_is_sent_again_by_hand(town, machine, webhook):
    town.report()
    actions.send_due()
    actions.again(webhook, by=town.worker, delivery=lines(webhook).get())
    assert actions.send_due() == 1
    assert len(set(machine.lines)) == 1


def test_old_messages_are_forgotten_and_waiting_ones_are_not(town, machine, webhook):
    town.report()
    actions.send_due()
    machine.code = 500
    town.report()
    actions.send_due()
    clock.advance(timedelta(days=31))
    actions.tidy()
    assert [each.state for each in Delivery.objects.all()] == ["waiting"]


def test_why_it_was_not_reached_is_said_generally_and_the_rest_is_in_the_log(town, machine, webhook, client, caplog):
    caplog.set_level("INFO")
    town.report()
    lease = take(webhook)
    for error in ("no such host", "not a public address", "TLS: CERTIFICATE_VERIFY_FAILED", "ConnectionRefusedError"):
        actions.record(webhook, waiting(webhook), Reply(error=error), lease=lease)
        assert error in caplog.text
        assert lines(webhook).get().error == "unreached"
    sign_in(client, town.worker)
    page = client.get(webhook.get_absolute_url()).content.decode()
    assert "was not reached" in page
    assert not any(word in page for word in ("such host", "CERTIFICATE", "Refused", "not a public"))


def test_whose_lease_ran_out_writes_nothing_down(town, machine, webhook):
    town.report()
    lease, message = take(webhook), waiting(webhook)
    Feed.objects.filter(webhook=webhook).update(lease=uuid7())  # another worker has it in hand
    for reply in (Reply(204), Reply(410), Reply(500)):
        actions.record(webhook, message, reply, lease=lease)
    message.refresh_from_db()
    webhook.refresh_from_db()
    assert (message.state, message.attempts, webhook.state) == ("waiting", 0, "active")

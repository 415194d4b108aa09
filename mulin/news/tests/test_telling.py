"""Who is told, and the mail about it: never within the transaction that tells, and never lost to a bad address."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulin.kernel import clock
from mulin.kernel.refs import Ref, cards
from mulin.kernel.worker import drain
from mulin.news import actions, figures
from mulin.news.models import Notification


@pytest.fixture
def told(town, django_capture_on_commit_callbacks):
    """A report about which four of the house were told; the mails are not sent yet."""
    case = town.report()
    with django_capture_on_commit_callbacks() as after:
        drain()
    assert not mail.outbox
    return case, after


def to():
    return sorted(address for each in mail.outbox for address in each.to)


def everyone():
    return ["chen@baocui.test", "qian@baocui.test", "zhou@baocui.test"]


def later(by):
    clock.set(clock.now() + by)
    actions.mail_out()


def test_mail_goes_out_only_after_what_it_tells_of_is_kept(told):
    case, after = told
    for send in after:
        send()
    assert set(to()) <= set(everyone())
    assert len(to()) == Notification.objects.count() > 0
    assert case.number in mail.outbox[0].subject
    later(timedelta(hours=1))
    assert len(to()) == Notification.objects.count()


def test_who_is_refused_by_the_mail_server_keeps_nobody_else_waiting(told, monkeypatch):
    refused = []

    def send(self, messages, plain=locmem.EmailBackend.send_messages):
        if messages[0].to == ["chen@baocui.test"] and not refused:
            refused.append(messages[0])
            raise SMTPRecipientsRefused({"chen@baocui.test": (550, b"full")})
        return plain(self, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", send)
    actions.mail_out()
    assert refused
    before = Notification.objects.count() - 1
    assert len(to()) == before
    actions.mail_out()
    assert len(to()) == before
    later(figures.AGAIN)
    assert to().count("chen@baocui.test") == 1


def test_mail_waits_for_its_server_but_not_for_ever(told, monkeypatch):
    def away(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(locmem.EmailBackend, "open", away)
    actions.mail_out()
    assert Notification.objects.filter(mail_at__gt=clock.now()).count() == Notification.objects.count()
    monkeypatch.undo()
    later(figures.GIVEN_UP + timedelta(hours=1))
    assert not mail.outbox
    assert not Notification.objects.exclude(mail_at=None).exists()


def test_titles_of_many_cases_cost_one_statement(town):
    made = [Ref.of(town.report(words=f"{number} 楼道的灯不亮")) for number in range(3)]
    with CaptureQueriesContext(connection) as seen:
        assert len(cards(made, town.worker)) == 3
    assert len(seen) == 1, [query["sql"] for query in seen]

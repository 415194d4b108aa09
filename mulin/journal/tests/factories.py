"""Logs for tests: a head with lines behind it, written as the engine writes them."""

from datetime import UTC, datetime
from uuid import uuid4

from django.db import connection, transaction

from mulin.journal.ids import uuid7
from mulin.journal.log import Entry, append
from mulin.journal.models import Head
from mulin.journal.triggers import unguards

NOON = datetime(2026, 3, 2, 4, 0, 0, 125, tzinfo=UTC)


def make_entry(number=0, **fields):
    """Return one entry; every number has its own."""
    given = {"kind": "cases.case", "noun_id": uuid4(), "verb": "report", "actor": f"person:{uuid4()}", "at": NOON}
    given |= {"before": "", "after": "assigned", "details": {"words": f"第{number}盏灯不亮", "number": number}}
    return Entry(**{**given, "cleared": {"kind": "cases.case"}, **fields})


def make_log(lines=10, *, at_once=1000):
    """Return a head with so many lines behind it."""
    head = Head.objects.create(key=uuid7())
    return grow(head, lines, at_once=at_once)


def grow(head, lines, *, at_once=1000):
    """Write more lines behind a head."""
    while lines:
        count = min(lines, at_once)
        with transaction.atomic():
            head = Head.objects.select_for_update().get(pk=head.pk)
            append(head, [make_entry(head.size + number) for number in range(count)])
            head.save()
        lines -= count
    return head


def drop_guards():
    """Take the triggers away, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        for statement in unguards(connection.vendor, "journal_line"):
            cursor.execute(statement)

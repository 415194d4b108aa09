"""What happens without anyone clicking: the clock's moves, lapsed second words, and the readers' jobs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from mulin import sql
from mulin.journal.models import Detail, Job

from . import engine
from .clock import CLOCK, now
from .clocks import back_off, put_off, ringing
from .models import Noun, OnceKey, Pending, engine_writes, nouns
from .readers import READERS, Heard
from .refusals import Refused

log = logging.getLogger(__name__)
KEYS_KEPT = timedelta(days=30)
LEASE = timedelta(minutes=5)


def tick(limit: int = 500) -> int:
    """Make the clock's move for every noun whose time is up; return how many moved."""
    moved = 0
    for model in _ringing():
        for noun in model._default_manager.filter(rings_at__lte=now()).order_by("rings_at")[:limit]:
            moved += _ring(noun)
    for waiting in Pending.objects.filter(expires_at__lte=now())[:limit]:
        _lapse(waiting)
    return moved


def _ringing() -> list[type[Noun]]:
    """Name the kinds of nouns of which one rings, in one statement: the worker asks it each second."""
    every, name = nouns(), connection.ops.quote_name
    asked = " UNION ALL ".join(
        f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {name(model._meta.db_table)} WHERE rings_at <= %s)"
        for place, model in enumerate(every)
    )
    return [every[place] for (place,) in sql.read(asked, *[now()] * len(every))]


def _guarded(what: str, do: Callable[[], Any]) -> bool:
    """Do one thing and say whether it went well: a bug in it must not stop all others. What it began is undone."""
    try:
        do()
        return True
    except Refused as refused:
        log.info("%s waits: %s", what, refused.message)
    except OperationalError:
        raise  # the database is busy or away: that is nobody's fault here
    except Exception:
        log.exception("%s failed", what)
    return False


def _ring(noun: Noun) -> bool:
    if _guarded(f"The clock's move of {noun.pk}", lambda: _make_due(noun)):
        return True
    token = engine_writes.set(True)
    try:
        rows = type(noun)._default_manager.filter(pk=noun.pk, community_id=noun.community_id, version=noun.version)
        rows.update(**put_off(noun, now()))
    finally:
        engine_writes.reset(token)
    return False


def _make_due(noun: Noun) -> None:
    # That nothing rings though it should is a bug like any other.
    noun.flow.action(ringing(noun, now()).then)(noun, by=CLOCK)  # type: ignore[union-attr]


def _lapse(waiting: Pending) -> None:
    model = waiting.noun_kind
    if not _guarded(f"The lapse of {waiting}", lambda: engine.drop_expired_pending(waiting, apps.get_model(model))):
        Pending.objects.filter(pk=waiting.pk, community=waiting.community_id).update(expires_at=now() + back_off(2))


def read_on(limit: int = 500) -> int:
    """Do the jobs that are due, each reader in order for one noun; return how many were done."""
    return sum(_do(job) for job in _ready()[:limit])


def _ready() -> QuerySet[Job]:
    earlier = Job.objects.filter(
        community_id=OuterRef("community_id"), reader=OuterRef("reader"), noun_id=OuterRef("noun_id"),
        seq__lt=OuterRef("seq"),
    )  # fmt: skip
    return Job.objects.filter(~Exists(earlier), due_at__lte=now()).order_by("due_at", "seq")


def _do(job: Job) -> int:
    # The lease is a conditional update: of two workers only one sees a row changed.
    at = now()
    leased = Job.objects.filter(pk=job.pk, community_id=job.community_id, due_at=job.due_at)
    if not leased.update(due_at=at + LEASE, tries=F("tries") + 1):
        return 0
    reader = READERS.get(job.reader)
    row = Detail.objects.filter(community_id=job.community_id, seq=job.seq).first()
    try:
        with transaction.atomic():
            if reader and row:  # an erased line has nothing left to say, a reader may have gone
                reader[0](Heard.of(row))
            Job.objects.filter(pk=job.pk, community_id=job.community_id).delete()
    except Exception as error:
        log.exception("The reader %s failed on line %s", job.reader, job.seq)
        Job.objects.filter(pk=job.pk, community_id=job.community_id).update(
            due_at=now() + back_off(job.tries), error=f"{type(error).__name__}: {error}"[:2000]
        )
        return 0
    return 1


def _forget_keys() -> None:
    OnceKey.objects.filter(created_at__lt=now() - KEYS_KEPT).delete()


# What is done now and then; modules add theirs when they start.
CHORES: list[Callable[[], None]] = [_forget_keys]


# What is done at every turn of the worker; each says how much it did. Modules add theirs when they start.
PULSES: list[Callable[[], int]] = []


def do_chores() -> None:
    """Do what the modules asked for; one that fails does not stop the others."""
    for chore in CHORES:
        _guarded(f"The chore {chore}", chore)


def drain() -> int:
    """Let every reader catch up, and the clock too. For tests, the demo and the end of imports."""
    total = 0
    while step := tick() + read_on():
        total += step
    return total

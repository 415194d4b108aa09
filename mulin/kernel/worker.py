"""What happens without anyone clicking: the clock's moves, lapsed second words, and the readers' jobs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.db import OperationalError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from mulin.journal.models import Detail, Job

from . import engine
from .clock import CLOCK, now
from .clocks import back_off, ringing
from .models import Noun, OnceKey, Pending, engine_writes, nouns
from .readers import READERS, Heard
from .refusals import Refused

log = logging.getLogger(__name__)
KEYS_KEPT = timedelta(days=30)
LEASE = timedelta(minutes=5)
CHORES: list[Callable[[], None]] = []  # what modules want done now and then; they add to it when they start


def tick(limit: int = 500) -> int:
    """Make the clock's move for every noun whose time is up; return how many moved."""
    moved = 0
    for model in nouns():
        for noun in model._default_manager.filter(rings_at__lte=now()).order_by("rings_at")[:limit]:
            moved += _ring(noun)
    for waiting in Pending.objects.filter(expires_at__lte=now())[:limit]:
        model = apps.get_model(waiting.noun_kind)
        if issubclass(model, Noun):
            engine.drop_expired_pending(waiting, model)
    OnceKey.objects.filter(created_at__lt=now() - KEYS_KEPT).delete()
    return moved


def _ring(noun: Noun) -> int:
    due = ringing(noun, now())
    try:
        if due is not None:
            noun.flow.action(due.then)(noun, by=CLOCK)
            return 1
    except Refused as refused:
        log.info("The clock's %s of %s waits: %s", due and due.then, noun.pk, refused.message)
    except OperationalError:
        raise  # the database is busy or away: that is nobody's fault here
    except Exception:
        # A bug in one noun's life must not stop all others'. What it began is rolled back.
        log.exception("The clock's %s of %s failed", due and due.then, noun.pk)
    # Refused, or already done: look again later, further apart each time it happens.
    _postpone(noun)
    return 0


def _postpone(noun: Noun) -> None:
    tries = noun.clocks.get("_tries", {"n": 0})["n"]
    token = engine_writes.set(True)
    try:
        rows = type(noun)._default_manager.filter(pk=noun.pk, community_id=noun.community_id, version=noun.version)
        rows.update(rings_at=now() + back_off(tries), clocks={**noun.clocks, "_tries": {"n": tries + 1}})
    finally:
        engine_writes.reset(token)


def read_on(limit: int = 500) -> int:
    """Do the jobs that are due, each reader in order for one noun; return how many were done."""
    done = 0
    for job in _ready()[:limit]:
        done += _do(job)
    return done


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


def do_chores() -> None:
    """Do what the modules asked for; one that fails does not stop the others."""
    for chore in CHORES:
        try:
            chore()
        except OperationalError:
            raise  # as above: the database is busy or away
        except Exception:
            log.exception("The chore %s failed", chore)


def drain() -> int:
    """Let every reader catch up, and the clock too. For tests, the demo and the end of imports."""
    total = 0
    while step := tick() + read_on():
        total += step
    return total

"""Mornings and reminders: what the worker looks after now and then, with few statements for all nouns at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from mulin.kernel.clock import now
from mulin.territory.models import Community
from mulin.territory.queries import UPWARDS

from ..figures import ENDINGS, ENDS, IN_CHARGE, KEPT, SOON
from ..models import Message, Morning, Reminder, Watch
from ..queries import almost_up, choices_of, due_lists, ending, reachable
from .mailing import mail_out
from .robots import tell_groups_of
from .telling import remind

_LOOK_EVERY = timedelta(minutes=1)
_looked: list[datetime] = []


def remind_now() -> int:
    """Remind those in charge, once, before a promise is broken; a look each minute is enough."""
    at = now()
    if _looked and timedelta() <= at - _looked[0] < _LOOK_EVERY:
        return 0
    _looked[:] = [at]
    done = 0
    for kind, nouns in almost_up(Community.objects.all()):
        done += _remind(nouns, SOON, IN_CHARGE[kind])
    if done:
        mail_out()
    return done


def tell_endings() -> None:
    """Tell people, once, that something of theirs ends soon."""
    for kind, nouns in ending():
        if _remind(nouns, ENDS, ENDINGS[kind].whose):
            mail_out()


def _remind(nouns: list[Any], verb: str, in_charge: Callable[[list[Any]], Any]) -> int:
    whose = in_charge(nouns) if nouns else {}
    concerned = [noun for noun in nouns if whose.get(noun.pk)]
    told = 0
    for noun in concerned:
        try:
            with transaction.atomic():  # of two workers only one can leave the row
                Reminder.objects.create(community_id=noun.community_id, noun_id=noun.pk, verb=verb, due_at=noun.due_at)
                remind([noun], verb, whose)
                tell_groups_of(noun.community_id, noun._meta.label_lower, noun.pk, verb)
            told += 1
        except IntegrityError:
            continue
    return told


def begin_mornings() -> None:
    """Leave a letter for every officer who has something to do, when the day's work begins in their community."""
    at = now()
    watched = {watch.community_id: watch for watch in Watch.objects.all()}
    for community in Community.objects.select_related(UPWARDS):
        today = at.astimezone(community.zone_info).date()
        midnight = datetime.combine(today, datetime.min.time(), community.zone_info)
        opening = community.calendar.add(midnight, timedelta())
        watch = watched.get(community.pk)
        if watch and watch.morning_on >= today:
            continue
        if opening <= at and opening.astimezone(community.zone_info).date() == today:
            _begin(community, watch, today, at)
    mail_out()


def _begin(community: Community, watch: Watch | None, today: Any, at: datetime) -> None:
    since = watch.morning_at if watch else at - timedelta(days=1)
    with transaction.atomic():
        if watch is None:
            _made, is_mine = Watch.objects.get_or_create(
                community=community, defaults={"morning_on": today, "morning_at": at}
            )
        else:
            rows = Watch.objects.filter(pk=watch.pk, community=community, morning_on=watch.morning_on)
            is_mine = bool(rows.update(morning_on=today, morning_at=at))
        if not is_mine:
            return
        found = due_lists(community, since)
        unwanted = {key for key, choices in choices_of(found).items() if not choices.morning}
        reached = reachable().filter(pk__in=found.keys() - unwanted).values_list("pk", flat=True)
        Morning.objects.bulk_create([
            Morning(community=community, account=account, on=today, since=since, mail_at=at) for account in reached
        ])  # fmt: skip


def tidy() -> None:
    """Forget reminders, mornings and messages to groups of more than 30 days ago."""
    old = now() - KEPT
    Reminder.objects.filter(due_at__lt=old).delete()
    Morning.objects.filter(on__lt=old.date()).delete()
    Message.objects.filter(created_at__lt=old).exclude(state="waiting").delete()

"""What waits for each officer in the morning, and whose time is almost up: few statements, however many nouns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from mulin.kernel.clock import ALWAYS, now
from mulin.kernel.clocks import entries
from mulin.kernel.refs import Ref, cards
from mulin.territory.models import Community

from ..figures import ENDINGS, ENDS, IN_CHARGE, LAST_FIFTH, LAST_HOUR, MOST_SHOWN, SOON
from ..models import Reminder

MOST = 5000  # nouns of one kind in one look
Parts = dict[str, list[tuple[Ref, datetime | None]]]
Found = dict[UUID, Parts]


def due_lists(community: Community, since: datetime) -> Found:
    """List for each account what it is in charge of: overdue, due today, and new since the last morning."""
    at = now()
    tomorrow = at.astimezone(community.zone_info).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, datetime.min.time(), community.zone_info)
    found: Found = {}
    for kind, in_charge in IN_CHARGE.items():
        rows = _nouns(kind).filter(Q(due_at__lt=midnight) | Q(created_at__gte=since), community=community)
        nouns = list(rows.order_by("due_at", "pk")[:MOST])
        whose = in_charge(nouns)
        for noun in nouns:
            due = noun.due_at if noun.due_at and noun.due_at < midnight else None
            part = "new" if due is None else "overdue" if due < at else "today"
            for account in whose.get(noun.pk, ()):
                found.setdefault(account, {}).setdefault(part, []).append((Ref.of(noun), due))
    return found


def written(parts: Parts, viewer: Any, zone: ZoneInfo) -> tuple[list[str], int]:
    """Write the parts of a letter in lines, and count what stands in it; what may not be seen is left out."""
    titles = {"overdue": _("Overdue"), "today": _("Due today"), "new": _("New since yesterday")}
    known, lines, count = cards({ref for rows in parts.values() for ref, _due in rows}, viewer), list[str](), 0
    for part, title in titles.items():
        rows = [(known[ref], due) for ref, due in parts.get(part, ()) if ref in known]
        if rows:
            lines += [f"{title} ({len(rows)})", *_rows(rows[:MOST_SHOWN], zone if part == "today" else None), ""]
            if len(rows) > MOST_SHOWN:
                lines[-1:] = [_("… and %(count)s more") % {"count": len(rows) - MOST_SHOWN}, ""]
        count += len(rows)
    return lines, count


def _rows(rows: Sequence[tuple[Any, datetime | None]], zone: ZoneInfo | None) -> list[str]:
    hours = [f"{due.astimezone(zone):%H:%M} " if due and zone else "" for _card, due in rows]
    return [
        f"- {at}{card.title}\n  {settings.SITE_URL}{card.url}" for at, (card, _due) in zip(hours, rows, strict=True)
    ]


def almost_up(communities: Iterable[Community]) -> list[tuple[str, list[Any]]]:
    """List by kind the nouns whose promise is in its last hour of work and last fifth, and nobody was reminded yet."""
    at, horizons = now(), dict[datetime, list[UUID]]()
    for community in communities:
        horizons.setdefault(community.calendar.add(at, LAST_HOUR), []).append(community.pk)
    found = []
    for kind in IN_CHARGE:
        nouns: list[Any] = []
        for until, keys in horizons.items():
            nouns += _unreminded(kind, SOON, until).filter(community__in=keys).order_by("due_at")[:MOST]
        found.append((kind, [noun for noun in nouns if _is_late_enough(noun, at)]))
    return found


def ending() -> list[tuple[str, list[Any]]]:
    """List by kind the nouns that end soon and of which nobody was told yet."""
    return [
        (kind, list(_unreminded(kind, ENDS, now() + each.within).order_by("due_at")[:MOST]))
        for kind, each in ENDINGS.items()
    ]


def _nouns(kind: str) -> Any:
    rows: Any = apps.get_model(kind)._default_manager
    return rows.for_list()


def _unreminded(kind: str, verb: str, until: datetime) -> Any:
    told = Reminder.objects.filter(
        community=OuterRef("community"), noun_id=OuterRef("pk"), verb=verb, due_at=OuterRef("due_at")
    )
    return _nouns(kind).filter(~Exists(told), due_at__gt=now(), due_at__lte=until)


def _is_late_enough(noun: Any, at: datetime) -> bool:
    """Tell whether the clock that is due next has run four fifths of its span, and has at most an hour of work left."""
    if noun.calendar.between(at, noun.due_at) > LAST_HOUR:
        return False
    for name, entry in entries(noun).items():
        if "due" in entry and datetime.fromisoformat(entry["due"]) == noun.due_at:
            span = noun.flow.limit(name).span(noun)
            calendar = ALWAYS if span and not span.working else noun.calendar
            return calendar.between(at, noun.due_at) * LAST_FIFTH <= timedelta(seconds=entry["span"])
    return False

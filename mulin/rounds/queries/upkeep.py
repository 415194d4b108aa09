"""Reads of maintenance: the board, what a spot needs, and what was done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from mulin.people.figures import today_in
from mulin.territory.models import Community
from mulin.uploads.models import Attachment

from ..figures import SOON
from ..flow import KEPT, UpkeepState
from ..models import Service, Upkeep

MONTH = timedelta(days=30)


def _parts(community: Community) -> dict[str, Q]:
    today, kept = today_in(community), Q(state__in=KEPT)
    return {
        "overdue": Q(state=UpkeepState.OVERDUE),
        "soon": Q(state=UpkeepState.CURRENT, due_on__lte=today + SOON),
        "all": kept,
        "done": kept & Q(last_on__gte=today - MONTH),
        "ended": Q(state=UpkeepState.ENDED),
    }


def counts(community: Community, viewer: Any) -> dict[str, int]:
    """Count the plans of each part of the board, in one statement."""
    rows = Upkeep.objects.visible_to(viewer).filter(community=community)
    return rows.aggregate(**{key: Count("pk", filter=part) for key, part in _parts(community).items()})


def board(community: Community, viewer: Any, part: str, words: str = "", kind: str = "") -> Any:
    """Keep the plans of a part of the board, what is due first stands first."""
    rows = Upkeep.objects.visible_to(viewer).for_list().filter(_parts(community)[part], community=community)
    if words:
        rows = rows.filter(
            Q(what__icontains=words) | Q(spot__name__icontains=words) | Q(organisation__name__icontains=words)
        )
    rows = rows.filter(spot__kind=kind) if kind else rows
    return rows.order_by("-last_on", "pk") if part == "done" else rows.order_by("due_on", "pk")


def of_spot(spot: Any) -> list[Upkeep]:
    """List what is done to a spot at fixed times, what is due first stands first."""
    rows = Upkeep.objects.filter(community_id=spot.community_id, spot=spot.pk, state__in=KEPT)
    return list(rows.for_list().order_by("due_on", "pk"))


def services(upkeep: Upkeep) -> list[Service]:
    """List the times that it was done, the latest first, each with its photos; two statements."""
    rows = list(
        Service.objects.filter(community_id=upkeep.community_id, upkeep=upkeep).order_by("-done_on", "-pk")[:50]
    )
    photos: dict[Any, list[Attachment]] = {}
    for photo in Attachment.objects.of(*rows) if rows else ():
        photos.setdefault(photo.ref_id, []).append(photo)
    for row in rows:
        row.photos = photos.get(row.pk, [])
    return rows

"""Founding: divisions, communities and their border."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext as _

from mulin.journal.log import Entry
from mulin.journal.models import INSTALLATION, Head
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import writing
from mulin.kernel.refusals import Refused

from .. import figures
from ..models import Community, Division
from ..queries import STAMP, forget_communities
from .checks import must_be_area, must_draw


def founding_head() -> UUID:
    """Return the installation's own head; it is made when missing, by whichever process comes first."""
    Head.objects.get_or_create(key=INSTALLATION)
    return INSTALLATION


def add_division(name: str, level: int, *, parent: Division | None = None, by: Any = SYSTEM) -> Division:
    """Add a division above communities: a street, a district, a city."""
    must_draw(by)
    with writing(founding_head()) as turn:
        division = Division.objects.create(name=name, level=level, parent=parent)
        details = {"name": name, "level": level}
        turn.note(INSTALLATION, Entry("territory.division", division.pk, "add", by.actor, now(), details=details))
    return division


def found(
    slug: str, name: str, letter: str, *, by: Any = SYSTEM, name_en: str = "", boundary: Any = None,
    division: Division | None = None, zone: str = "Asia/Shanghai", holidays: str = "cn", hours: Any = (),
) -> Community:  # fmt: skip
    """Found a community, with a log of its own."""
    must_draw(by)
    if slug != slugify(slug) or not slug or slug in figures.TAKEN:
        raise Refused("slug", _("This address cannot be used. Take small letters, digits and hyphens."), 422)
    if boundary is not None:
        must_be_area(boundary)
    with writing(founding_head()) as turn:
        if Community.objects.filter(slug=slug).exists():
            raise Refused("slug_taken", _("Another community has this address. Take another one."))
        community = Community.objects.create(
            slug=slug, name=name, name_en=name_en, letter=letter, boundary=boundary, division=division, zone=zone,
            holidays=holidays, hours=[list(span) for span in hours], created_at=now(),
        )  # fmt: skip
        Head.objects.create(key=community.pk)
        details = {"slug": slug, "name": name}
        cleared = {"at": now().isoformat(timespec="minutes"), "noun": f"territory.community:{community.pk}"}
        turn.note(
            INSTALLATION,
            Entry("territory.community", community.pk, "found", by.actor, now(), details=details,
                  cleared={**cleared, "verb": "found"}),
        )  # fmt: skip
    forget_communities()
    return community


def draw_boundary(community: Community, boundary: Any, *, by: Any = SYSTEM) -> Community:
    """Draw the border of the whole community; None takes it away."""
    must_draw(by, community.pk)
    if boundary is not None:
        must_be_area(boundary)
    with writing(community.pk) as turn:
        turn.count(community.pk, STAMP)
        community.boundary = boundary
        community.save(update_fields=["boundary"])
        vars(community).pop("border", None)
        entry = Entry("territory.community", community.pk, "draw_boundary", by.actor, now())
        turn.note(community.pk, entry)
    forget_communities()
    return community

"""Door boards, doors and the roll of owners, for those who keep the list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.people import actions as people
from mulin.people.figures import masked, today_in
from mulin.web.http import Visit, community_of
from mulin.web.nouns import create
from mulin.web.paging import numbered

from .. import queries
from ..figures import share_text, totals
from ..flow import OPEN, OWNED
from ..models import Household, Membership, Ownership
from ..rules import KEEP

PAGE = 50


def _kept(request: Visit) -> Any:
    if not request.viewer.can(KEEP):
        raise Http404
    return community_of(request)


def boards(request: Visit, slug: str) -> HttpResponse:
    """List the buildings with counts, or the doors that were searched for; residents are shown their own."""
    if not request.viewer.can(KEEP):
        return redirect(reverse("households:mine", args=[slug]))
    community, asked = _kept(request), request.GET.get("q", "").strip()[:60]
    found = queries.doors_found(community, asked) if asked else []
    buildings = [] if asked else list(queries.buildings_with_counts(community))
    return render(request, "households/boards.html", {"asked": asked, "found": found, "buildings": buildings})


def building(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show the doors of a building by floor: lived in, empty, unknown; counts and no names."""
    house = queries.building_at(_kept(request), id)
    if house is None:
        raise Http404
    return render(request, "households/building.html", {"house": house, "board": queries.board(house)})


def door(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show what is behind a door: households with their size, and owners with their shares."""
    dwelling = _dwelling(request, id)
    homes = [
        (home, Membership.objects.visible_to(request.viewer).filter(household=home, state__in=OPEN).count())
        for home in Household.objects.visible_to(request.viewer).for_list().filter(dwelling=dwelling, state="formed")
    ]
    rows = Ownership.objects.visible_to(request.viewer).for_list()
    owners = list(rows.filter(dwelling=dwelling, state__in=OWNED).order_by("starts_on", "pk"))
    for row in owners:
        if row.person:
            people.note_access(row.person, by=request.viewer, what="ownership")
    left = queries.free_share(dwelling, today_in(dwelling.community))
    context = {"dwelling": dwelling, "homes": homes, "owners": owners, "free": share_text(left) if left[0] > 0 else ""}
    return render(request, "households/door.html", context)


def _dwelling(request: Visit, id: UUID) -> Any:
    dwelling = queries.dwelling_at(_kept(request), id)
    if dwelling is None:
        raise Http404
    return dwelling


def form(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Add a household behind a door."""
    dwelling = _dwelling(request, id)
    draft = Household(community=dwelling.community, dwelling=dwelling)
    return create(request, draft, "form", back_url=reverse("households:door", args=[slug, id]))


def register(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Note an owner of a dwelling."""
    dwelling = _dwelling(request, id)
    draft = Ownership(community=dwelling.community, dwelling=dwelling)
    return create(request, draft, "register", back_url=reverse("households:door", args=[slug, id]))


def owners(request: Visit, slug: str) -> HttpResponse:
    """Show the roll of owners of today with what it adds up to; names are masked as in every list."""
    community = _kept(request)
    roll = queries.owners_roll(community, today_in(community))
    only = request.GET.get("show", "")
    kept = [row for row in roll if not row.delivered] if only == "undelivered" else roll
    page, beside = numbered(kept, request, PAGE)
    context = {
        "rows": [(row, row.owner_name if row.owner_kind != "person" else masked(row.owner_name)) for row in page],
        "totals": totals(roll), "only": only, "today": today_in(community),
        **beside, "chips": [("", _("All")), ("undelivered", _("Not delivered yet"))],
    }  # fmt: skip
    return render(request, "households/owners.html", context)

"""Codes at doors and spots: where they lead, each as a picture, and sheets of plates for the printer."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, community_of

from .. import queries
from ..models import Entrance, Spot
from .keeping import keeper

MOST = 600  # plates on one sheet


@require_safe
def plate(request: Visit, slug: str, code: str) -> HttpResponse:
    """Lead from the code on an entrance's plate to the report page with the place filled in."""
    community = community_of(request)
    entrance = queries.entrance_by_code(community, code)
    if entrance is None:
        words = _("No entrance here has this code: %(code)s. Choose the building on the report page instead.")
        raise Refused("no_entrance", words % {"code": code[:20]}, 404)
    return HttpResponseRedirect(f"/{community.slug}/report/?{urlencode({'e': entrance.code})}")


@require_safe
def spot_plate(request: Visit, slug: str, code: str) -> HttpResponse:
    """Lead from the code at a spot to the report page with its point filled in."""
    community = community_of(request)
    spot = queries.spot_by_code(community, code)
    if spot is None:
        words = _("No spot here has this code: %(code)s. Tap the place on the map of the report page instead.")
        raise Refused("no_spot", words % {"code": code[:20]}, 404)
    return HttpResponseRedirect(
        f"/{community.slug}/report/?{urlencode({'lon': spot.lon, 'lat': spot.lat, 's': spot.code})}"
    )


def code_of(request: Visit) -> str:
    """Return the code of the plate that led to the report page; empty where none did."""
    return (request.GET.get("e") or request.GET.get("s") or "")[:12]


def address_of(place: Entrance | Spot) -> str:
    """Write the address that a plate's code holds."""
    name = "territory:plate" if isinstance(place, Entrance) else "territory:spot_plate"
    return settings.SITE_URL.rstrip("/") + reverse(name, args=[place.community.slug, place.code])


@require_safe
def qr_code(request: Visit, slug: str, pk: UUID) -> HttpResponse:
    """Draw the code for an entrance's or a spot's plate."""
    found = queries.places(community_of(request)).by_id.get(pk)
    if not isinstance(found, (Entrance, Spot)):
        raise Http404
    picture = BytesIO()
    _code(found).save(picture, kind="svg", scale=8, xmldecl=False, title=str(found))
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _code(place: Entrance | Spot) -> Any:
    return segno.make(address_of(place), error="q", micro=False)


@require_safe
def plates(request: Visit, slug: str) -> HttpResponse:
    """Choose for which buildings, entrances and spots plates are printed."""
    community = keeper(request)
    known = queries.places(community)
    doors: dict[UUID, list[Entrance]] = {}
    for door in known.entrances:
        doors.setdefault(door.building_id, []).append(door)
    buildings = [(building, doors[building.pk]) for building in known.buildings if building.pk in doors]
    context = {"buildings": buildings, "spots": known.spots, "total": len(known.entrances) + len(known.spots)}
    return render(request, "territory/plates.html", context)


@require_safe
def sheet(request: Visit, slug: str) -> HttpResponse:
    """Lay out the chosen plates, six on a page of A4."""
    community = keeper(request)
    chosen = _chosen(queries.places(community), request)
    if not chosen:
        raise Refused("no_plates", _("Nothing is chosen. Tick the doors or spots whose plates you need."), 422)
    if len(chosen) > MOST:
        raise Refused("too_many", _("These are more than 600 plates. Print them building by building."), 422)
    words = {}
    for language in ("zh-hans", "en"):
        with override(language):
            words[language] = {
                "title": _("Something broken or dirty here?"), "what": _("Scan, say it, and follow what happens."),
                "else": _("Or open this address and type the code:"),
            }  # fmt: skip
    shown = [
        {"place": place, "code": place.code, "address": _short(place), "picture": _inline(place)} for place in chosen
    ]
    context = {"plates": shown, "zh": words["zh-hans"], "en": words["en"]}
    return render(request, "territory/sheet.html", context)


def _chosen(known: queries.Places, request: Visit) -> list[Entrance | Spot]:
    every = "all" in request.GET
    buildings, marked = set(request.GET.getlist("b")), set(request.GET.getlist("e")) | set(request.GET.getlist("s"))
    doors = [door for door in known.entrances if every or str(door.building_id) in buildings or str(door.pk) in marked]
    return [*doors, *(spot for spot in known.spots if every or str(spot.pk) in marked)]


def _short(place: Entrance | Spot) -> str:
    return address_of(place).split("://", 1)[-1]


def _inline(place: Entrance | Spot) -> SafeString:
    return SafeString(_code(place).svg_inline(omitsize=True, border=0))

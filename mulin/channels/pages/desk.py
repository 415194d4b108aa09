"""The desk's form for calls: written down by keyboard alone, and the next one is empty at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from mulin.cases import actions as cases
from mulin.cases import queries as reading
from mulin.cases.models import Case
from mulin.people.figures import masked
from mulin.secrecy.normal import mask_phone
from mulin.territory import queries as places
from mulin.web.http import Visit, community_of
from mulin.web.moves import once_of

from .. import queries
from ..forms import DeskReport

SENT, SALT, SHOWN_FOR = "desk", "channels.desk", timedelta(minutes=10)
MOST_DOORS = 600


def _desk(request: Visit) -> Any:
    if not request.viewer.can("cases.desk"):
        raise Http404
    return community_of(request)


def desk(request: Visit, slug: str) -> HttpResponse:
    """Write down a call; the number of the last one stands above, to be read to the caller."""
    community, viewer = _desk(request), request.viewer
    bound = request.POST if request.method == "POST" else None
    form = DeskReport(bound, by=viewer, noun=Case(community=community))
    if bound and form.is_valid():
        said = form.cleaned_data
        kind = said["kind"] or _suggested(community, said["words"])
        known = queries.caller(community, viewer, phone=said["phone"], name=said["name"], place=said["place"])
        made = cases.report(
            by=viewer, community=community, words=said["words"], place=said["place"], category=kind, behalf=True,
            contact_name=said["name"] if known is None else known.name, contact_phone=said["phone"],
            disclosure="confidential" if said["confidential"] else "named", once=once_of(request, "report"),
        )  # fmt: skip
        onwards = redirect("channels:desk", slug=slug)
        value = f"{made.pk.hex}.{made.secret}"
        onwards.set_signed_cookie(
            SENT, value, salt=SALT, max_age=SHOWN_FOR, httponly=True, samesite="Lax",
            secure=settings.SITE_URL.startswith("https"),
        )  # fmt: skip
        return onwards
    known_places = places.places(community)
    doors = [f"{door.building} {door.name}" for door in known_places.entrances[:MOST_DOORS]]
    context = {
        "form": form, "once": request.POST.get("once") or str(uuid4()), "last": None if bound else _last(request),
        "doors": doors or [str(house) for house in known_places.buildings[:MOST_DOORS]],
        "leaves": reading.leaves(community.pk), "help": _help(community, viewer, form) if bound else {},
    }  # fmt: skip
    answer = render(request, "channels/desk.html", context, status=422 if form.errors else 200)
    answer.delete_cookie(SENT, samesite="Lax")
    return answer


def _suggested(community: Any, words: str) -> Any:
    found = reading.adviser().kinds(community, words)
    return found[0][0] if found else None


def _last(request: Visit) -> dict[str, Any] | None:
    kept = request.get_signed_cookie(SENT, default="", salt=SALT, max_age=SHOWN_FOR) or ""
    key, _dot, secret = kept.partition(".")
    seen = Case.objects.visible_to(request.viewer).filter(community=request.community).for_list()
    case = seen.filter(pk=UUID(key)).first() if key else None
    return {"case": case, "secret": f"{secret[:4]} {secret[4:]}" if secret else ""} if case else None


@require_POST
def desk_help(request: Visit, slug: str) -> HttpResponse:
    """Say, while one types, which place, kind and caller is meant, and what was reported there already."""
    community = _desk(request)
    form = DeskReport(request.POST, by=request.viewer, noun=Case(community=community))
    form.is_valid()
    return render(request, "channels/desk.html#help", {"help": _help(community, request.viewer, form)})


def _help(community: Any, viewer: Any, form: DeskReport) -> dict[str, Any]:
    said = form.cleaned_data
    place, kind, words = said.get("place"), said.get("kind"), said.get("words", "")
    known = queries.caller(community, viewer, phone=said.get("phone", ""), name=said.get("name", ""), place=place)
    several = queries.kinds(community, form.data.get("kind", "")[:80]) if kind is None else []
    guessed = [row for row, _why in reading.adviser().kinds(community, words)][:3] if words and not several else []
    kind = kind or (guessed[0] if guessed else None)
    where = f"{place.building} {place.entrance.name}" if place and place.entrance else place and place.building
    return {
        "place": where, "unplaced": place is not None and place.building is None, "kind": kind, "several": several,
        "caller": f"{masked(known.name)} {mask_phone(known.phone)}" if known else "",
        "near": queries.near_by(community, viewer, words, place, kind)[:3] if place and words else [],
    }  # fmt: skip

"""One call-up, and one unit's turnout: for who called, the units, and the reporter, each what they may read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.cases.models import Case
from mulin.cases.pages import maps
from mulin.people.queries import history
from mulin.territory.queries import places
from mulin.uploads import files
from mulin.web.http import Visit, community_of
from mulin.web.nouns import create

from .. import rules
from ..flow import TurnoutState
from ..models import CallUp, Turnout


def _subject(request: Visit) -> Any:
    """Find the case that a call-up is asked for; 404 where the viewer may not see it."""
    kind, _sep, key = request.GET.get("from", "").partition(":")
    if not kind:
        return None
    try:
        id = UUID(key)
    except ValueError:
        raise Http404 from None
    if kind != "cases.case":
        raise Http404
    return get_object_or_404(Case.objects.visible_to(request.viewer).for_list(), community=request.community, pk=id)


def new(request: Visit, slug: str) -> HttpResponse:
    """Call several units at once: why, what, where, by when."""
    community, case = community_of(request), _subject(request)
    draft = CallUp(community=community)
    if case is not None:
        draft.subject_kind, draft.subject_id, draft.case = "cases.case", case.pk, case
    back = case.get_absolute_url() if case else reverse("callups:board", args=[slug])
    picked = {"lon": request.POST.get("lon", ""), "lat": request.POST.get("lat", "")}
    if case and not picked["lon"] and case.lat is not None and not (case.entrance or case.building):
        picked = {"lon": case.lon, "lat": case.lat}
    shown = maps.shapes(places(community), case.building_id if case else None)
    return create(
        request, draft, "propose", template="callups/new.html", back_url=back, case=case,
        map={"pick": True, **shown, **picked}, tiles=settings.BASE_MAP, done=_("Noted."),
    )  # fmt: skip


def _rows(callup: CallUp, viewer: Any) -> list[dict[str, Any]]:
    """List the units with where each stands, and what of it this viewer may read; own ones first."""
    mine, rows = callup.units_of(viewer), []
    opened = set(Turnout.objects.visible_to(viewer).filter(callup=callup.pk).values_list("pk", flat=True))
    inside = rules.directs(viewer, callup) or rules.is_caller(viewer, callup)
    for turnout in callup.turnouts.all():
        turnout.callup = callup
        if turnout.state == TurnoutState.PLANNED and not inside:
            continue
        rows.append({
            "turnout": turnout,
            "mine": turnout.organisation_id in mine,
            "reads": rules.reads_answer(viewer, turnout),
            "opens": turnout.pk in opened,
        })  # fmt: skip
    return sorted(rows, key=lambda row: (not row["mine"], row["turnout"].organisation_id != callup.lead_id))


def _about(callup: CallUp, viewer: Any) -> dict[str, Any]:
    case, directs = callup.case, rules.directs(viewer, callup)
    mine = bool(callup.units_of(viewer) & {turnout.organisation_id for turnout in callup.turnouts.all()})
    seen = case is not None and Case.objects.visible_to(viewer).filter(community=case.community_id, pk=case.pk).exists()
    return {
        "callup": callup,
        "case": case if seen else None,
        "directs": directs,
        "is_unit": mine,
        "reads_contact": directs or mine or rules.is_caller(viewer, callup),
        "rows": _rows(callup, viewer),
        "map": _map(callup),
        "tiles": settings.BASE_MAP,
    }


def _map(callup: CallUp) -> dict[str, Any] | None:
    known = places(callup.community)
    place: Any = known.by_id.get(callup.place_id) if callup.place_id else None
    lon, lat = getattr(place, "lon", callup.lon), getattr(place, "lat", callup.lat)
    if lon is None or lat is None:
        return None
    building = getattr(place, "building_id", None) or (place.pk if callup.place_kind == "building" else None)
    spot = {"lon": lon, "lat": lat, "number": "●", "label": callup.where, "place": callup.place_name, "on": True}
    return {**maps.shapes(known, building), "points": [spot], "center": [lon, lat], "zoom": 18}


@require_safe
def callup(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one call-up: what is needed, and where each unit stands."""
    community_of(request)
    viewer = request.viewer
    row = get_object_or_404(CallUp.objects.visible_to(viewer).for_list(), pk=id)
    about = _about(row, viewer)
    inside = about["directs"] or rules.is_caller(viewer, row)
    return render(
        request, "callups/callup.html", {**about, "steps": history(row, viewer, names=True) if inside else []}
    )


@require_safe
def turnout(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one unit's turnout: what is needed of it, what it answered, and what both sides think."""
    community_of(request)
    viewer = request.viewer
    row = get_object_or_404(Turnout.objects.visible_to(viewer).for_list(), pk=id)
    called = CallUp.objects.visible_to(viewer).for_list().filter(pk=row.callup_id).first()
    if called is None:
        raise Http404
    row.callup = called
    reads = rules.reads_answer(viewer, row)
    own, directs = rules.is_unit(viewer, row), rules.directs(viewer, called)
    context = {
        **_about(called, viewer),
        "turnout": row,
        "own": own,
        "reads": reads,
        "reads_both": own or directs,
        "is_reporter": rules.is_reporter(viewer, row),
        "photos": _photos(row),
        "code": request.GET.get("code", "")[:12],
        "steps": history(row, viewer, names=directs or own) if reads else [],
    }
    return render(request, "callups/turnout.html", context)


def _photos(turnout: Turnout) -> list[dict[str, str]]:
    def url(photo: Any, size: str) -> str:
        return reverse("callups:photo", args=[turnout.community.slug, turnout.pk, photo.pk, size])

    return [
        {"url": url(photo, "full"), "thumb": url(photo, "thumb"), "alt": _("Photo of what was done")}
        for photo in files.photos_of(turnout)
    ]


@require_safe
def photo(request: Visit, slug: str, id: UUID, photo: UUID, size: str) -> HttpResponseBase:
    """Give a photo of what was done to those who may see the turnout."""
    community_of(request)
    turnout = get_object_or_404(Turnout.objects.visible_to(request.viewer), pk=id)
    return files.serve(files.photos_of(turnout), photo, size)

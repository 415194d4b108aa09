"""One case: its page for those who may read everything, its page for everyone else, and its moves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mulin.entry import actions as entry
from mulin.entry.actions import browser
from mulin.kernel.doors import form_of
from mulin.secrecy.codes import check_code
from mulin.secrecy.normal import mask_phone
from mulin.territory import queries as places
from mulin.uploads import files
from mulin.web import moves
from mulin.web.http import Visit, community_of, noun_opened
from mulin.web.nouns import waiting
from mulin.web.pages import later

from .. import queries, rules
from ..actions.contact import look_at, see_contact
from ..flow import awaits_reporter
from ..models import Case, CaseQuerySet
from . import lists, maps, telling
from .keeping import keep_photos

DONE = {
    "accept": gettext_lazy("You took it on. The reporter sees that someone is on it."),
    "assign": gettext_lazy("Assigned."),
    "solve": gettext_lazy("Noted. The reporter is asked whether it is fixed."),
    "ask": gettext_lazy("Asked. The time to solve it stands still until the answer comes."),
    "reply": gettext_lazy("Your answer is with them. It goes on."),
    "confirm": gettext_lazy("Thank you. The case is closed; within 30 days you can reopen it."),
    "reopen": gettext_lazy("It is open again."),
    "withdraw": gettext_lazy("Withdrawn. Nobody needs to do anything more."),
    "me_too": gettext_lazy("Noted. You hear how it goes on."),
    "join": gettext_lazy("You have joined in."),
    "note": gettext_lazy("Noted."),
}


def visible(request: Visit) -> CaseQuerySet:
    """Keep the cases of this community that the viewer may see, with what a page shows of them."""
    cases = lists.visible(request).for_list()
    return cases.select_related("reporter", "leader", "merged_into")


@require_safe
def detail(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one case: everything to those who may read it, and to others what is public of it."""
    viewer = request.viewer
    case = get_object_or_404(visible(request), pk=id)
    everything = rules.sees_everything(viewer, case)
    look_at(case, by=viewer)
    noun_opened.send(Case, noun=case, viewer=viewer)
    steps = queries.timeline(case, viewer)
    context = _shown(case, viewer) | (_all_of(case, viewer, steps) if everything else _outside(case, steps))
    return render(request, "cases/detail.html" if everything else "cases/outside.html", context)


@require_safe
def beside(request: Visit, slug: str, id: UUID, where: str) -> HttpResponse:
    """Show what other modules know of a case that its handler reads whole, once its page stands."""
    case = get_object_or_404(visible(request), pk=id)
    if not rules.sees_everything(request.viewer, case):
        raise Http404
    return later(request, case, "cases.case", where)


def _shown(case: Case, viewer: Any) -> dict[str, Any]:
    mine = rules.is_reporter(viewer, case)
    other = case.merged_into
    return {
        "case": case,
        "tone": telling.tone(case),
        "label": telling.label(case, mine),
        "place": telling.where(case),
        "slips": telling.slips(case, mine),
        "due": telling.due(case),
        "mine": mine,
        "merged": other if other and (other.is_public or rules.sees_everything(viewer, other)) else None,
        "others": case.met_by,
    }


def _outside(case: Case, steps: list[queries.Step]) -> dict[str, Any]:
    return {"steps": telling.timeline(case, steps, {}, [], mine=False)}


def _all_of(case: Case, viewer: Any, steps: list[queries.Step]) -> dict[str, Any]:
    mine = rules.is_reporter(viewer, case)
    known = telling.names(case, steps, viewer)
    photos = photos_of(case)
    can = {move.name for move in case.flow.moves_for(viewer, case)}
    asked = next((step.details.get("words") for step in steps if step.verb == "ask"), "")
    handles = rules.in_charge(viewer, case)
    return {
        "steps": telling.timeline(case, steps, known, [p for p in photos if p["stage"] in ("reply", "reopen")], mine),
        "photos": [photo for photo in photos if photo["stage"] == "report"],
        "after": [photo for photo in photos if photo["stage"] == "solve"],
        "solver": known.get(case.solver, ""),
        "question": asked if awaits_reporter(case) else "",
        "reply": form_of(case, "reply", by=viewer, auto_id="id_reply_%s") if "reply" in can else None,
        "confirm": form_of(case, "confirm", by=viewer, auto_id="id_confirm_%s") if "confirm" in can else None,
        "pending": waiting(case, viewer, known) if rules.takes_part(viewer, case) else [],
        "holders": queries.holders(case),
        "parts": [part for part in case.parts() if part.role == "joined"],
        "handles": handles,
        "phone": _phone(case) if handles else "",
        "map": _map(case) if handles and case.lon is not None else None,
        "tiles": settings.BASE_MAP,
    }


def _map(case: Case) -> dict[str, Any]:
    place = telling.where(case)
    spot = {"lon": case.lon, "lat": case.lat, "number": "●", "label": place, "place": place, "tone": "done", "on": True}
    return {
        **maps.shapes(places.places(case.community), case.building_id),
        "points": [spot],
        "center": [case.lon, case.lat],
        "zoom": 18,
    }


def _phone(case: Case) -> str:
    return mask_phone(case.contact_phone or (case.reporter.phone if case.reporter else ""))


def photos_of(case: Case) -> list[dict[str, Any]]:
    """List the photos of a case with their addresses; one statement."""
    names = {"report": _("Photo from the report"), "solve": _("Photo after it was solved")}
    listed = []
    for row in files.photos_of(case):
        args = [case.community.slug, case.pk, row.pk]
        listed.append({
            "stage": row.stage,
            "at": row.created_at,
            "alt": names.get(row.stage, _("Photo")),
            "url": reverse("cases:photo", args=[*args, "full"]),
            "thumb": reverse("cases:photo", args=[*args, "thumb"]),
        })  # fmt: skip
    return listed


def move(request: Visit, slug: str, id: UUID, name: str) -> HttpResponse:
    """Show the form of a move, or make it."""
    if request.method != "POST":
        return moves.ask(request, visible(request), id, name)
    return _back(request, id, moves.move(request, visible(request), id, name, done=DONE, again=_again))


def _again(request: Visit, form: Any) -> None:
    if keep_photos(request, form):
        form.add_error("photos", _("Not all photos could be kept. Please choose the missing ones again."))


def agree(request: Visit, slug: str, id: UUID, name: str) -> HttpResponse:
    """Give the second person's word on a waiting move."""
    return _back(request, id, moves.agree(request, visible(request), id, name))


def _back(request: Visit, id: UUID, response: HttpResponse) -> HttpResponse:
    # Whoever passed a case on may not see it any more: the queue is the next place then.
    if response.status_code == 302 and not visible(request).filter(pk=id).exists():
        return redirect("cases:queue", slug=community_of(request).slug)
    return response


@require_POST
@never_cache
def contact(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show the reporter's full number once; the reporter can read who looked and why."""
    case = get_object_or_404(visible(request), pk=id)
    phone = see_contact(case, by=request.viewer, reason=request.POST.get("reason", ""))
    return render(request, "cases/contact.html", {"case": case, "phone": phone})


@require_safe
def photo(request: Visit, slug: str, id: UUID, photo: UUID, size: str) -> HttpResponseBase:
    """Give a photo to those who may read everything of its case."""
    case = get_object_or_404(visible(request), pk=id)
    photos = files.photos_of(case) if rules.sees_everything(request.viewer, case) else ()
    return files.serve(photos, photo, size)


def follow(request: Visit, slug: str) -> HttpResponse:
    """Open a case by its number and secret code; this browser then follows it for 30 days."""
    community = community_of(request)
    number = (request.POST if request.method == "POST" else request.GET).get("number", "").strip().upper()[:24]
    if request.method != "POST":
        return render(request, "cases/follow.html", {"number": number})
    entry.slow_down("follow", f"{community.pk}:{number}", str(request.META.get("REMOTE_ADDR", "")))
    case = queries.by_number(community, number)
    # An unknown number takes the same work and gets the same sentence as a wrong code.
    if not check_code(request.POST.get("code", "")[:40], case.code_hash if case else "-") or case is None:
        return render(request, "cases/follow.html", {"number": number, "wrong": True}, status=422)
    messages.success(request, _("This browser follows the case now."))
    response = redirect("cases:detail", slug=community.slug, id=case.pk)
    browser.hold(response, request, case.pk)
    return response

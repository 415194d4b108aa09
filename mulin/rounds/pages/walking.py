"""Today's rounds, a round under way, and its stops: made for a phone in one hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mulin.cases.models import Case
from mulin.kernel.refusals import Refused
from mulin.people.queries import history
from mulin.web.http import Visit, community_of

from .. import actions, queries
from ..flow import RoundState
from ..forms import Finding, Missed
from ..models import Round, Route
from ..rules import has_it, is_desk

ASKED = {"finding": Finding, "missed": Missed}


def looks_in(request: Visit) -> Any:
    """Return the community, where the viewer has to do with rounds at all; else there is nothing here (404)."""
    community, viewer = community_of(request), request.viewer
    staff = viewer.can("cases.desk") or viewer.can("cases.handle")
    if not staff and not Route.objects.visible_to(viewer).filter(community=community).exists():
        raise Http404
    return community


@require_safe
def today(request: Visit, slug: str) -> HttpResponse:
    """List what is to be walked now, what was, and what comes."""
    community = looks_in(request)
    if code := request.GET.get("code", "")[:12]:
        if found := queries.here(community, request.viewer, code):
            return redirect("rounds:stop", slug, found[0].pk, found[1].pk)
        messages.error(request, _("No stop of your round has this code. Look at the plate again."))
    groups = queries.around(community, request.viewer)
    context = {"groups": groups, "may_draw": is_desk(request.viewer, Route(community=community))}
    return render(request, "rounds/today.html", context)


def _round(request: Visit, id: UUID) -> Round:
    rows = Round.objects.visible_to(request.viewer).for_list().filter(community=community_of(request))
    found: Round = get_object_or_404(rows, pk=id)
    return found


@require_safe
def round(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show a round: the stop that comes next, all stops with what came of each, and the finish."""
    row = _round(request, id)
    walking = row.state == RoundState.WALKING
    may_look = walking and (has_it | is_desk)(request.viewer, row)
    names = is_desk(request.viewer, row) or row.is_walked_by(request.viewer)
    context = {
        "round": row,
        "looks": _with_cases(request, row),
        "next": next(iter(row.open_looks), None) if may_look else None,
        "may_look": may_look,
        "names": names,
        "steps": [] if walking else history(row, request.viewer, names=names),
    }
    return render(request, "rounds/round.html", context)


def _with_cases(request: Visit, row: Round) -> list[Any]:
    keys = [look.case_id for look in row.looks if look.case_id]
    seen = Case.objects.visible_to(request.viewer).for_list().filter(community=row.community, pk__in=keys)
    cases = {case.pk: case for case in seen} if keys else {}
    return [{"look": look, "case": cases.get(look.case_id)} for look in row.looks]


def _stop(request: Visit, id: UUID, stop: UUID) -> tuple[Round, Any]:
    row = _round(request, id)
    found = next((look for look in row.looks if look.pk == stop), None)
    if found is None or row.state != RoundState.WALKING or not (has_it | is_desk)(request.viewer, row):
        raise Http404
    return row, found


@require_safe
def stop(request: Visit, slug: str, id: UUID, stop: UUID) -> HttpResponse:
    """Show one stop of a round under way."""
    row, found = _stop(request, id, stop)
    return render(request, "rounds/stop.html", {"round": row, "look": found})


def answer(request: Visit, slug: str, id: UUID, stop: UUID, result: str) -> HttpResponse:
    """Say what is so at a stop; what was found and why one is left out is asked on a page of its own."""
    row, found = _stop(request, id, stop)
    if result == "well":
        return _well(request, row, found)
    if result not in ASKED:
        raise Http404
    bound = request.method == "POST"
    form = ASKED[result](
        request.POST if bound else None, request.FILES if bound else None, by=request.viewer, noun=row
    )  # fmt: skip
    status = 422 if bound else 200
    if bound and form.is_valid():
        try:
            ticked = _ticked(request)
            actions.look(row, by=request.viewer, stop=found.pk, result=result, ticked=ticked, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            said = {"finding": _("Reported. It goes to whoever is responsible."), "missed": _("Noted.")}
            messages.success(request, said[result])
            return redirect(row.get_absolute_url())
    back = reverse("rounds:stop", args=[slug, id, stop])
    context = {"round": row, "look": found, "form": form, "result": result, "back_url": back}
    return render(request, "rounds/answer.html", context, status=status)


@require_POST
def _well(request: Visit, row: Round, found: Any) -> HttpResponse:
    try:
        actions.look(row, by=request.viewer, stop=found.pk, result="well", ticked=_ticked(request))
    except Refused as refused:
        found.ticked = _ticked(request)
        context = {"round": row, "look": found, "refused": refused.message}
        return render(request, "rounds/stop.html", context, status=refused.status)
    return redirect(row.get_absolute_url())


def _ticked(request: Visit) -> list[int]:
    return [int(each) for each in request.POST.getlist("line") if each.isdecimal() and len(each) < 4]

"""Cases that are left out, how a rate is counted, and what a case's page says of both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.cases.models import Case
from mulin.kernel.refs import linked
from mulin.people.queries import history
from mulin.web.beside import Panel
from mulin.web.http import Visit, community_of
from mulin.web.nouns import asked_for, create

from .. import queries
from ..actions import define
from ..figures import NAMES
from ..flow import State
from ..forms import Define
from ..models import Exclusion
from ..rules import answers_for_rates


def _decides(request: Visit) -> None:
    if not answers_for_rates(request.viewer, Exclusion(community=community_of(request))):
        raise Http404


@require_safe
def exclusions(request: Visit, slug: str) -> HttpResponse:
    """List what waits for a second person, what is left out, and what was."""
    _decides(request)
    rows = Exclusion.objects.visible_to(request.viewer).for_list().order_by("-created_at", "-pk")[:200]
    listed = list(rows)
    groups = [
        (_("Waits for a second person"), [row for row in listed if row.state == State.ASKED]),
        (_("Left out of the rates"), [row for row in listed if row.state == State.LEFT_OUT]),
        (_("Counted as before"), [row for row in listed if row.state == State.COUNTED]),
    ]
    return render(request, "rates/exclusions.html", {"groups": [each for each in groups if each[1]]})


@require_safe
def exclusion(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one: which case, on what ground, who asked and who decided."""
    _decides(request)
    row = get_object_or_404(Exclusion.objects.visible_to(request.viewer).for_list(), pk=id)
    steps = history(row, request.viewer, names=True)
    return render(request, "rates/exclusion.html", {"exclusion": row, "steps": steps})


def new_exclusion(request: Visit, slug: str) -> HttpResponse:
    """Ask that a case be left out."""
    _decides(request)
    community = community_of(request)
    case = asked_for(request, Case.objects.visible_to(request.viewer).filter(community=community), "case")
    if case is None:
        raise Http404
    draft = Exclusion(community=community, case=case, asked_by=request.viewer.actor)
    intro = _("%(case)s. A second person, who did not solve it, has to agree within two weeks.") % {"case": case}
    return create(
        request, draft, "ask", intro=intro, back_url=case.get_absolute_url(),
        done=_("Asked. It is left out once a second person agrees."),
    )  # fmt: skip


def definition(request: Visit, slug: str, key: str) -> HttpResponse:
    """Publish how one rate is counted from today on."""
    community = community_of(request)
    if key not in NAMES or not request.viewer.can("cases.desk"):
        raise Http404
    now = next(each for each in queries.definitions(community) if each.key == key)
    said = {name: getattr(now, name) for name in ("part", "whole", "zh", "en", "source")}
    form = Define(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        define(community, key, by=request.viewer, **form.cleaned_data)
        messages.success(request, _("Published. It counts from today on; what counted before stays readable."))
        return redirect("rates:rates", slug)
    context = {
        "form": form,
        "name": NAMES[key],
        "before": [each for each in queries.versions(community) if each.key == key],
        "back_url": reverse("rates:rates", args=[slug]),
    }
    return render(request, "rates/definition.html", context, status=422 if form.is_bound else 200)


def panel(request: Visit, case: Any) -> Panel | None:
    """Say on a case's page whether it is left out, or how to ask for it; only to those who answer for the rates."""
    if not answers_for_rates(request.viewer, Exclusion(community_id=case.community_id)):
        return None
    here = Exclusion.objects.visible_to(request.viewer).filter(case=case.pk).exclude(state=State.COUNTED)
    found = here.first() if "rates.exclusion" in linked(case) else None
    return Panel("rates/panel.html", {"case": case, "exclusion": found}, order=90)

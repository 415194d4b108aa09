"""Pages of mediation: one's own, the mediator's list, one table with its sessions and text, counts, and panels."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mulin.cases.flow import OPEN
from mulin.cases.models import Case
from mulin.kernel.refusals import Refused
from mulin.people.queries import history
from mulin.tables import csv_file
from mulin.web.beside import Panel
from mulin.web.http import Visit, community_of, someone
from mulin.web.nouns import asked_for, create
from mulin.web.paging import paged

from . import actions, queries
from .flow import HELD, State
from .forms import Code
from .models import Mediation
from .queries import JOINABLE


@require_safe
def mine(request: Visit, slug: str) -> HttpResponse:
    """List one's own mediations, those that one mediates, and for the desk those that it may know of."""
    community, viewer = community_of(request), someone(request)
    leads = queries.mediated(viewer, community)
    lists = {
        "mine": (_("Mine"), lambda: queries.mine(viewer, community)),
        "leading": (_("I mediate"), lambda: leads),
        "desk": (_("The community's"), lambda: queries.for_desk(viewer, community)),
        "over": (pgettext("mediation", "Over"), lambda: queries.over(viewer, community)),
    }
    if not viewer.can("cases.desk"):
        del lists["desk"]
    if not queries.is_mediator(viewer, community):
        del lists["leading"]
    usual = "leading" if "leading" in lists and leads.exists() else "mine"
    chosen = request.GET.get("list", "") if request.GET.get("list", "") in lists else usual
    rows, next_url = paged(lists[chosen][1](), request)
    context = {
        "rows": rows,
        "next_url": next_url,
        "chosen": chosen,
        "chips": [(f"?list={key}", label, key == chosen) for key, (label, _rows) in lists.items()],
        "sessions": queries.coming(viewer, community) if chosen == "leading" else [],
    }
    return render(request, "mediation/mine.html", context)


def ask(request: Visit, slug: str) -> HttpResponse:
    """Ask for mediation, in one screen; from a case it is about that case."""
    community, viewer = community_of(request), someone(request)
    case = asked_for(request, Case.objects.visible_to(viewer).readable_to(viewer).filter(community=community), "case")
    back = case.get_absolute_url() if case else reverse("mediation:mine", args=[slug])
    intro = _("Mediation is voluntary and free. Only both sides and the mediator see it, and nobody else learns of it.")
    done = _("Asked. The other side has seven days to answer.")
    return create(
        request, Mediation(community=community, case=case), "ask", intro=intro, back_url=back, done=done
    )  # fmt: skip


def enter(request: Visit, slug: str) -> HttpResponse:
    """Take a place at a table by the code that one was given."""
    community, viewer = community_of(request), someone(request)
    form, status = Code(request.POST or None, initial={"code": request.GET.get("code", "")[:20]}), 200
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter(by=viewer, community=community, code=form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code", refused.message)
            status = refused.status
        else:
            messages.success(request, _("You are part of it. Nothing begins before you say that you want to talk."))
            return redirect(made.get_absolute_url())
    back = reverse("mediation:mine", args=[slug])
    return render(request, "mediation/enter.html", {"form": form, "back_url": back}, status=status)


def _one(request: Visit, id: UUID) -> Any:
    rows = Mediation.objects.visible_to(request.viewer).for_list().filter(community=community_of(request))
    return get_object_or_404(rows.select_related("candidate", "case"), pk=id)


@require_safe
def mediation(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one table: to the parties and the mediator all that is theirs; to the desk where it stands."""
    row, viewer = _one(request, id), request.viewer
    role = row.role_of(viewer)
    context: dict[str, Any] = {"mediation": row, "role": role, "seats": queries.seats(row, viewer)}
    if role.is_inside:
        context |= {
            "choices": queries.choices(row),
            "steps": history(row, viewer, names=False),
            "waits_for_yes": bool(role.side and row.side(role.side).agreed_at and row.state == State.ASKED),
            "may_hand_on": row.state in JOINABLE,
            "is_held": row.state in HELD,
        }
    return render(request, "mediation/mediation.html", context)


@require_safe
def session(request: Visit, slug: str, id: UUID, session: UUID) -> HttpResponse:
    """Show one session: when, where, who came, what both read of it; one's own notes to who wrote them."""
    row = _one(request, id)
    found = next((each for each in row.sessions if each.pk == session), None)
    if found is None or not row.role_of(request.viewer).is_inside:
        raise Http404
    context = {"mediation": row, "session": found, "is_own": found.mediator_id == request.viewer.person_id}
    return render(request, "mediation/session.html", context)


@require_safe
def agreement(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show the text on a sheet for paper, with who confirmed it when."""
    row = _one(request, id)
    if row.agreement is None or not row.role_of(request.viewer).is_inside:
        raise Http404
    return render(request, "mediation/agreement.html", {"mediation": row, "seats": queries.seats(row, request.viewer)})


@require_safe
def figures(request: Visit, slug: str) -> HttpResponse:
    """Show everyone how many mediations were asked for, and what came of them; what is under five is not told."""
    quarters, kinds, whole = queries.counts(community_of(request))
    return render(request, "mediation/figures.html", {"quarters": quarters, "kinds": kinds, "whole": whole})


@require_safe
def figures_csv(request: Visit, slug: str) -> HttpResponse:
    """Give the counts as a table."""
    quarters, kinds, _whole = queries.counts(community_of(request))
    heads = {"name": _("Quarter or kind"), "asked": _("Asked for"), "agreed": _("Agreed to talk")}
    heads |= {"settled": _("Agreements"), "kept": _("Kept")}
    rows = [{name: _cell(getattr(row, name)) for name in heads} for row in (*quarters, *kinds)]
    return csv_file("mediation", heads, rows)


def _cell(value: Any) -> str:
    return "<5" if value is None else str(value)


def panel(request: Visit, case: Any) -> Panel | None:
    """Show on a case's page the mediations of it that one may know of, and how to ask for one."""
    viewer = request.viewer
    if not viewer.is_person:
        return None
    found = queries.of_case(case, viewer)
    concerned = viewer.can("cases.desk") or viewer.person_id == case.reporter_id
    may_ask = not found and concerned and case.state in OPEN
    order = 60 if found else 84
    return Panel("mediation/panel.html", {"found": found, "may_ask": may_ask}, order) if found or may_ask else None

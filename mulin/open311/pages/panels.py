"""What stands beside a case that came from another program: its answers, and how to reach who sent it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from mulin.cases import rules as cases
from mulin.cases.models import Case
from mulin.kernel.refs import linked
from mulin.web.beside import Panel
from mulin.web.http import Visit, community_of

from ..actions import see_email
from ..queries import notes


def came_in(request: Visit, case: Any) -> Panel | None:
    """Show what another program sent along, to those who read the case whole."""
    if "open311.receipt" not in linked(case) or not cases.sees_everything(request.viewer, case):
        return None
    receipt = notes.receipt_of(case)
    if receipt is None:
        return None
    near = cases.in_charge(request.viewer, case)
    told = notes.answers_of(case.community, [case.pk], everything=True).get(case.pk, [])
    context = {
        "answers": [(each.question, each.question.told(each.values)) for each in told], "receipt": receipt,
        "name": receipt.name if near else "", "email": _masked(receipt.email) if near else "",
    }  # fmt: skip
    shown = told or receipt.media or context["name"] or context["email"]
    return Panel("open311/came_in.html", context, 40) if shown else None


def _masked(email: str) -> str:
    before, _at, behind = email.partition("@")
    return f"{before[:1]}***@{behind}" if email else ""


@require_POST
def contact(request: Visit, slug: str, id: Any) -> HttpResponse:
    """Show the mail address that came with a report once, for a reason."""
    community = community_of(request)
    case = get_object_or_404(Case.objects.visible_to(request.viewer).filter(community=community), pk=id)
    if (receipt := notes.receipt_of(case)) is None or not receipt.email:
        raise Http404
    email = see_email(receipt, by=request.viewer, reason=request.POST.get("reason", ""))
    return render(request, "open311/contact.html", {"case": case, "email": email})

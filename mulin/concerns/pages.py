"""Pages of confidential reports: tell, follow, read, the finding, who reads here, and notices to members."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mulin.entry.actions import browser, slow_down
from mulin.kernel.doors import form_of
from mulin.kernel.refusals import Refused
from mulin.people.queries import history
from mulin.web.beside import Panel
from mulin.web.http import Visit, community_of
from mulin.web.moves import once_of
from mulin.web.nouns import waiting
from mulin.web.paging import paged

from . import actions, forms, queries
from .figures import SEATS, STEPS
from .flow import State
from .models import Concern

SECRET, SALT, SHOWN_FOR = "concern", "concerns.secret", timedelta(minutes=10)


@require_safe
def index(request: Visit, slug: str) -> HttpResponse:
    """Say what this is and who reads; list what one told, what one reads, and findings that wait for one."""
    community, viewer = community_of(request), request.viewer
    state = request.GET.get("state", "")
    lists: dict[str, tuple[Any, Any]] = {"mine": (_("Told by me"), queries.mine(viewer, community))}
    reads = queries.is_reader(viewer)
    if reads:
        lists["read"] = (_("For me to read"), queries.to_read(viewer, community, state))
    if (findings := queries.findings(viewer, community)).exists():
        lists["findings"] = (pgettext("concern", "Findings"), findings)
    usual = "read" if reads else "findings" if viewer.can("people.keep") and "findings" in lists else "mine"
    chosen = request.GET.get("list", "") if request.GET.get("list", "") in lists else usual
    rows, next_url = paged(lists[chosen][1], request)
    context = {
        "rows": rows, "next_url": next_url, "chosen": chosen, "readers": queries.readers_here(community),
        "chips": [(f"?list={key}", label, key == chosen) for key, (label, _rows) in lists.items()],
        "states": State.choices, "state": state, "may_name": viewer.can("people.invite"),
        "may_tell": viewer.is_someone or community.anonymous_allowed,
    }  # fmt: skip
    return render(request, "concerns/index.html", context)


def tell(request: Visit, slug: str) -> HttpResponse:
    """Say who reads it, then take down what happened, in one screen."""
    community, viewer, status = community_of(request), request.viewer, 200
    draft = Concern(community=community, told_by=str(viewer.account_id or ""))
    if refused := draft.flow.why_not("tell", viewer, draft):
        raise refused
    bound = request.method == "POST"
    initial = {"about": request.GET.get("about", "")[:60]}
    form = form_of(draft, "tell", by=viewer, data=request.POST if bound else None, initial=initial)
    readers = queries.readers_here(community)
    if bound:
        status = 422
        if form.is_valid():
            slow_down("concern", str(viewer.account_id or request.META.get("REMOTE_ADDR", "")))
            try:
                once = once_of(request, "tell")
                made = actions.tell(by=viewer, community=community, once=once, **form.cleaned_data)
            except Refused as error:
                form.add_error(None, error.message)
                status = error.status
            else:
                return _sent(request, made)
    context = {"form": form, "move": draft.flow["tell"], "readers": readers, "two": len(SEATS) <= len(readers)}
    return render(request, "concerns/tell.html", context, status=status)


def _sent(request: Visit, made: Concern) -> HttpResponse:
    response = redirect("concerns:sent", slug=community_of(request).slug, id=made.pk)
    if made.code_hash:
        # The code is kept nowhere: only this answer's cookie carries it to the next page, for ten minutes.
        response.set_signed_cookie(
            SECRET, f"{made.pk.hex}.{made.secret}", salt=SALT, max_age=SHOWN_FOR, httponly=True, samesite="Lax",
            secure=settings.SITE_URL.startswith("https"),
        )  # fmt: skip
        browser.hold(response, request, made.pk)
    return response


@require_safe
def sent(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Say what happens next and, once, the code with which whoever gave no name comes back."""
    kept = request.get_signed_cookie(SECRET, default="", salt=SALT, max_age=SHOWN_FOR) or ""
    key, _dot, secret = kept.partition(".")
    row = get_object_or_404(queries.mine(request.viewer, community_of(request)), pk=id)
    code = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)) if key == id.hex else ""
    context = {"concern": row, "seats": row.standing, "secret": code, "site": settings.SITE_URL}
    response = render(request, "concerns/sent.html", context)
    response.delete_cookie(SECRET, samesite="Lax")
    return response


def follow(request: Visit, slug: str) -> HttpResponse:
    """Open what one told without a name by its code; this browser then keeps it for 30 days."""
    community, form, status = community_of(request), forms.Code(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        slow_down("concern-code", str(request.META.get("REMOTE_ADDR", "")))
        found = queries.by_code(community, form.cleaned_data["code"])
        if found is not None:
            response = redirect(found.get_absolute_url())
            browser.hold(response, request, found.pk)
            return response
        form.add_error("code", _("Nothing opens with this code. Look at it once more, sign by sign."))
        status = 422
    return render(request, "concerns/follow.html", {"form": form}, status=status)


@require_safe
def concern(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one: to whoever told it their own words and its state; to the two readers all of it but a name withheld."""
    community, viewer = community_of(request), request.viewer
    rows = Concern.objects.visible_to(viewer).for_list().select_related("finding")
    row = get_object_or_404(rows.filter(community=community), pk=id)
    own = row.is_told_by(viewer)
    context: dict[str, Any] = {
        "concern": row, "own": own, "seats": row.standing, "gap": len(row.standing) < len(SEATS),
        "said": [each for each in row.messages if not (own and each.kind == "note")],
        "decided": row.finding is not None,
    }  # fmt: skip
    if not own:
        context |= {"pending": waiting(row, viewer), "steps": history(row, viewer, names=True, said=STEPS)}
    return render(request, "concerns/concern.html", context)


@require_safe
def finding(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show a finding to whom it is about and to whoever may take the measure; it does not say what it came of."""
    row = get_object_or_404(queries.findings(request.viewer, community_of(request)), pk=id)
    about = request.viewer.person_id in row.about_persons
    return render(request, "concerns/finding.html", {"finding": row, "about": about})


def readers(request: Visit, slug: str) -> HttpResponse:
    """Choose which two posts read confidential reports, and which one stands in."""
    community = community_of(request)
    if not request.viewer.can("people.invite"):
        raise Http404
    bench, status = queries.bench_of(community), 200
    kept = {"first": bench.first_id, "second": bench.second_id, "stand_in": bench.stand_in_id} if bench else {}
    form = forms.Readers(request.POST or None, community=community, initial=kept)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.name_readers(by=request.viewer, community=community, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.message)
                status = refused.status
            else:
                messages.success(request, _("Noted. What was told before keeps its readers."))
                return redirect("concerns:readers", slug)
    context = {"form": form, "readers": queries.readers_here(community), "two": len(SEATS)}
    return render(request, "concerns/readers.html", context, status=status)


def panel(request: HttpRequest, organisation: Any) -> Panel | None:
    """Show an organisation's members, and those who answer for it, the measures with their public words."""
    viewer: Any = getattr(request, "viewer", None)
    until = queries.reads_notices(viewer, organisation)
    found = queries.notices(organisation, until) if until else []
    return Panel("concerns/notices.html", {"steps": found}) if found else None


def tell_about(request: HttpRequest, organisation: Any) -> Panel | None:
    """Offer on an organisation's page to tell something about it in confidence."""
    if organisation.state not in ("registered", "suspended"):
        return None
    url = reverse("concerns:tell", args=[organisation.community.slug])
    return Panel("concerns/about.html", {"url": f"{url}?about=organisation:{organisation.pk}"}, order=90)

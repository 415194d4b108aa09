"""Webhooks on pages: the list, a new one, and one with what it was sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mulin.journal.log import size_of
from mulin.kernel.doors import form_of
from mulin.kernel.refusals import Refused
from mulin.web import moves
from mulin.web.http import Visit, community_of
from mulin.web.nouns import move_paths

from .. import queries
from ..flow import OPEN, State
from ..models import Webhook, WebhookQuerySet

PAGE = 30
SHOWN = {"": _("All"), "open": _("Open"), "ended": _("Ended")}
DELIVERED = {"": _("All"), "waiting": _("Waiting"), "sent": _("Taken"), "failed": _("Failed")}


def visible(request: Visit) -> WebhookQuerySet:
    """Keep the webhooks of this community that the viewer may see."""
    webhooks: WebhookQuerySet = Webhook.objects.visible_to(request.viewer)
    return webhooks.filter(community=community_of(request)).select_related("community", "owner")


def index(request: Visit, slug: str) -> HttpResponse:
    """List the webhooks, those that rest or are tried first in their own colours."""
    community = community_of(request)
    if not request.viewer.can("people.keep"):
        raise Http404
    shown, after = request.GET.get("show", ""), _key(request.GET.get("after", ""))
    rows = visible(request)
    if shown in ("open", "ended"):
        rows = rows.filter(state__in=OPEN if shown == "open" else (State.ENDED,))
    found = list((rows.filter(pk__lt=after) if after else rows).order_by("-pk")[: PAGE + 1])
    context = {
        "webhooks": found[:PAGE], "chips": _chips(SHOWN, shown, "show"), "shown": shown,
        "next_url": _further(found, show=shown), "draft": Webhook(community=community),
    }  # fmt: skip
    return render(request, "webhooks/list.html", context)


def make(request: Visit, slug: str) -> HttpResponse:
    """Show the form of a new webhook; what was made opens with its secret, this once."""
    draft = Webhook(community=community_of(request))
    if refused := draft.flow.why_not("make", request.viewer, draft):
        raise refused
    bound = request.method == "POST"
    form, status = form_of(draft, "make", by=request.viewer, data=request.POST if bound else None), 200
    if bound:
        status = 422
        if form.is_valid():
            once = moves.once_of(request, "make")
            try:
                made = draft.flow.action("make")(
                    by=request.viewer, community=draft.community, once=once, **form.cleaned_data
                )
            except Refused as error:
                form.add_error(None, error.message)
                status = error.status
            else:
                return _page(request, made)
    context = {"form": form, "move": draft.flow["make"], "noun": draft, "back_url": f"/{slug}/webhooks/"}
    return render(request, "web/new.html", context, status=status)


def webhook(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one webhook and what it was sent."""
    return _page(request, get_object_or_404(visible(request), pk=id))


@require_POST
def renew(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Make a new secret and show it this once."""
    found = get_object_or_404(visible(request), pk=id)
    version, once = moves.version_of(request), moves.once_of(request, "renew")
    made = found.flow.action("renew")(found, by=request.viewer, version=version, once=once)
    return _page(request, made)


def _page(request: Visit, found: Webhook) -> HttpResponse:
    state = request.GET.get("state", "")
    state, after = state if state in DELIVERED else "", _key(request.GET.get("after", ""))
    rows = queries.deliveries(found, request.viewer, state, after, PAGE + 1)
    words = queries.labels()
    context = {
        "webhook": found, "deliveries": [(row, words.get(row.event, "")) for row in rows[:PAGE]],
        "chips": _chips(DELIVERED, state, "state"), "next_url": _further(rows, state=state),
        "events": [words.get(event, event) for event in found.events], "size": size_of(found.community_id),
        "secret": found.shown_secret, "may_send": not found.flow.why_not("again", request.viewer, found),
        "may_renew": not found.flow.why_not("renew", request.viewer, found),
    }  # fmt: skip
    return render(request, "webhooks/webhook.html", context)


def _chips(choices: dict[str, Any], chosen: str, name: str) -> list[dict[str, Any]]:
    return [
        {"url": f"?{urlencode({name: value})}" if value else "?", "label": label, "current": value == chosen}
        for value, label in choices.items()
    ]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _further(rows: list[Any], **asked: str) -> str:
    return f"?{urlencode({**asked, 'after': rows[PAGE - 1].pk})}" if len(rows) > PAGE else ""


paths = move_paths("", "webhook", visible)

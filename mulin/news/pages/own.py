"""One's notifications in a community, and which mails one wants; a link in each mail ends such mails."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from mulin.entry.pages.security import for_someone
from mulin.web.http import Visit, community_of, someone
from mulin.web.paging import numbered

from .. import actions, queries
from ..figures import MORNING, topics
from ..forms import Choosing

LINES = 30


def notifications(request: Visit, slug: str) -> HttpResponse:
    """List what happened that concerns the viewer; a POST notes that all of it was read."""
    community_of(request)
    viewer = someone(request)
    if request.method == "POST":
        actions.read_all(viewer)
        return redirect("news:notifications", slug=slug)
    topic, unread, known = request.GET.get("topic", ""), request.GET.get("show") == "unread", topics()
    found = queries.notifications(viewer)
    if topic in known:
        found = found.filter(kind__startswith=f"{topic}.")
    if unread:
        found = found.filter(read_at=None)
    page, beside = numbered(found, request, LINES)
    rows = [{"row": row, "card": card, "what": what} for row, card, what in actions.look_through(list(page), viewer)]
    narrowed = unread or topic in known
    context = {"rows": rows, **beside, "chips": _chips(viewer, topic, unread), "narrowed": narrowed}
    return render(request, "news/notifications.html", context)


def _chips(viewer: Any, topic: str, unread: bool) -> list[dict[str, Any]]:
    """Offer all, the unread, and each topic of which there is something."""
    kinds = queries.notifications(viewer).order_by().values_list("kind", flat=True).distinct()
    found = [("", _("All"), not topic and not unread), ("?show=unread", _("Unread"), unread and not topic)]
    found += [(f"?topic={key}", words, topic == key) for key, words in topics(kinds).items()]
    return [{"url": url or "?", "label": label, "current": current} for url, label, current in found]


@for_someone
def choices(request: Any) -> HttpResponse:
    """Show and keep which mails someone wants."""
    account = request.sign_in.account
    kept = queries.own_choices(account.pk)
    offered = queries.topics_of(account.pk)
    wanted = [topic for topic in offered if topic not in kept.muted]
    initial = {"mail": kept.mail, "wanted": wanted, "morning": kept.morning}
    form = Choosing(request.POST or None, initial=initial, offered=offered)
    if request.method == "POST" and form.is_valid():
        actions.choose(account.pk, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("own_news:choices")
    status = 422 if form.errors else 200
    return render(request, "news/choices.html", {"form": form, "email": account.email or ""}, status=status)


# The link is the key: mail programs send it without a cookie, and without a form of ours (RFC 8058).
@csrf_exempt
def stop(request: Any, token: str) -> HttpResponse:
    """End mails about one topic for whoever got the link; only a POST does it, since programs look at links."""
    if (found := queries.stopped_by(token)) is None:
        raise Http404
    account, topic = found
    words = _("the letters in the morning") if topic == MORNING else topics().get(topic, "")
    if request.method == "POST":
        actions.unsubscribe(account, topic)
    return render(request, "news/stop.html", {"words": words, "done": request.method == "POST"})

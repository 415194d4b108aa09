"""Many notices: the public board, its feed, what waits for whoever looks, and by which rules notices are posted."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe

from mulin.web.http import Visit, community_of, someone, unless_known
from mulin.web.paging import paged, with_

from .. import queries, rules
from ..figures import KINDS
from ..models import Notice

PARTS = {"": _l("On the board"), "past": _l("Past ones")}
IN_FEED, MOST_OPEN = 50, 200


@require_safe
def board(request: Visit, slug: str) -> HttpResponse:
    """Show everyone what is posted, what is still open first, and behind it what is settled."""
    community, viewer = community_of(request), request.viewer
    q, kind, part = (request.GET.get(name, "").strip()[:60] for name in ("q", "kind", "part"))
    asked = {"q": q, "kind": kind}
    is_first = part != "past" and "after" not in request.GET
    is_open = queries.board(viewer, community, part="open", **asked).order_by("ends_on", "pk")[:MOST_OPEN]
    rest = "past" if part == "past" else "rest" if q else "settled"
    rows, next_url = paged(queries.board(viewer, community, part=rest, **asked), request)
    context = {
        **asked, "part": part, "open": is_open if is_first else (), "rows": rows, "next_url": next_url,
        "chips": [(with_(request, part=key), label, key == part) for key, label in PARTS.items()],
        "kinds": [("", _("All kinds")), *((each.key, str(each)) for each in KINDS.values())],
        "is_narrowed": bool(q or kind or part),
        "may_draft": rules.keeps_notices(viewer, Notice(community=community)),
    }  # fmt: skip
    return render(request, "notices/board.html", context)


@require_safe
def mine(request: Visit, slug: str) -> HttpResponse:
    """Show those who post notices what waits for them, and everyone their own objections."""
    community, viewer = community_of(request), someone(request)
    may_draft = rules.keeps_notices(viewer, Notice(community=community))
    context = {"parts": queries.work(viewer, community), "may_draft": may_draft}
    return render(request, "notices/mine.html", context)


@require_safe
def kinds(request: Visit, slug: str) -> HttpResponse:
    """Show by which rule each kind of notice is posted: days, who may object, and what a list may hold."""
    community_of(request)
    return render(request, "notices/kinds.html", {"kinds": list(KINDS.values())})


@require_safe
def feed(request: Visit, slug: str) -> HttpResponse:
    """Give the notices that were posted last as an Atom feed; lists of people never stand in it."""
    community = community_of(request)
    rows = queries.board(request.viewer, community).order_by("-posted_at", "-pk")[:IN_FEED]
    listed = list(rows)
    site = settings.SITE_URL.rstrip("/")
    latest = max((_changed(row) for row in listed), default=community.created_at)
    context = {
        "rows": [(row, f"{site}{row.get_absolute_url()}", _changed(row)) for row in listed], "site": site,
        "updated": latest, "self_url": f"{site}{reverse('notices:feed', args=[slug])}",
        "board_url": f"{site}{reverse('notices:board', args=[slug])}",
    }  # fmt: skip
    tag = sha256(repr([(row.pk, row.version) for row in listed]).encode()).hexdigest()[:16]
    return unless_known(request, f'"{tag}-{request.LANGUAGE_CODE}"', lambda: _atom(request, context))


def _changed(row: Notice) -> datetime:
    return row.settled_at or row.posted_at or row.created_at


def _atom(request: Visit, context: dict[str, object]) -> HttpResponse:
    kind = "application/atom+xml; charset=utf-8"
    return render(request, "notices/feed.xml", context, content_type=kind)

"""The board of proposals for everyone, and what waits for whoever looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe

from mulin.bodies.figures import MATTERS, matter_choices
from mulin.bodies.queries import place_choices
from mulin.web.http import Visit, community_of, someone
from mulin.web.paging import paged, with_

from .. import queries, rules
from ..models import Proposal

TABS = {
    "": _l("Under way"), "decided": _l("Decided"), "carried_out": _l("Carried out"), "ended": _l("Withdrawn or merged")
}  # fmt: skip


def _asked(request: Visit) -> dict[str, str]:
    asked = request.GET
    tab, matter = asked.get("tab", ""), asked.get("matter", "")
    return {
        "q": asked.get("q", "").strip()[:60], "tab": tab if tab in TABS else "",
        "matter": matter if matter in MATTERS else "", "place": asked.get("place", "")[:60],
    }  # fmt: skip


def _with_steps(community: Any, viewer: Any, rows: list[Any]) -> list[Any]:
    steps = queries.open_steps(community, rows)
    for row in rows:
        row.now = steps.get(row.pk)
        row.by = row.brought_by(viewer)
    return rows


@require_safe
def board(request: Visit, slug: str) -> HttpResponse:
    """Show everyone what was proposed, how far it is, and what came of it."""
    community, viewer, asked = community_of(request), request.viewer, _asked(request)
    rows, next_url = paged(queries.found(viewer, community, **asked), request)
    draft = Proposal(community=community)
    context = {
        **asked, "rows": _with_steps(community, viewer, rows), "next_url": next_url,
        "chips": [(with_(request, tab=key), label, key == asked["tab"]) for key, label in TABS.items()],
        "matters": [("", _("All matters")), *matter_choices()], "places": _places(community.pk),
        "is_narrowed": bool(asked["q"] or asked["matter"] or asked["place"]),
        "may_pitch": rules.takes_part(viewer, draft), "sets_up": rules.sets_up(viewer, draft),
        "has_sittings": queries.sittings(community).exists(), "is_desk": rules.is_desk(viewer, draft),
    }  # fmt: skip
    return render(request, "proposals/board.html", context)


def _places(community_id: Any) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = [("", _("All places"))]
    for _key, label in place_choices(community_id):
        flat += label if isinstance(label, list) else []
    return flat


@require_safe
def mine(request: Visit, slug: str) -> HttpResponse:
    """Show what waits for whoever looks, and what they brought or support."""
    community, viewer = community_of(request), someone(request)
    rows, next_url = paged(queries.mine(viewer, community), request)
    context = {
        "parts": queries.waiting(viewer, community), "rows": _with_steps(community, viewer, rows),
        "next_url": next_url, "may_pitch": rules.takes_part(viewer, Proposal(community=community)),
    }  # fmt: skip
    return render(request, "proposals/mine.html", context)

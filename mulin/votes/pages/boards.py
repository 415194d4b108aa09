"""Many votes on a page: where one can vote first, then open, coming and past ones; and the page to prepare one."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from mulin.web.http import Visit, community_of
from mulin.web.nouns import create
from mulin.web.paging import paged, with_

from .. import queries, rules
from ..figures import ELECTORATES
from ..models import Vote

TABS = {
    "": _l("All"), "open": _l("Voting is on"), "coming": _l("Coming"), "past": pgettext_lazy("votes", "Past"),
}  # fmt: skip


@require_safe
def board(request: Visit, slug: str) -> HttpResponse:
    """Show everyone which votes there are; those in which the viewer can vote stand first."""
    community, viewer = community_of(request), request.viewer
    asked = {"q": request.GET.get("q", "").strip()[:60], "when": request.GET.get("when", "")}
    asked["kind"] = request.GET.get("kind", "")
    rows, next_url = paged(queries.found(viewer, community, **asked), request)
    is_narrowed = any(asked.values())
    prepares = rules.prepares(viewer, Vote(community=community))
    is_first = not is_narrowed and "after" not in request.GET
    context = {
        **asked,
        "rows": rows,
        "next_url": next_url,
        "chips": [(with_(request, when=key), label, key == asked["when"]) for key, label in TABS.items()],
        "kinds": [("", _("Whoever is asked")), *ELECTORATES.items()],
        "is_narrowed": is_narrowed,
        "mine": queries.to_cast(viewer, community) if is_first else [],
        "waiting": queries.waiting(viewer, community) if prepares and is_first else [],
        "may_prepare": prepares,
    }
    return render(request, "votes/board.html", context)


def new(request: Visit, slug: str) -> HttpResponse:
    """Prepare a vote."""
    draft = Vote(community=community_of(request))
    if not rules.prepares(request.viewer, draft):
        raise Http404
    return create(
        request, draft, "prepare", back_url=reverse("votes:board", args=[slug]),
        intro=_("Nobody is asked before you announce it. Then rules and roll stand, and all days count."),
        done=_("Prepared. Look at it once more, then announce it."),
    )  # fmt: skip

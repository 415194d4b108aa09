"""The front page, a community's home by role, notifications, and the log's page."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from mulin.cases import queries as case_queries
from mulin.cases.flow import State, awaits_reporter
from mulin.cases.models import Case
from mulin.entry.queries import demo_roles
from mulin.kernel.clock import now
from mulin.kernel.refs import Ref, cards
from mulin.web.http import Visit, community_of

from .. import actions, queries
from ..figures import WORK, sentence

LIST = 5


def front(request: Visit) -> HttpResponse:
    """Show which communities are here, or go to the only one."""
    found = queries.communities()
    if len(found) == 1:
        return redirect("community:home", slug=found[0].slug)
    return render(request, "web/front.html", {"communities": found, "demo_roles": demo_roles()})


def community_home(request: Visit, slug: str) -> HttpResponse:
    """Show each role what waits for it: the resident's home, the officer's day, the desk."""
    community, viewer = community_of(request), request.viewer
    if viewer.capabilities & WORK:
        return redirect("cases:queue", slug=slug)
    own = queries.own_cases(community, viewer)
    waiting = [case for case in own if case.state == State.SOLVED or awaits_reporter(case)]
    context = {
        "is_demo": bool(demo_roles()),
        "week": case_queries.figures_of_week(community.pk, now() - timedelta(days=7)),
        "waiting": waiting,
        "mine": [case for case in own if case not in waiting][:LIST],
        "own_count": len(own),
        "reachable": queries.reachable(community, viewer),
        "near": Case.objects.visible_to(viewer).filter(community=community, is_public=True).newest(LIST),
    }
    return render(request, "home/resident.html", context)


def notifications(request: Visit, slug: str) -> HttpResponse:
    """List what happened that concerns the viewer; a POST notes that all of it was read."""
    community, viewer = community_of(request), request.viewer
    if not viewer.is_someone:
        return redirect("entry:sign_in")
    if request.method == "POST":
        actions.read_all(viewer)
        return redirect("community:notifications", slug=slug)
    rows = list(queries.notifications(viewer)[:100])
    refs = {row.pk: Ref(row.community_id, row.kind, row.noun_id) for row in rows}
    titles = cards(set(refs.values()), viewer)
    shown = [
        {"row": row, "card": titles[refs[row.pk]], "what": sentence(row.verb)} for row in rows if refs[row.pk] in titles
    ]
    return render(request, "home/notifications.html", {"rows": shown, "community": community})


def log(request: Visit, slug: str) -> HttpResponse:
    """Show where the log stands, and how anyone can check it."""
    community = community_of(request)
    return render(request, "home/log.html", {**queries.where_the_log_stands(community.pk), "site": settings.SITE_URL})

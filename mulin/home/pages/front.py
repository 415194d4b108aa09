"""The front page, a community's home by role, and the log's page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from mulin.cases import queries as case_queries
from mulin.cases.flow import State, awaits_reporter
from mulin.cases.models import Case
from mulin.cases.pages import telling
from mulin.entry.queries import demo_roles
from mulin.kernel.clock import now
from mulin.kernel.viewer import NOBODY
from mulin.participation import queries as participation
from mulin.territory import queries as places
from mulin.territory.queries import Places
from mulin.web.http import Visit, community_of

from .. import queries
from ..figures import WORK

LIST, TEASER = 5, 2


def front(request: Visit) -> HttpResponse:
    """Show which communities are here, or go to the only one."""
    here = queries.communities()
    if len(here) == 1:
        return redirect("community:home", slug=here[0].slug)
    context = {
        "communities": here,
        "demo_roles": demo_roles(),
        "oversees": bool(queries.overseen(request.viewer.account_id)),
    }
    return render(request, "web/front.html", context)


def community_home(request: Visit, slug: str) -> HttpResponse:
    """Show each role what waits for it: the resident's home, the officer's day, the desk, the view from above."""
    community, viewer = community_of(request), request.viewer
    if viewer.can("cases.oversee") and not viewer.terms:
        return redirect("community:overview", slug=slug)
    if viewer.capabilities & WORK:
        return redirect("cases:queue", slug=slug)
    own, known = queries.own_cases(community, viewer), places.places(community)
    waiting = [case for case in own if case.state == State.SOLVED or awaits_reporter(case)]
    home = queries.home_of(community, viewer)
    context = {
        "is_demo": bool(demo_roles()),
        "week": case_queries.figures_of_week(community.pk, now() - timedelta(days=7)),
        "waiting": waiting,
        "mine": [{"case": case, "slips": _strokes(case)} for case in own if case not in waiting][:LIST],
        "own_count": len(own),
        "home": home.entrance if home else None,
        "reachable": [_reached(slug, term, known) for term in queries.reachable(community, home)],
        "seeking": participation.found(viewer, community).filter(state="offered").select_related("community")[:TEASER],
        "near": _near(request, known),
    }
    return render(request, "home/resident.html", context)


def _near(request: Visit, known: Places) -> list[dict[str, Any]]:
    """List the newest public cases as everyone may read them."""
    community = community_of(request)
    cases = Case.objects.visible_to(request.viewer).filter(community=community, is_public=True)
    return [
        {"case": case, "place": telling.where(case), "label": telling.label(case, False), "tone": telling.tone(case)}
        for case in case_queries.rows(case_queries.newest(cases)[:LIST], NOBODY, community, known)
    ]


def _strokes(case: Case) -> list[dict[str, Any]]:
    shown = zip(telling.SLIPS, telling.progress(case), strict=True)
    return [{"label": label, "state": state} for label, state in shown]


def _reached(slug: str, term: Any, known: Places) -> dict[str, Any]:
    post, place = term.post, known.by_id.get(term.post.place_id)
    url = reverse("community:place", args=[slug, post.place_kind, post.place_id]) if place else ""
    return {"name": term.person.name, "post": post, "place": str(place or ""), "url": url}


def log(request: Visit, slug: str) -> HttpResponse:
    """Show where the log stands, and how anyone can check it."""
    community = community_of(request)
    return render(request, "home/log.html", {**queries.where_the_log_stands(community.pk), "site": settings.SITE_URL})

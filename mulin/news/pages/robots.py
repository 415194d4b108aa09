"""Group robots on pages: the list, a new one, and one with what its group was told."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from mulin.web.http import Visit, community_of
from mulin.web.nouns import create, move_paths

from .. import queries
from ..figures import SERVICES, events
from ..flow import State
from ..models import Robot, RobotQuerySet
from ..rules import keeps


def visible(request: Visit) -> RobotQuerySet:
    """Keep the robots of this community that the viewer may see."""
    robots: RobotQuerySet = Robot.objects.visible_to(request.viewer).for_list()
    return robots.filter(community=community_of(request))


def robots(request: Visit, slug: str) -> HttpResponse:
    """List the robots that are kept, and at the end those of before."""
    community = community_of(request)
    if not keeps(request.viewer, Robot(community=community)):
        raise Http404
    ended = request.GET.get("show") == "ended"
    rows = visible(request).filter(state=State.ENDED) if ended else visible(request).exclude(state=State.ENDED)
    found = [
        {"robot": row, "service": SERVICES[row.service].label} for row in rows.order_by("-created_at", "-pk")[:100]
    ]
    return render(request, "news/robots.html", {"robots": found, "ended": ended})


def add(request: Visit, slug: str) -> HttpResponse:
    """Show the form of a new robot, and add it."""
    draft = Robot(community=community_of(request))
    return create(request, draft, "add", back_url=reverse("news:robots", args=[slug]))


def robot(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one robot, what it hears and what its group was told."""
    found = get_object_or_404(visible(request), pk=id)
    words = events()
    context = {
        "robot": found, "service": SERVICES[found.service].label, "messages_told": queries.messages_of(found),
        "events": [words.get(event, event) for event in found.events],
    }  # fmt: skip
    return render(request, "news/robot.html", context)


paths = move_paths("group-robots/", "robot", visible)

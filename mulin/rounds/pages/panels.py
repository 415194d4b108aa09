"""What rounds put on other pages: in the day of who walks, at a plate's code, and on a place's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from mulin.web.beside import Panel

from .. import queries
from .walking import MOST_CODE


def in_the_day(request: HttpRequest, community: Any) -> Panel | None:
    """Tell who walks that a round is due today."""
    viewer: Any = getattr(request, "viewer", None)
    rows = queries.waits_for(community, viewer)
    return Panel("rounds/waits.html", {"rounds": rows}, 15) if rows else None


def at_plate(request: HttpRequest, noun: Any) -> Panel | None:
    """Lead from the code at a place to the stop of the round that somebody is walking."""
    viewer, community = getattr(request, "viewer", None), getattr(request, "community", None)
    code = (request.GET.get("e") or request.GET.get("s") or "")[:MOST_CODE]
    found = queries.here(community, viewer, code) if code and community is not None else None
    return Panel("rounds/here.html", {"round": found[0], "look": found[1]}, 4) if found else None


def at_place(request: HttpRequest, here: Any) -> Panel | None:
    """Tell on a place's page when it was last seen, when the next round comes, and how it is maintained."""
    if here.kind == "grid":
        return None
    facts = queries.place_facts(here.place)
    upkeep = queries.of_spot(here.place) if here.kind == "spot" else []
    return Panel("rounds/at_place.html", {**facts, "upkeep": upkeep}, 30) if upkeep or any(facts.values()) else None

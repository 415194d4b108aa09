"""What rounds put on other pages: in the day of who walks, at a plate's code, and on a place's page."""

from __future__ import annotations

from typing import Any

from mulin.territory.pages.plates import code_of
from mulin.web.beside import Panel
from mulin.web.http import Visit

from .. import queries


def in_the_day(request: Visit, community: Any) -> Panel | None:
    """Tell who walks that a round is due today."""
    rows = queries.waits_for(community, request.viewer)
    return Panel("rounds/waits.html", {"rounds": rows}, 15) if rows else None


def at_plate(request: Visit, noun: Any) -> Panel | None:
    """Lead from the code at a place to the stop of the round that somebody is walking."""
    code = code_of(request)
    found = queries.here(request.community, request.viewer, code) if code else None
    return Panel("rounds/here.html", {"round": found[0], "look": found[1]}, 4) if found else None


def at_place(request: Visit, here: Any) -> Panel | None:
    """Tell on a place's page when it was last seen, when the next round comes, and how it is maintained."""
    if here.kind == "grid":
        return None
    facts = queries.place_facts(here.place)
    upkeep = queries.of_spot(here.place) if here.kind == "spot" else []
    return Panel("rounds/at_place.html", {**facts, "upkeep": upkeep}, 30) if upkeep or any(facts.values()) else None

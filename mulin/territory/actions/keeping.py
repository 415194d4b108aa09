"""Keeping what was drawn: names of grids, grids that are no longer needed, and a community's own settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from mulin.journal.log import Entry
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import writing
from mulin.kernel.refusals import Refused

from ..models import Community, Grid, GridCell
from ..queries import STAMP, forget_communities, hanging_on
from .checks import must_draw, written

Hours = Sequence[Sequence[str]]


def rename_grid(grid: Grid, name: str, *, by: Any = SYSTEM) -> Grid:
    """Give a grid another name."""
    must_draw(by, grid.community_id)
    name = name.strip()
    if not name or len(name) > 40:
        raise Refused("name", _("Give the grid a name of up to 40 signs."), 422)
    with writing(grid.community_id) as turn:
        grid.name = name
        grid.save(update_fields=["name"])
        written(turn, grid, by, "rename")
    return grid


def remove_grid(grid: Grid, *, by: Any = SYSTEM) -> None:
    """Take away a grid that nothing belongs to."""
    must_draw(by, grid.community_id)
    with writing(grid.community_id) as turn:
        if held := hanging_on(grid):
            words = _("This grid is still in use: %(what)s. Draw it anew, or move these to another grid first.")
            raise Refused("in_use", words % {"what": ", ".join(held)})
        written(turn, grid, by, "remove")
        GridCell.objects.filter(community_id=grid.community_id, grid=grid).delete()
        Grid.objects.filter(community_id=grid.community_id, pk=grid.pk).delete()


def settle(
    community: Community, *, by: Any = SYSTEM, name: str, name_en: str = "", hours: Hours = (), holidays: str = "cn",
    anonymous_allowed: bool = True,
) -> Community:  # fmt: skip
    """Change a community's names, office hours, holidays, and whether one may report without a name."""
    must_draw(by, community.pk)
    if not name.strip():
        raise Refused("name", _("Give the community a name."), 422)
    asked = {
        "name": name.strip(), "name_en": name_en.strip(), "hours": _spans(hours),
        "holidays": "cn" if holidays == "cn" else "", "anonymous_allowed": anonymous_allowed,
    }  # fmt: skip
    with writing(community.pk) as turn:
        kept = Community.objects.get(pk=community.pk)
        changed = {field: value for field, value in asked.items() if getattr(kept, field) != value}
        if not changed:
            return kept
        for field, value in changed.items():
            setattr(kept, field, value)
        kept.save(update_fields=list(changed))
        turn.count(community.pk, STAMP)
        entry = Entry("territory.community", community.pk, "settle", by.actor, now(), details={"changed": changed})
        turn.note(community.pk, entry)
    forget_communities()
    return kept


def _spans(hours: Hours) -> list[list[str]]:
    """Check office hours: spans in order, each with an end after its start."""
    spans = [[time.fromisoformat(at).isoformat("minutes") for at in span] for span in hours]
    ends = [at for span in spans for at in span]
    if ends != sorted(ends) or len(set(ends)) != len(ends):
        words = _("Give the office hours in order, each ending after it starts: 08:30 to 12:00, then 14:00 to 17:30.")
        raise Refused("hours", words, 422)
    return spans

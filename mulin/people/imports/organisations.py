"""The table of organisations: parents before their parts, whether they are here or stand in the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.kernel.engine import adopt, save_adopted, writing
from mulin.tables import Importer, Plan, Row, Table
from mulin.territory.models import Community

from ..figures import DEEPEST
from ..flow import OrganisationState
from ..models import OVER, Organisation
from .layouts import ORGANISATIONS


class Organisations(Importer):
    """Organisations that there are already, found by their name."""

    key, label, layout, capability = "organisations", _l("Organisations"), ORGANISATIONS, "people.keep"

    def check(self, community: Community, table: Table, *, by: Any) -> Plan:
        """Find parents, and which organisations are here already."""
        here, good = _here(community), {row.values["name"]: row for row in table.good}
        levels: list[tuple[int, Row]] = []
        for name, row in good.items():
            if name not in here and (level := self._level(table, row, good, here)) is not None:
                levels.append((level, row))
        # What stands below a row that stays outside has nothing to belong to.
        for level, row in sorted(levels, key=lambda one: one[0]):
            above = good.get(row.values["parent"])
            if level and above is not None and above.number in table.report.stopped:
                table.stop(row, "parent", _("Row %(row)s has to come in first.") % {"row": above.number})
        kept = [(level, row) for level, row in levels if row.number not in table.report.stopped]
        rows = [row for _level, row in sorted(kept, key=lambda one: (one[0], one[1].number))]
        return Plan(rows=rows, counts={"new": len(rows), "known": sum(name in here for name in good)})

    def _level(self, table: Table, row: Row, good: dict[str, Row], here: dict[str, Organisation]) -> int | None:
        """Count how many rows of the table stand above one; None where its parents end nowhere."""
        at, level = row, 0
        while (parent := at.values["parent"]) and parent not in here:
            if parent not in good:
                words = _("There is no such organisation: %(name)s. Add a row for it, or write its name as here.")
                table.stop(row, "parent", words % {"name": parent})
                return None
            at, level = good[parent], level + 1
            if level > DEEPEST:
                table.stop(row, "parent", _("This row stands below itself, or more than 12 levels deep."))
                return None
        return level

    def write(self, community: Community, plan: Plan, *, by: Any, advance: Callable[[int], Any] = int) -> int:
        """Write what is new, parents first; it can be stopped and repeated."""
        made = 0
        for batch in plan.batches():
            with writing(community.pk) as turn:
                here, new = _here(community), []
                for row in batch:
                    said = row.values
                    if said["name"] in here:
                        continue
                    organisation = Organisation(
                        community=community, kind=said["kind"], name=said["name"], about=said["about"],
                        parent=here.get(said["parent"]), registration_number=said["number"],
                        state=OrganisationState.REGISTERED,
                    )  # fmt: skip
                    here[organisation.name] = organisation
                    new.append((row.number, organisation))
                for number, organisation in new:
                    adopt(turn, organisation, by=by, details={"row": number})
                if new:
                    save_adopted([organisation for _number, organisation in new])
            made += len(new)
            advance(len(batch))
        return made


def _here(community: Community) -> dict[str, Organisation]:
    rows = Organisation.objects.filter(community=community).exclude(state__in=OVER)
    found: dict[str, Organisation] = {}
    for row in rows:
        row.community = community
        found[row.name] = row
    return found

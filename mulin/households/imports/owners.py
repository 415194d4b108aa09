"""The table of owners: shares are added up door by door, and no door comes to more than the whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.kernel.engine import adopt, change, save_adopted, writing
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in
from mulin.people.models import Organisation, Person
from mulin.tables import Importer, Plan, Row, Table
from mulin.territory.models import Community, Dwelling

from ..figures import Share, free, is_more, share_text
from ..flow import OWNED, Own
from ..models import Ownership
from ..rules import KEEP
from .finding import Doors, Persons, Someone
from .layouts import OWNERSHIPS

Taken = tuple[Share, date | None]  # and the first day without it


@dataclass(slots=True)
class Part:
    """One row: whose share of which dwelling."""

    row: Row
    dwelling: Dwelling
    owner: Someone | Organisation
    starts_on: date

    @property
    def key(self) -> tuple[UUID, UUID]:
        return self.dwelling.pk, (self.owner.person if isinstance(self.owner, Someone) else self.owner).pk


class Ownerships(Importer):
    """Owners with their shares; persons who are not here yet are entered, too, as owners and not as residents."""

    key, label, layout, capability = "ownerships", _l("Owners"), OWNERSHIPS, KEEP

    def check(self, community: Community, table: Table, *, by: Any) -> Plan:
        """Find doors and owners, and say which rows are more than a dwelling has."""
        doors, persons, today = Doors(community), Persons(community, "owner"), today_in(community)
        registered = Organisation.objects.filter(community=community, state="registered")
        bodies = {one.name: one for one in registered}
        here = _owned(community)
        shares = _taken(community)
        names = {(door, name): owner for (door, owner), (name, _share) in here.items()}
        plan = Plan(counts={"new": 0, "known": 0, "persons": 0})
        seen: dict[tuple[UUID, UUID], int] = {}
        for row in table.good:
            dwelling = doors.find(table, row)
            owner = self._owner(table, row, persons, bodies, names, dwelling) if dwelling else None
            if dwelling is None or owner is None:
                continue
            part = Part(row, dwelling, owner, row.values["starts_on"] or today)
            if part.key in here:
                plan.counts["known"] += 1
            elif part.key in seen:
                words = _("Row %(first)s gives this owner a share of this door already. Put both into one row.")
                table.stop(row, "owner", words % {"first": seen[part.key]})
            elif self._fits(table, part, shares.setdefault(dwelling.pk, [])):
                seen[part.key] = row.number
                plan.rows.append(part)
        new = {id(part.owner) for part in plan.rows if isinstance(part.owner, Someone) and part.owner.is_new}
        plan.counts |= {"new": len(plan.rows), "persons": len(new)}
        return plan

    def _owner(
        self, table: Table, row: Row, persons: Persons, bodies: dict[str, Organisation],
        names: dict[tuple[UUID, str], UUID], dwelling: Dwelling,
    ) -> Someone | Organisation | None:  # fmt: skip
        said = row.values
        if bool(said["owner"]) == bool(said["organisation"]):
            table.stop(row, "owner", _("Give one owner: a person's name, or an organisation."))
            return None
        if said["organisation"]:
            if said["organisation"] not in bodies:
                words = _("No organisation of this name is registered here: %(name)s. Enter it first.")
                table.stop(row, "organisation", words % {"name": said["organisation"]})
            return bodies.get(said["organisation"])
        if not said["phone"] and (known := names.get((dwelling.pk, said["owner"]))):
            return persons.known(known, said["owner"])
        return persons.find(said["owner"], said["phone"])

    def _fits(self, table: Table, part: Part, shares: list[Taken]) -> bool:
        left = _left(part, shares)
        share: Share = part.row.values["share"]
        if is_more(share, left):
            text = share_text(left) if left[0] > 0 else _("nothing")
            words = _("That is more than is free of this dwelling. Free is: %(share)s.")
            table.stop(part.row, "share", words % {"share": text})
            return False
        shares.append((share, None))
        area = part.row.values["area"]
        if area and part.dwelling.area and area != part.dwelling.area:
            table.note(part.row, "area", _("The area differs from the one that is noted here, which stays as it is."))
        return True

    def write(self, community: Community, plan: Plan, *, by: Any, advance: Callable[[int], Any] = int) -> int:
        """Write what is new; each transaction is complete and may be repeated."""
        made = 0
        for batch in plan.batches():
            with writing(community.pk) as turn:
                here = _owned(community, [part.dwelling.pk for part in batch])
                new = [part for part in batch if part.key not in here]
                _still_fit(new, _taken(community, [part.dwelling.pk for part in new]))
                people = [part.owner.person.pk for part in new if isinstance(part.owner, Someone)]
                known = set(Person.objects.filter(community=community, pk__in=people).values_list("pk", flat=True))
                persons, rows = [], []
                for part in new:
                    details = {"row": part.row.number}
                    if isinstance(part.owner, Someone) and part.owner.person.pk not in known:
                        known.add(part.owner.person.pk)
                        adopt(turn, part.owner.person, by=by, details=details)
                        persons.append(part.owner.person)
                    rows.append(_ownership(community, part))
                    adopt(turn, rows[-1], by=by, details=details)
                if persons:
                    save_adopted(persons)
                if rows:
                    save_adopted(rows)
                _measure(new, by)
            made += len(rows)
            advance(len(batch))
        return made


def _left(part: Part, shares: list[Taken]) -> Share:
    """Say what is free from this row's first day on, as the form does: who owns it on any later day counts."""
    return free(share for share, ends_on in shares if ends_on is None or ends_on > part.starts_on)


def _still_fit(parts: list[Part], shares: dict[UUID, list[Taken]]) -> None:
    """Refuse shares that somebody else gave out since the table was checked."""
    for part in parts:
        taken = shares.setdefault(part.dwelling.pk, [])
        if is_more(part.row.values["share"], _left(part, taken)):
            words = _("Row %(row)s does not fit any more: somebody noted owners of this door meanwhile. Check it anew.")
            raise Refused("changed", words % {"row": part.row.number})
        taken.append((part.row.values["share"], None))


def _ownership(community: Community, part: Part) -> Ownership:
    said, owner = part.row.values, part.owner
    return Ownership(
        community=community, dwelling=part.dwelling, person=owner.person if isinstance(owner, Someone) else None,
        organisation=owner if isinstance(owner, Organisation) else None, numerator=said["share"][0],
        denominator=said["share"][1],
        starts_on=part.starts_on, delivered_on=part.starts_on if said["is_delivered"] else None,
        state=Own.DELIVERED if said["is_delivered"] else Own.REGISTERED,
    )  # fmt: skip


def _measure(parts: list[Part], by: Any) -> None:
    """Note the areas of dwellings that had none."""
    areas = {part.dwelling.pk: part for part in parts if part.row.values["area"] and not part.dwelling.area}
    for part in areas.values():
        part.dwelling.area = part.row.values["area"]
        change(part.dwelling, by=by, kind="territory.dwelling", verb="correct", details={"row": part.row.number})
    Dwelling.objects.bulk_update([part.dwelling for part in areas.values()], ["area"], batch_size=200)


def _owned(community: Community, dwellings: Any = None) -> dict[tuple[UUID, UUID], tuple[str, Share]]:
    rows = Ownership.objects.filter(community=community, state__in=OWNED)
    rows = rows if dwellings is None else rows.filter(dwelling__in=dwellings)
    said = rows.values_list("dwelling", "person", "organisation", "person__name", "numerator", "denominator")
    return {
        (dwelling, person or body): (name or "", (part, whole)) for dwelling, person, body, name, part, whole in said
    }


def _taken(community: Community, dwellings: Any = None) -> dict[UUID, list[Taken]]:
    rows = Ownership.objects.filter(community=community)
    rows = rows if dwellings is None else rows.filter(dwelling__in=dwellings)
    shares: dict[UUID, list[Taken]] = {}
    for dwelling, part, whole, ends_on in rows.values_list("dwelling", "numerator", "denominator", "ends_on"):
        shares.setdefault(dwelling, []).append(((part, whole), ends_on))
    return shares

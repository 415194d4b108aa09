"""The table of memberships: who belongs to which organisation since when, as the organisation's own list says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.kernel.engine import adopt, save_adopted, writing
from mulin.people.figures import today_in
from mulin.people.flow import OrganisationState, PersonState
from mulin.people.models import Organisation, Person
from mulin.secrecy.fields import hash_of
from mulin.tables import Column, Importer, Layout, Plan, Row, Table, day, phone, text_of
from mulin.territory.models import Community

from ..figures import SENSITIVE_KINDS
from ..flow import OPEN_AFFILIATIONS, AffiliationState
from ..models import Affiliation

FIRST_DAY = date(1900, 1, 1)
AFFILIATIONS = Layout(_l("Memberships of organisations"), "成员", (
    Column("organisation", ("组织", "组织名称", "Organisation"), text_of(80), required=True, example="银龄志愿队",
           help=_l("The name of an organisation that is registered here.")),
    Column("name", ("姓名", "Name"), text_of(60), required=True, example="王小明",
           help=_l("Someone in the register.")),
    Column("phone", ("手机号", "电话", "联系电话", "Phone"), phone, example="13900000000", empty="",
           help=_l("Needed where several people have this name.")),
    Column("since", ("加入日期", "加入时间", "Since"), day, example="2024-03-01", help=_l("Empty is today.")),
), key=("organisation", "name", "phone"))  # fmt: skip


@dataclass(slots=True)
class Member:
    """One row: who belongs where since when."""

    number: int
    person: UUID
    organisation: Organisation
    since: date

    @property
    def key(self) -> tuple[UUID, UUID]:
        return (self.person, self.organisation.pk)


class Affiliations(Importer):
    """Memberships; whoever brings them in answers for it that these people know. No branch of the Party is here."""

    key, label, layout, capability = "affiliations", _l("Memberships of organisations"), AFFILIATIONS, "people.keep"

    def check(self, community: Community, table: Table, *, by: Any) -> Plan:
        """Find organisations and persons, and say which rows name what is not here."""
        finder, today, plan = _Finder(community), today_in(community), Plan(counts={"new": 0, "known": 0})
        known, seen = _here(community), dict[tuple[UUID, UUID], int]()
        for row in table.good:
            organisation, person = finder.organisation(table, row), finder.person(table, row)
            since = row.values["since"] or today
            if not FIRST_DAY <= since <= today:
                table.stop(row, "since", _("This day cannot be right: give the day since when, today or earlier."))
            if organisation is None or person is None or row.number in table.report.stopped:
                continue
            member = Member(row.number, person, organisation, since)
            if (first := seen.setdefault(member.key, row.number)) != row.number:
                table.stop(row, "name", _("Row %(first)s says the same person. Take one out.") % {"first": first})
            elif member.key in known:
                plan.counts["known"] += 1
            else:
                plan.counts["new"] += 1
                plan.rows.append(member)
        return plan

    def write(self, community: Community, plan: Plan, *, by: Any, advance: Callable[[int], Any] = int) -> int:
        """Write what is new; it can be stopped and repeated."""
        made = 0
        for batch in plan.batches():
            with writing(community.pk) as turn:
                known, new = _here(community), []
                for member in batch:
                    if member.key in known:
                        continue
                    row = Affiliation(
                        community=community, person_id=member.person, organisation=member.organisation,
                        kind=member.organisation.kind, starts_on=member.since, state=AffiliationState.ACTIVE,
                    )  # fmt: skip
                    adopt(turn, row, by=by, details={"row": member.number})
                    new.append(row)
                if new:
                    save_adopted(new)
            made += len(new)
            advance(len(batch))
        return made


class _Finder:
    """Finds what rows name: organisations by name, persons by name and number."""

    def __init__(self, community: Community) -> None:
        self._organisations: dict[str, Organisation] = {}
        for row in Organisation.objects.living().filter(community=community):
            row.community = community
            self._organisations[row.name] = row
        self._people: dict[str, list[tuple[UUID, str]]] = {}
        rows = Person.objects.filter(community=community, state=PersonState.HERE).exclude(kind="guest")
        for key, name, hashed in rows.values_list("pk", "name", "phone_hash").iterator(5000):
            self._people.setdefault(name, []).append((key, hashed))

    def organisation(self, table: Table, row: Row) -> Organisation | None:
        """Find the organisation of a row; say so when it takes no members by a table."""
        name = row.values["organisation"]
        found = self._organisations.get(name)
        if found is None:
            words = _("There is no such organisation: %(name)s. Bring the organisations in first.")
        elif found.kind in SENSITIVE_KINDS:
            words = _("Who is in a branch of the Party is said by each person alone. Take the row out: %(name)s.")
        elif found.state != OrganisationState.REGISTERED:
            words = _("This organisation takes no members now: %(name)s.")
        else:
            return found
        table.stop(row, "organisation", words % {"name": name})
        return None

    def person(self, table: Table, row: Row) -> UUID | None:
        """Find the person of a row; say so when it may be several, or nobody."""
        name, number = row.values["name"], row.values["phone"]
        found = self._people.get(name, [])
        if number:
            hashed = hash_of("phone", number)
            found = [one for one in found if one[1] == hashed]
        if len(found) == 1:
            return found[0][0]
        words = (
            _("Several people have this name: %(name)s. Give the phone number.") if found
            else _("Nobody of this name and number is in the register: %(name)s. Bring the persons in first.")
        )  # fmt: skip
        table.stop(row, "name", words % {"name": name})
        return None


def _here(community: Community) -> set[tuple[UUID, UUID]]:
    rows = Affiliation.objects.filter(community=community, state__in=OPEN_AFFILIATIONS, organisation__isnull=False)
    return set(rows.exclude(kind__in=SENSITIVE_KINDS).values_list("person", "organisation"))

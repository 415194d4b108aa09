"""The table of households: one row for each person, checked household by household, then written in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin import sql
from mulin.journal.log import Entry
from mulin.kernel.clock import now
from mulin.kernel.clocks import wind
from mulin.kernel.engine import Turn, adopt, save_adopted, update_adopted, writing
from mulin.people.figures import today_in
from mulin.people.flow import PersonState
from mulin.people.models import Person
from mulin.tables import Importer, Plan, Row, Table, at_rest
from mulin.territory.models import Community, Dwelling

from ..figures import CONSENT_AGE, How, Relation, is_under
from ..flow import GUARDIAN, OPEN, Care, Home, Member
from ..models import Guardian, Household, Membership
from ..rules import KEEP
from .finding import Doors, Persons, Someone
from .layouts import HOUSEHOLDS

AT_ONCE = 1000


@dataclass(slots=True)
class Resident:
    """One row: somebody and how they belong to the household."""

    row: Row
    someone: Someone
    relation: str
    is_main: bool
    starts_on: date
    guardian: Someone | None = None
    is_young: bool = False


@dataclass(slots=True)
class Homely:
    """The rows of one household."""

    dwelling: Dwelling
    label: str
    residents: list[Resident] = field(default_factory=list)


class Households(Importer):
    """Households with their members; persons who are not here yet are entered, too."""

    key, label, layout, capability = "households", _l("Households"), HOUSEHOLDS, KEEP

    def check(self, community: Community, table: Table, *, by: Any) -> Plan:
        """Find doors and people, and say which rows name what is not here or may not be."""
        doors, persons, today = Doors(community), Persons(community, "resident"), today_in(community)
        here = _members(community)
        homes: dict[tuple[UUID, str], Homely] = {}
        for row in table.good:
            dwelling = doors.find(table, row)
            if dwelling is not None:
                at = (dwelling.id, row.values["label"])
                home = homes.setdefault(at, Homely(dwelling, row.values["label"]))
                if resident := self._resident(table, row, persons, here.get(at, {}), today):
                    home.residents.append(resident)
        mains: dict[Any, tuple[int, Any]] = {}
        for home in homes.values():
            self._guard(table, home, here.get((home.dwelling.id, home.label), {}), persons)
            self._one_main(table, home, mains, here)
        for home in homes.values():
            home.residents = [one for one in home.residents if one.row.number not in table.report.stopped]
        kept = [home for home in homes.values() if home.residents]
        named = [(home, one) for home in kept for one in home.residents]
        known = sum(
            one.someone.person.id in here.get((home.dwelling.id, home.label), {}).values() for home, one in named
        )
        counts = {"new": len(named) - known, "known": known, "households": len(kept)}
        counts["persons"] = len({one.someone.key for _home, one in named if one.someone.is_new})
        return Plan(rows=kept, counts=counts)

    def _resident(
        self, table: Table, row: Row, persons: Persons, here: dict[str, UUID], today: date
    ) -> Resident | None:
        said, born = row.values, row.values["born_on"]
        if born and not date(1900, 1, 1) <= born <= today:
            table.stop(row, "born_on", _("This date of birth cannot be right. Look at it again."))
            return None
        pk = here.get(said["name"]) if not said["phone"] else None
        # Without a number, the one of this name behind this door is meant.
        someone = persons.known(pk, said["name"]) if pk else persons.find(
            said["name"], said["phone"], born, again=said["is_second"]
        )  # fmt: skip
        since = min(said["starts_on"] or today, today + timedelta(days=366))
        young = is_under(someone.person.born_on or (born.isoformat() if born else ""), CONSENT_AGE, today)
        return Resident(row, someone, said["relation"], not said["is_second"], since, is_young=young)

    def _guard(self, table: Table, home: Homely, here: dict[str, UUID], persons: Persons) -> None:
        """Let a child under 14 in only with an adult of the household who agreed (design: no row without consent)."""
        adults = {one.someone.person.name: one for one in home.residents if not one.is_young}
        for one in home.residents:
            name = one.row.values["guardian"]
            if not one.is_young or one.someone.person.id in here.values():
                continue  # of age, or listed already with the consent of that time
            adult = adults.get(name)
            if not name:
                words = _("A child under 14 comes in only when a guardian agreed. Write the guardian's name here.")
                table.stop(one.row, "guardian", words)
            elif adult and adult.row.number not in table.report.stopped and adult.relation != Relation.CHILD:
                one.guardian = adult.someone
            elif pk := here.get(name):
                one.guardian = persons.known(pk, name)
            else:
                words = _("No adult of this household has this name: %(name)s. The guardian lives here, too.")
                table.stop(one.row, "guardian", words % {"name": name})

    def _one_main(self, table: Table, home: Homely, mains: dict[Any, tuple[int, Any]], here: Any) -> None:
        for one in home.residents:
            if not one.is_main:
                continue
            at = (home.dwelling.id, home.label)
            first = mains.setdefault(one.someone.key, (one.row.number, at))
            elsewhere = here.mains.get(one.someone.person.id)
            if first[0] != one.row.number:
                words = _("Row %(first)s names the same person's main home. Mark one of them as a second home.")
                table.stop(one.row, "is_second", words % {"first": first[0]})
            elif elsewhere and elsewhere != at:
                words = _("Their main home here is another one. Note that they left it, or mark this as a second home.")
                table.stop(one.row, "is_second", words)

    def write(
        self, community: Community, plan: Plan, *, by: Any, advance: Callable[[int], Any] = int
    ) -> int:  # fmt: skip
        """Write what is new, whole households at a time; each transaction is complete and may be repeated."""
        made = 0
        for batch in _batches(plan.rows):
            with writing(community.pk) as turn:
                made += _Batch(community, turn, by, batch).write()
            advance(sum(len(home.residents) for home in batch))
        return made


def _batches(homes: list[Homely]) -> Iterator[list[Homely]]:
    batch: list[Homely] = []
    rows = 0
    with at_rest():
        for home in homes:
            if rows + len(home.residents) > AT_ONCE and batch:
                yield batch
                batch, rows = [], 0
            batch.append(home)
            rows += len(home.residents)
        if batch:
            yield batch


class _Here(dict[tuple[UUID, str], dict[str, UUID]]):
    """Who is in which household: {(dwelling, label): {name: person}}; and where each has the main home."""

    def __init__(self) -> None:
        super().__init__()
        self.mains: dict[UUID, tuple[UUID, str]] = {}


def _members(community: Community) -> _Here:
    here = _Here()
    rows = Membership.objects.filter(community=community, state__in=OPEN, household__state=Home.FORMED)
    said = rows.values_list(
        "household__dwelling", "household__label", "person__name", "person", "is_main", "state"
    )  # fmt: skip
    for dwelling, label, name, person, is_main, state in said.iterator(5000):
        here.setdefault((dwelling, label), {})[name] = person
        if is_main and state == Member.MEMBER:
            here.mains[person] = (dwelling, label)
    return here


class _Batch:
    """One transaction of an import: what is here already is looked up again under the lock."""

    def __init__(self, community: Community, turn: Turn, by: Any, homes: list[Homely]) -> None:
        self.community, self.turn, self.by, self.homes = community, turn, by, homes
        self.at = now()
        people = {one.someone.person.id for home in homes for one in home.residents}
        doors = {home.dwelling.id for home in homes}
        rows = self._read(Household, "id, dwelling_id, label, state", "dwelling_id", doors)
        self.formed = {(sql.key(door), label): sql.key(key) for key, door, label, state in rows if state == Home.FORMED}
        rows = self._read(Membership, "household_id, person_id, is_main, state", "person_id", people)
        found = [(sql.key(home), sql.key(person), *said) for home, person, *said in rows if said[-1] in OPEN]
        self.members = {(household, person) for household, person, _main, _state in found}
        self.mains = {person for _home, person, main, state in found if main and state == Member.MEMBER}
        children = {one.someone.person.id for home in homes for one in home.residents if one.guardian}
        held = self._read(Guardian, "child_id, guardian_id, state", "child_id", children)
        self.held = {(sql.key(child), sql.key(guardian)) for child, guardian, state in held if state == Care.HELD}
        self.here = {sql.key(key) for (key,) in self._read(Person, "id", "id", people)}
        turn.sure.setdefault(community.pk, set()).update(self.here)
        self.moved: dict[UUID, list[Person]] = {}
        self.new: dict[type[Any], list[Any]] = {Person: [], Household: [], Membership: [], Guardian: []}

    def _read(self, model: type[Any], columns: str, by: str, ids: set[UUID]) -> list[tuple[Any, ...]]:
        return sql.among(model, columns, self.community.pk, by, ids)

    def write(self) -> int:
        """Write the batch; persons first, since the others point to them."""
        for home in self.homes:
            self._home(home)
        for rows in self.new.values():
            if rows:
                save_adopted(rows)
        for entrance, persons in self.moved.items():
            update_adopted(Person.objects.filter(community=self.community, pk__in=[one.pk for one in persons]),
                           entrance=entrance)  # fmt: skip
        return len(self.new[Membership])

    def _home(self, home: Homely) -> None:
        household = self.formed.get((home.dwelling.id, home.label))
        if household is None:
            row = sql.fresh(
                Household, community_id=self.community.pk, dwelling_id=home.dwelling.id, label=home.label,
                state=Home.FORMED, starts_on=min(one.starts_on for one in home.residents),
            )  # fmt: skip
            self._adopt(row, home.residents[0])
            household = row.id
        for one in home.residents:
            self._person(one, home.dwelling)
        for one in home.residents:
            self._member(household, one)

    def _person(self, one: Resident, dwelling: Dwelling) -> None:
        someone, entrance = one.someone, dwelling.entrance_id if one.is_main else None
        person = someone.person
        if person.id not in self.here:
            person.entrance_id, someone.entrance = entrance or person.entrance_id, dwelling.entrance_id
            self.here.add(person.id)
            self._adopt(person, one)
            return
        if (born := one.row.values["born_on"]) and not person.born_on:
            person.born_on = born.isoformat()
            if not someone.is_new:
                rows = Person.objects.filter(community=self.community, pk=person.pk, born_on="")
                update_adopted(rows, born_on=person.born_on)
                self._line(person, "correct", person.state)
        if entrance and someone.entrance != entrance and person.state == PersonState.HERE:
            someone.entrance = entrance
            self.moved.setdefault(entrance, []).append(person)
            self._line(person, "move_home", person.state)

    def _member(self, household: UUID, one: Resident) -> None:
        person = one.someone.person
        if (household, person.id) in self.members:
            return
        if one.guardian:
            self._guardian(person, one.guardian.person, one)
        is_main = one.is_main and person.id not in self.mains
        self.members.add((household, person.id))
        self.mains |= {person.id} if is_main else set()
        membership = sql.fresh(
            Membership, community_id=self.community.pk, household_id=household, person_id=person.id,
            relation=one.relation, is_main=is_main, starts_on=one.starts_on, state=Member.MEMBER,
        )  # fmt: skip
        self._adopt(membership, one)

    def _guardian(self, child: Person, guardian: Person, one: Resident) -> None:
        if (child.id, guardian.id) in self.held:
            return
        row = sql.fresh(
            Guardian, community_id=self.community.pk, guardian_id=guardian.id, state=Care.HELD, consented_at=self.at,
            consent_how=How.PAPER, consent_words=_("As in the list that was brought in."),
        )  # fmt: skip
        row.community, row.child = self.community, child
        self.held.add((child.id, guardian.id))
        # It gives power, so its clock runs although it came in with a table (law 14).
        wind(row, GUARDIAN["consent"], self.by, self.at)
        self._adopt(row, one)

    def _adopt(self, noun: Any, one: Resident) -> None:
        adopt(self.turn, noun, by=self.by, details={"row": one.row.number})
        self.new[type(noun)].append(noun)

    def _line(self, person: Person, verb: str, state: str) -> None:
        entry = Entry("people.person", person.pk, verb, self.by.actor, self.at, before=state, after=state)
        self.turn.note(self.community.pk, entry)

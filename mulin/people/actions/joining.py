"""Two entries of one person become one. Each module says which of its rows name persons; all move in one turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext as _

from mulin.journal.log import Entry
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import moves, update_adopted, writing
from mulin.kernel.models import Noun, TenantModel
from mulin.kernel.refusals import Refused
from mulin.kernel.turn import current_turn

from ..figures import is_under_age, today_in
from ..flow import PERSON
from ..models import AccessLine, Organisation, Person, Term

GivesWay = Callable[[Any, str], Any]  # ends the row that gives way, in its module's own manner: (row, constraint)


@dataclass(frozen=True)
class Carried:
    """A field that names a person, and what happens where both entries have what only one may have."""

    model: type[TenantModel]
    field: str
    gives: bool = False  # whoever it names may do something by it: the preview shows it
    gives_way: GivesWay | None = None  # without one, somebody has to end one of the two first
    strong: str = ""  # the state that stays where only one of the two has it
    apart: str = ""  # the field that names somebody else, who cannot be the same

    def of(self, person: Person) -> Any:
        """List the rows that name someone."""
        return self.model._default_manager.filter(community=person.community_id, **{self.field: person})


CARRIED: dict[tuple[str, str], Carried] = {}
AFTERWARDS: list[Callable[[Person, Person], Any]] = []  # what else follows once all rows have moved: (gone, stays)


def carries(model: type[TenantModel], *fields: str, **said: Any) -> None:
    """Say that these fields of a model name persons, and so follow whoever is entered twice."""
    for field in fields:
        CARRIED[model._meta.label, field] = Carried(model, field, **said)


carries(Term, "person", gives=True)
carries(Organisation, "contact", gives=True)
carries(Organisation, "founder")
carries(AccessLine, "subject", gives_way=lambda line, name: None)  # the same look of the same hour is told once
carries(Person, "joined_into")


def in_the_way(gone: Person, stays: Person) -> list[str]:
    """Say what has to be settled before two entries can be joined, each in a sentence."""
    found = []
    born_on, day = stays.born_on or gone.born_on, today_in(stays.community)
    if (gone.account_id or stays.account_id) and is_under_age(born_on, day):
        found.append(_("Who is under 14 has no account here. Correct the day of birth first."))
    for each in CARRIED.values():
        words = _("Both entries have this, and only one can: %(what)s. End it in one of the two first.")
        if each.gives_way is None:
            found += [words % {"what": row} for row, _other, _name in _clashes(each, gone, stays)]
        words = _("One of the two stands for the other here: %(what)s. End that first, if they are one person.")
        found += [words % {"what": row} for row in _between(each, gone, stays) if _is_open(row)]
    return found


def join(gone: Person, stays: Person, *, reason: str = "") -> Person:
    """Let all that one entry has go over to another of the same person; what only one had is kept."""
    with writing(stays.community_id):
        gone, stays = (Person.objects.get(community=gone.community_id, pk=each.pk) for each in (gone, stays))
        had = {
            "account": gone.account, "phone": gone.phone, "born_on": gone.born_on, "entrance": gone.entrance,
            "kind": gone.kind,
        }  # fmt: skip
        gone = join_into(gone, by=SYSTEM, stays=stays, reason=reason)
        stays = take_in(stays, by=SYSTEM, gone=gone, **had)
        for follow in AFTERWARDS:
            follow(gone, stays)
        return Person.objects.get(community=stays.community_id, pk=stays.pk)


@moves(PERSON)
def join_into(person: Person, *, by: Any, stays: Person, reason: str = "") -> dict[str, str]:
    """Close an entry whose person has another one, and hand over all that names it; the entry stays for the log."""
    if words := in_the_way(person, stays):
        raise Refused("in_the_way", words[0])
    for each in CARRIED.values():
        _carry(each, person, stays, _make_room(each, person, stays))
    person.joined_into, person.account, person.left_on = stays, None, None
    return {"to": str(stays.pk), "reason": reason}


@moves(PERSON)
def take_in(
    person: Person, *, by: Any, gone: Person | None = None, account: Any = None, phone: str = "", born_on: str = "",
    entrance: Any = None, kind: str = "",
) -> dict[str, str]:  # fmt: skip
    """Take over from the entry that was closed what this one lacks."""
    person.account = person.account or account
    person.phone, person.born_on = person.phone or phone, person.born_on or born_on
    person.entrance = person.entrance or entrance
    if person.kind == "guest" or (person.kind == "owner" and kind != "guest"):
        person.kind = kind or person.kind
    return {"from": str(gone.pk)} if gone else {}


def _clashes(each: Carried, gone: Person, stays: Person, name: str = "") -> Iterator[tuple[Any, Any, str]]:
    """List what both have although only one can: (row of the one that goes, of the one that stays, which rule)."""
    for rule in each.model._meta.constraints:
        if not isinstance(rule, UniqueConstraint) or each.field not in rule.fields or name not in ("", rule.name):
            continue
        others = [each.model._meta.get_field(field) for field in rule.fields if field != each.field]
        keys = [str(getattr(field, "attname", "")) for field in others]
        known = {tuple(getattr(row, key) for key in keys): row for row in each.of(stays).filter(rule.condition or Q())}
        for row in each.of(gone).filter(rule.condition or Q()):
            if (other := known.get(tuple(getattr(row, key) for key in keys))) is not None:
                yield row, other, rule.name


def _make_room(each: Carried, gone: Person, stays: Person) -> set[UUID]:
    """Let one of two give way wherever only one can be; return what ended so: it stays where it was."""
    gave_way = set()
    for rule in each.model._meta.constraints:
        for row, other, name in list(_clashes(each, gone, stays, rule.name)):
            assert each.gives_way, "What is in the way was asked before."
            is_stronger = each.strong and row.state == each.strong != other.state
            each.gives_way(other if is_stronger else row, name)
            gave_way.add(row.pk)
    # A home that became the second one goes on: only what ended stays behind.
    return {row.pk for row in each.of(gone).filter(pk__in=gave_way) if isinstance(row, Noun) and not _is_open(row)}


def _carry(each: Carried, gone: Person, stays: Person, left: set[UUID]) -> None:
    left |= {row.pk for row, _other, _name in _clashes(each, gone, stays)}
    left |= {row.pk for row in _between(each, gone, stays)}
    rows = [row for row in each.of(gone) if row.pk not in left]
    moving = each.of(gone).filter(pk__in=[row.pk for row in rows])
    if not issubclass(each.model, Noun):
        moving.update(**{each.field: stays})
        return
    update_adopted(moving, **{each.field: stays})
    details = {"field": each.field, "from": str(gone.pk), "to": str(stays.pk)}
    for row in rows:
        line = Entry(row._meta.label_lower, row.pk, "carry", SYSTEM.actor, now(), row.state, row.state, details)
        current_turn().note(row.community_id, line)


def _between(each: Carried, gone: Person, stays: Person) -> list[Any]:
    """List the rows in which one stands for the other; those that ended stay as they are."""
    return list(each.of(gone).filter(**{each.apart: stays})) if each.apart else []


def _is_open(row: Noun) -> bool:
    return any(row.state in move.sources for move in row.flow)

"""Who may be entered twice, and what each of two entries has that gives rights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from mulin.households.flow import OPEN
from mulin.households.models import Membership
from mulin.kernel.models import Noun
from mulin.people.actions import CARRIED
from mulin.people.flow import PersonState
from mulin.people.models import Person
from mulin.territory.models import Community

from .flow import State
from .models import Joining

KNOWN = (PersonState.HERE, PersonState.LEFT)
WHYS = ("both", "door", "phone")  # the surest first: name and number, name and door, number alone
MOST = 2000  # entries that are compared at one go
Key = frozenset[UUID]


@dataclass(frozen=True)
class Pair:
    """Two entries that may be one person, the one that knows more first."""

    stays: Person
    gone: Person
    why: str

    @property
    def both(self) -> tuple[Person, Person]:
        return self.stays, self.gone


def likely(viewer: Any, community: Community, why: str = "") -> list[Pair]:
    """List who may be entered twice, the surest first; without those about whom something was said."""
    rows = Person.objects.visible_to(viewer).filter(community=community, state__in=KNOWN)
    groups = _by_phone(rows)
    found: dict[Key, Pair] = {}
    for group in [*groups, *_by_door(rows, community)]:
        by_door = group not in groups
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                same = one.name == other.name
                reason = "door" if by_door else "both" if same else "phone"
                stays, gone = sorted((one, other), key=_worth_keeping)
                found.setdefault(frozenset((one.pk, other.pk)), Pair(stays, gone, reason))
    for known in _said(community):
        found.pop(known, None)
    listed = [pair for pair in found.values() if why in ("", pair.why)]
    return sorted(listed, key=lambda pair: (WHYS.index(pair.why), pair.stays.name, str(pair.stays.pk)))


def _worth_keeping(person: Person) -> tuple[bool, bool, bool, Any]:
    # Who signs in goes on as before; a guest of some days gives way to the register; else the older entry stays.
    is_left = person.state == PersonState.LEFT
    return (is_left, person.account_id is None, person.kind == "guest", person.created_at)


def _by_phone(rows: Any) -> list[list[Person]]:
    hashes = rows.exclude(phone_hash="").values("phone_hash").annotate(n=Count("pk")).filter(n__gt=1)
    same = rows.filter(phone_hash__in=hashes.order_by("phone_hash").values("phone_hash"))
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in same.select_related("entrance__building", "community").order_by("created_at", "pk")[:MOST]:
        groups[person.phone_hash].append(person)
    return list(groups.values())


def _by_door(rows: Any, community: Community) -> list[list[Person]]:
    """Group those who have one name and live behind one door."""
    lives = Membership.objects.filter(community=community, state__in=OPEN, person__in=rows)
    named = lives.values("household__dwelling", "person__name").annotate(n=Count("person", distinct=True))
    doors = named.filter(n__gt=1).values_list("household__dwelling", "person__name")[:MOST]
    wanted = set(doors)
    lived = lives.filter(household__dwelling__in={door for door, _name in wanted})
    groups: dict[Any, dict[UUID, Person]] = defaultdict(dict)
    for row in lived.select_related("household", "person__entrance__building", "person__community").order_by("pk"):
        key = (row.household.dwelling_id, row.person.name)
        if key in wanted:
            groups[key][row.person_id] = row.person
    return [list(group.values()) for group in groups.values()]


def _said(community: Community) -> Iterable[Key]:
    said = Joining.objects.filter(community=community, state__in=(State.PROPOSED, State.APART))
    return [frozenset(pair) for pair in said.values_list("stays", "gone")]


def proposed(viewer: Any, community: Community) -> list[Joining]:
    """List what waits for a second person, the oldest first."""
    rows = Joining.objects.visible_to(viewer).filter(community=community, state=State.PROPOSED)
    return list(rows.for_list().order_by("created_at", "pk")[:100])


# ---- What an entry has ----


@dataclass(frozen=True)
class Power:
    """Something by which whoever has it may do more: a post, a home, a share, a ward."""

    what: str
    noun: Noun
    shown: bool  # whether this viewer may read which one


def powers(person: Person, viewer: Any) -> list[Power]:
    """List what an entry has that gives rights; what the viewer may not read is counted only as there."""
    found = []
    for each in CARRIED.values():
        if not (each.gives and issubclass(each.model, Noun)):
            continue
        model: Any = each.model
        seen = set(each.of(person).visible_to(viewer).values_list("pk", flat=True))
        for noun in each.of(person).for_list():
            if any(noun.state in move.sources for move in noun.flow):
                found.append(Power(str(model.flow.noun), noun, noun.pk in seen))
    return found


def stamp(gone: Person, stays: Person) -> str:
    """Name all rights of both in one word, so that whoever joins them joins what they saw."""
    said = []
    for each in CARRIED.values():
        if each.gives:
            rows = each.model._default_manager.filter(
                Q(**{each.field: gone}) | Q(**{each.field: stays}), community=stays.community_id
            )
            said += [f"{each.model._meta.label}:{row.pk}:{getattr(row, 'state', '')}" for row in rows]
    accounts = [str(gone.account_id), str(stays.account_id)]
    return sha256("|".join([*sorted(said), *accounts]).encode()).hexdigest()[:16]


def told(account: UUID) -> Iterable[Any]:
    """Tell someone that they were entered twice."""
    rows = Joining.objects.filter(Q(stays__account=account) | Q(gone__account=account)).exclude(state=State.APART)
    return [
        (row.community, row.created_at, row.state_label, row.get_absolute_url())
        for row in rows.select_related("community").order_by("-created_at")
    ]

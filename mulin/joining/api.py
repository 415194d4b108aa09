"""Entries that may be one person, and their joining, for programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext as _
from msgspec import structs

from mulin.api.http import Call, answer
from mulin.api.queries import Filter
from mulin.api.resources import Extra, Resource
from mulin.api.simple import Shown, simple
from mulin.kernel.refusals import Refused
from mulin.people.actions import in_the_way, note_access

from . import queries
from .models import Joining

MOST = 500


class PairShown(msgspec.Struct):
    """Two entries that may be one person; `why`: both (name and number), door (name and door), phone (number alone)."""

    stays: UUID
    gone: UUID
    name: str
    other_name: str
    why: str


class Pairs(msgspec.Struct):
    """Who may be entered twice, the surest first: five hundred at most."""

    items: list[PairShown]
    total: int


class PowerShown(msgspec.Struct):
    """Something that gives rights, and which of the two has it."""

    of: str
    what: str
    title: str


class JoiningShown(Shown, kw_only=True):
    """That two entries are one person; one alone also says what stands in the way and what gives rights."""

    stays: UUID
    gone: UUID
    agreed_at: datetime | None
    in_the_way: list[str] = []
    gives: list[PowerShown] = []
    seen: str = ""


def doubles(call: Call) -> HttpResponse:
    """Answer who may be entered twice."""
    if not call.viewer.can("people.keep"):
        raise Refused("not_yours", _("Who can do this: whoever keeps the register of persons."), status=403)
    why = call.GET.get("why", "")
    found = queries.likely(call.viewer, call.community, why if why in queries.WHYS else "")
    pairs = [PairShown(each.stays.pk, each.gone.pk, each.stays.name, each.gone.name, each.why) for each in found[:MOST]]
    return answer(Pairs(pairs, len(found)))


def _fill(call: Call, joining: Any) -> dict[str, Any]:
    return {"stays": joining.stays_id, "gone": joining.gone_id}


def _one(call: Call, joining: Any) -> dict[str, Any]:
    if joining.state != "proposed" or not call.viewer.can("people.keep"):
        return {}
    sides = (("stays", joining.stays), ("gone", joining.gone))
    for _side, person in sides:
        note_access(person, by=call.viewer, what="joining")
    gives = [
        PowerShown(side, power.what, str(power.noun) if power.shown else "")
        for side, person in sides for power in queries.powers(person, call.viewer)
    ]  # fmt: skip
    seen = queries.stamp(joining.gone, joining.stays)
    return {"in_the_way": in_the_way(joining.gone, joining.stays), "gives": gives, "seen": seen}


def _whole(resource: Resource) -> Resource:
    """Show one with what stands in the way and what gives rights, and leave a line of access with both entries."""

    def show(call: Call, joining: Any) -> Any:
        return structs.replace(resource.show(call, joining), **_one(call, joining))

    return replace(resource, show=show)


RESOURCES: tuple[Resource, ...] = (
    _whole(
        simple(
            "joinings", Joining, JoiningShown, _fill, create="propose", related=("stays", "gone", "community"),
            extras=(
                Extra(
                    "doubles", doubles, Pairs, "List entries of the register that may be one person.",
                    (Filter("why", "string", "Only for this reason.", lambda: queries.WHYS),),
                ),
            ),
        )
    ),
)  # fmt: skip

"""Mandates: which are in force, what was decided under them, and whether something would be within one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from mulin.people.figures import today_in
from mulin.people.queries import place_names
from mulin.territory.models import Building

from ..figures import Answer, matter_name, yuan
from ..flow import MandateState
from ..models import Body, Mandate, Use

Place = tuple[str, UUID | None]  # its kind and its id: ("community", None), ("grid", …), ("building", …)
SHOWN = 30


def in_force(body: Body, on: date | None = None) -> list[Mandate]:
    """List the mandates that a body has on a day, with their matters."""
    on = on or today_in(body.community)
    rows = Mandate.objects.filter(
        community=body.community_id, body=body.pk, state=MandateState.IN_FORCE, starts_on__lte=on, ends_on__gt=on
    )
    return list(rows.for_list().order_by("starts_on", "pk"))


def mandates_of(body: Body) -> list[Any]:
    """List all mandates of a body, those in force on top, each with its place in words."""
    order = {MandateState.IN_FORCE: 0, MandateState.PROPOSED: 1}
    rows: Any = (
        Mandate.objects.filter(community=body.community_id, body=body.pk).for_list().order_by("-starts_on", "pk")
    )
    found = sorted(rows, key=lambda row: order.get(row.state, 2))
    names = place_names(body.community, found)
    for row in found:
        row.place = names.get(row.place_id, "")
    return found


def uses_of(body: Body, mandate: Mandate | None = None) -> QuerySet[Use]:
    """List what a body decided under its mandates, the latest first."""
    rows = Use.objects.filter(community=body.community_id, mandate__body=body.pk)
    rows = rows.filter(mandate=mandate) if mandate else rows
    return rows.select_related("mandate").order_by("-decided_on", "-pk")[:SHOWN]


def spent_in(mandate: Mandate, year: int) -> int:
    """Add up what a mandate's decisions of a calendar year cost, in fen."""
    rows = Use.objects.filter(community=mandate.community_id, mandate=mandate.pk, decided_on__year=year)
    return rows.aggregate(sum=Sum("amount_fen"))["sum"] or 0


def within(
    body: Body, *, matter: str, amount_fen: int = 0, place: Place | None = None, on: date | None = None
) -> Answer:  # fmt: skip
    """Say whether a body may decide a matter alone: by its mandates in force, for so much money, at this place.

    `place`: none means the place that the body itself speaks for. Beyond it, the matter goes to all residents.
    """
    on = on or today_in(body.community)
    if not body.is_in_office:
        return _beyond(_("%(body)s is not in office.") % {"body": body})
    held = [each for each in in_force(body, on) if matter in {row.key for row in each.matters}]
    if not held:
        return _beyond(_("No mandate in force is about: %(matter)s.") % {"matter": matter_name(matter)})
    answers = []
    for mandate in held:
        answer = within_one(mandate, matter, amount_fen, place or (body.place_kind, body.place_id), on)
        if answer.ok:
            return answer
        answers.append(answer)
    return answers[-1]


def within_one(mandate: Mandate, matter: str, amount: int, place: Place, on: date) -> Answer:
    """Say whether one mandate lets a body decide this alone, whatever other mandates it has."""
    most = next((row.most_fen for row in mandate.matters if row.key == matter), None)
    if most is None:
        return _beyond(_("No mandate in force is about: %(matter)s.") % {"matter": matter_name(matter)})
    if not covers(mandate, place):
        return _beyond(_("The mandate is not for this place."))
    if amount > most:
        words = _("One such decision may cost %(most)s yuan at most.") if most else _("It may not spend money on this.")
        return _beyond(words % {"most": yuan(most)})
    left = max(mandate.year_fen - spent_in(mandate, on.year), 0)
    if amount > left:
        told = {"year": yuan(mandate.year_fen), "left": yuan(left)}
        return _beyond(_("Of %(year)s yuan for this year, %(left)s are left.") % told)
    told = {"most": yuan(most), "left": yuan(left)}
    if not most:
        return Answer(True, _("Within the mandate: it may decide this, without spending money."))
    return Answer(True, _("Within the mandate: up to %(most)s yuan each time, and %(left)s are left this year.") % told)


def _beyond(why: str) -> Answer:
    return Answer(False, _("%(why)s The matter goes to all residents.") % {"why": why})


def covers(noun: Any, place: Place) -> bool:
    """Tell whether the place of a body or mandate holds another one: a grid holds its buildings, the community all."""
    if noun.place_kind == "community" or (noun.place_kind, noun.place_id) == place:
        return True
    kind, key = place
    if noun.place_kind != "grid" or kind != "building" or key is None:
        return False
    return Building.objects.filter(community=noun.community_id, pk=key, grid=noun.place_id).exists()

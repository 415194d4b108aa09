"""Whether rules fit a kind of body: asked by forms before a second person is, and by actions before they write."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused
from mulin.territory.models import Community

from ..figures import KINDS, MOST_SEATS, Kind, Rules, Share, fraction, pack_choices
from .lists import homes_in

STRICT = "more_than"


def must_be_seats(kind: Kind, seats: int, community: Community, place_kind: str, place_id: UUID | None) -> None:
    """Refuse a number of seats that the law does not allow for this kind at this place. Raises Refused."""
    told = {"kind": kind, "allowed": kind.allowed}
    words = _("For this kind (%(kind)s): %(allowed)s.") % told
    if kind.small and seats == kind.small:
        homes = homes_in(community, place_kind, place_id)
        if not 0 < homes <= kind.small_dwellings:
            there = _("This place has %(homes)s homes in the register.") % {"homes": homes}
            raise Refused("seats", f"{words} {there}", 422)
    elif not kind.fewest <= seats <= (kind.most or MOST_SEATS) or (kind.odd and seats % 2 == 0):
        raise Refused("seats", words, 422)


def must_be_years(kind: Kind, years: int) -> None:
    """Refuse a term that is longer than the law allows. Raises Refused."""
    if not 1 <= years <= kind.years:
        raise Refused("years", _("A term lasts from one to %(years)s years.") % {"years": kind.years}, 422)


def must_be_pack(pack: str) -> None:
    """Refuse the key of a rule pack that is none, or by which seats do not vote. Raises Refused."""
    known = [key for key, _title in pack_choices()]
    if pack and pack not in known:
        words = _("There is no such rule pack: %(pack)s. Packs are: %(packs)s.")
        raise Refused("pack", words % {"pack": pack, "packs": ", ".join(known)}, 422)


def rules_from(told: dict[str, Any], kind: Kind, seats: int) -> Rules:
    """Read rules of the meeting from what was answered; what is empty is as usual for the kind. Raises Refused."""
    quorum = _share(told, "quorum", kind.rules.quorum)
    rules = Rules(Share(quorum.num, quorum.den, quorum.strict), _share(told, "decision", kind.rules.decision))
    if kind.by_law and rules.is_weaker(kind.rules, seats):
        law = {"quorum": kind.rules.quorum.least(seats), "yes": kind.rules.yes(seats, seats), "seats": seats}
        words = _("The law asks for more: %(quorum)s of %(seats)s there, and %(yes)s yes when all are there.")
        raise Refused("weaker", words % law, 422)
    return rules


def _share(told: dict[str, Any], name: str, usual: Share) -> Share:
    text, how = told.get(name) or f"{usual.num}/{usual.den}", told.get(f"{name}_how", "")
    try:
        num, den = fraction(text)
    except ValueError as error:
        raise Refused("fraction", str(error), 422) from None
    strict = how == STRICT if how else usual.strict
    if strict and num == den:
        raise Refused("fraction", _("More than all cannot be reached. Choose at least instead."), 422)
    return Share(num, den, strict, told.get("decision_base") or usual.base)


def fit(
    told: dict[str, Any], *, kind: str, community: Community, place_kind: str, place_id: UUID | None
) -> tuple[int, int, Rules]:
    """Return seats, years and rules that fit the kind of body at its place. Raises Refused with what would work."""
    of = KINDS[kind]
    seats, years = told["seats"], told.get("years") or of.years
    must_be_seats(of, seats, community, place_kind, place_id)
    must_be_years(of, years)
    must_be_pack(told.get("pack", ""))
    return seats, years, rules_from(told, of, seats)

"""A mediation is asked for, both sides take their places and say whether they want to talk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.factors.actions import slow_down
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import Once, Turn, begin, moves, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.models import Organisation, Person
from mulin.people.queries import units_of
from mulin.territory.models import Community

from .. import queries, rules
from ..figures import MOST_ASKED, MOST_PARTIES, bare_code, new_code
from ..flow import MEDIATION, State
from ..models import Mediation, Party, Side

Who = Person | Organisation | None


def ask(
    *, by: Any, community: Community, kind: str, matter: str, other_organisation: Organisation | None = None,
    other_name: str = "", other_phone: str = "", own_organisation: Organisation | None = None,
    first_organisation: Organisation | None = None, first_name: str = "", first_phone: str = "",
    case: Case | None = None, once: Once | None = None,
) -> Mediation:  # fmt: skip
    """Ask for mediation with a neighbour or an organisation; as the community's desk, for two sides."""
    belongs(community, other_organisation, own_organisation, first_organisation, case)
    other = other_organisation or queries.known_as(community, other_name, other_phone)
    by_community = _is_for_others(by, own_organisation, case, first_organisation or first_name)
    if by_community:
        first = first_organisation or queries.known_as(community, first_name, first_phone) or _who_reported(case)
    else:
        first = _oneself(by, community, own_organisation)
    draft = Mediation(community=community, kind=kind, matter=matter.strip(), case=case, by_community=by_community)

    def prepare(turn: Turn, mediation: Mediation) -> None:
        _must_be_two(first, other)
        _must_not_flood(mediation, by)

    with writing(community.pk):
        origin = Ref.of(case) if case else None
        made = begin(draft, by=by, verb="ask", once=once, prepare=prepare, origin=origin)
        if made is draft:
            named = str(first_organisation or first_name.strip() or first or "") if by_community else ""
            _seat(made, 1, first, named, has_agreed=not by_community)
            _seat(made, 2, other, str(other_organisation or other_name.strip()))
    return made


def _is_for_others(by: Any, own: Organisation | None, case: Case | None, first: Any) -> bool:
    if own or not by.can("cases.desk"):
        return False
    return bool(first or (case and case.reporter_id != by.person_id))


def _who_reported(case: Case | None) -> Person | None:
    # Who kept their name from neighbours when they reported is not named here either.
    return case.reporter if case and case.disclosure == "named" else None


def _oneself(by: Any, community: Community, own: Organisation | None) -> Who:
    if own and own.pk not in units_of(by):
        raise Refused("not_yours", _("You do not speak for this organisation. Ask its contact person."), 403)
    return own or Person.objects.get(community=community, pk=by.person_id)


def _must_be_two(first: Who, other: Who) -> None:
    persons = [each for each in (first, other) if each]
    if len(persons) == 2 and (type(first), first and first.pk) == (type(other), other and other.pk):
        raise Refused("same_side", _("Both sides are the same. Say who the other side is."), 422)


def _must_not_flood(mediation: Mediation, by: Any) -> None:
    own = Party.objects.filter(community=mediation.community_id, side=1, person=by.person_id, speaks=True)
    waits = own.filter(mediation__state=State.ASKED, mediation__by_community=False)
    if not mediation.by_community and waits.count() >= MOST_ASKED:
        words = _("You wait for an answer in %(n)s mediations already. Ask anew once one of them is answered.")
        raise Refused("too_many", words % {"n": MOST_ASKED})


def _seat(mediation: Mediation, side: int, who: Who, named: str, has_agreed: bool = False) -> None:
    community, at = mediation.community_id, now()
    Side.objects.create(
        community_id=community, mediation=mediation, side=side, named=named, code=new_code(),
        agreed_at=at if has_agreed else None,
    )  # fmt: skip
    if who is not None:
        _sit(mediation, side, who, speaks=True)
    mediation.__dict__.pop("sides", None)


def _sit(mediation: Mediation, side: int, who: Who, *, speaks: bool = False) -> None:
    if len(mediation.parties) >= MOST_PARTIES:
        words = _("At most %(n)s can sit at one table. Let somebody speak for the others.")
        raise Refused("too_many", words % {"n": MOST_PARTIES})
    named = {"organisation": who} if isinstance(who, Organisation) else {"person": who}
    Party.objects.create(
        community_id=mediation.community_id, mediation=mediation, side=side, speaks=speaks, joined_at=now(), **named
    )
    mediation.__dict__.pop("parties", None)


def enter(*, by: Any, community: Community, code: str) -> Mediation:
    """Take a place at the table by the code that one was given; the first of a side speaks for it."""
    slow_down("mediation-code", str(by.account_id))
    side = queries.side_by(community, bare_code(code)) if by.is_person and by.community_id == community.pk else None
    if side is None:
        raise Refused("unknown_code", _("No mediation waits behind this code. Look at it again, sign by sign."), 404)
    if side.mediation.role_of(by).is_inside:
        raise Refused("here_already", _("You are part of this mediation already."))
    return join(side.mediation, by=SYSTEM, person=by.person_id, side=side.side, code=side.code)


@moves(MEDIATION)
def join(mediation: Mediation, *, by: Any, person: Any = None, side: int = 0, code: str = "") -> None:
    """Let whoever has a side's code sit down there."""
    if not side:
        return
    row = Side.objects.get(community=mediation.community_id, mediation=mediation, side=side)
    if row.code != code:
        raise Refused("unknown_code", _("This code was used already. Ask your side for the new one."), 404)
    speaks = not any(party.side == side and party.speaks for party in mediation.parties)
    _sit(mediation, side, Person.objects.get(community=mediation.community_id, pk=person), speaks=speaks)
    _own_code(row)


def _own_code(side: Side) -> None:
    # Who asked knows the first code: from now on only this side knows the way in.
    if not side.is_used:
        side.code, side.is_used = new_code(), True
    side.save()


@moves(MEDIATION)
def agree(mediation: Mediation, *, by: Any) -> None:
    """Say that one's side is willing to talk; nothing begins before both are."""
    side = mediation.side(rules.side_of(by, mediation))
    side.agreed_at = now()
    _own_code(side)
    if all(mediation.side(number).agreed_at for number in (1, 2)):
        mediation.state, mediation.agreed_at = State.AGREED, now()
    else:
        mediation.state = State.ASKED


@moves(MEDIATION)
def decline(mediation: Mediation, *, by: Any) -> None:
    """Say no; mediation is voluntary, and no reason is asked."""


@moves(MEDIATION)
def take_back(mediation: Mediation, *, by: Any) -> None:
    """Take the request back while nobody began to talk."""


@moves(MEDIATION)
def lapse(mediation: Mediation, *, by: Any) -> None:
    """End what was not answered in seven days."""


@moves(MEDIATION)
def leave(mediation: Mediation, *, by: Any) -> None:
    """Leave the table, as a party that does not speak for its side."""
    own = [party for party in mediation.parties if party.person_id == by.person_id]
    own = own or [party for party in mediation.parties if party.organisation_id in units_of(by)]
    Party.objects.filter(community=mediation.community_id, pk=own[0].pk).update(left_at=now())


@moves(MEDIATION)
def show_desk(mediation: Mediation, *, by: Any) -> None:
    """Let the community's desk know that there is this mediation, once both sides want it; it reads no words."""
    _show(mediation, by, True)


@moves(MEDIATION)
def hide_desk(mediation: Mediation, *, by: Any) -> None:
    """Keep it from the community's desk again."""
    _show(mediation, by, False)


def _show(mediation: Mediation, by: Any, shows: bool) -> None:
    side = mediation.side(rules.side_of(by, mediation))
    side.shows_desk = shows
    side.save()


def give_way(party: Party, constraint: str) -> None:
    """End the second place at one table of somebody who was entered twice."""
    Party.objects.filter(community=party.community_id, pk=party.pk).update(left_at=now())

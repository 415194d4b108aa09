"""A body begins: founded from an organisation, its seats opened and offered, in office until a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import Once, begin, moves, writing
from mulin.kernel.refusals import Refused
from mulin.people import actions as people
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.people.flow import OrganisationState
from mulin.people.models import Organisation, Person, PostKind
from mulin.territory.models import Community

from .. import queries
from ..figures import KINDS, PLACES, years_later
from ..flow import BODY
from ..models import Body, OldRules, Seat
from ..models.rules import FIELDS
from ..queries.fitting import fit

Shares = Sequence[tuple[str, UUID | None]]


def found(
    *, by: Any, community: Community, organisation: Organisation, kind: str, seats: int, place_kind: str = "community",
    place_id: UUID | None = None, one_each: str = "", supervisor: Body | None = None, founded_by: str = "",
    founded_on: date | None = None, pack: str = "", once: Once | None = None, **told: Any,
) -> Body:  # fmt: skip
    """Found a council or committee from an organisation: its seats are opened, and stay visible while vacant."""
    belongs(community, organisation, supervisor)
    place: dict[str, Any] = {"place_kind": place_kind, "place_id": place_id}
    _seats, years, rules = fit({**told, "seats": seats, "pack": pack}, kind=kind, community=community, **place)
    shares = queries.shares_of(community, place_kind, place_id, one_each)
    if len(shares) > seats:
        words = _("%(places)s places would get a seat each, and there are %(seats)s seats. Agree on more.")
        raise Refused("too_few_seats", words % {"places": len(shares), "seats": seats}, 422)
    body = Body(
        community=community, organisation=organisation, kind=kind, seats=seats, years=years, supervisor=supervisor,
        founded_by=founded_by.strip(), founded_on=founded_on, pack=pack or KINDS[kind].pack, **place,
    )  # fmt: skip
    body.set_rules(rules)
    with writing(community.pk):
        made = begin(body, by=by, verb="found", once=once, prepare=_must_be_free, details={"kind": kind})
        if made is body:
            keep_rules(made, "")
            open_lacking(made, by=by, shares=shares)
    return made


def _must_be_free(turn: Any, body: Body) -> None:
    organisation = Organisation.objects.get(community=body.community_id, pk=body.organisation_id)
    if organisation.state != OrganisationState.REGISTERED:
        words = _("%(name)s is not registered here, or is suspended. Choose another one.")
        raise Refused("not_there", words % {"name": organisation.name}, 422)
    if organisation.kind not in body.kinds.organisations:
        words = _("Such a body is not made of this kind of organisation: %(kind)s.")
        raise Refused("wrong_kind", words % {"kind": organisation.kind_label}, 422)
    if queries.body_of(organisation) is not None:
        raise Refused("is_body", _("%(name)s is such a body already.") % {"name": organisation.name})


def keep_rules(body: Body, reason: str) -> None:
    """Keep the rules as they are from now on, so that they can be read when others hold."""
    OldRules.objects.create(
        community_id=body.community_id, body=body, number=body.version_of_rules, supervisor=body.supervisor,
        reason=reason.strip(), since=now(), **{name: getattr(body, name) for name in FIELDS},
    )  # fmt: skip


def open_lacking(body: Body, *, by: Any, shares: Shares = ()) -> int:
    """Open posts until there are as many seats as were agreed; seats whose post was closed give way."""
    rows = Seat.objects.filter(community=body.community_id, body=body.pk)
    rows.filter(post__state="closed").delete()
    taken = set(rows.values_list("number", flat=True))
    free = [number for number in range(1, body.seats + 1) if number not in taken]
    kind = _seat_kind(body)
    for at, number in enumerate(free):
        place_kind, place_id = shares[at] if at < len(shares) else (body.place_kind, body.place_id)
        post = people.add_post(
            by=by, community=body.community, kind=kind, place_kind=place_kind, place_id=place_id,
            organisation=body.organisation,
        )  # fmt: skip
        Seat.objects.create(community_id=body.community_id, body=body, number=number, post=post)
    return len(free)


def _seat_kind(body: Body) -> PostKind:
    """Return the kind of post that a seat is; a community that has none yet takes it over from the pack."""
    seat = body.kinds.seat
    known = PostKind.objects.filter(community=body.community_id, key=seat["key"]).first()
    return known or people.add_post_kind(
        by=SYSTEM, community=body.community, key=seat["key"], name_zh=seat["zh"], name_en=seat["en"],
        places=list(PLACES), capabilities=[],
    )  # fmt: skip


@moves(BODY)
def open_seats(body: Body, *, by: Any) -> dict[str, Any]:
    """Open the seats that were agreed and have no post any more."""
    return {"opened": open_lacking(body, by=by)}


@moves(BODY)
def offer_seat(
    body: Body, *, by: Any, seat: Seat, person: Person, starts_on: date | None = None, ends_on: date | None = None
) -> dict[str, Any]:
    """Offer a vacant seat to someone, as after an election; whoever comes later serves the rest of the term."""
    if not body.vacant_seats().filter(pk=seat.pk).exists():
        raise Refused("seat_taken", _("Somebody else has this seat in these days. Choose a vacant one."))
    starts_on = starts_on or today_in(body.community)
    latest = years_later(starts_on, body.years)
    rest = body.ends_on if body.ends_on and body.ends_on > starts_on else latest
    ends_on = ends_on or min(rest, latest)
    term = people.offer(by=by, post=seat.post, person=person, starts_on=starts_on, ends_on=ends_on)
    return {"seat": seat.number, "term": str(term.pk)}


@moves(BODY)
def take_office(body: Body, *, by: Any, term_by: str, ends_on: date | None = None) -> dict[str, Any]:
    """Let the body begin its term; it ends by itself on its last day."""
    return _begin_term(body, term_by, ends_on)


@moves(BODY)
def new_term(body: Body, *, by: Any, term_by: str, ends_on: date | None = None) -> dict[str, Any]:
    """Note that a new term has begun, after an election before the old one was over."""
    return _begin_term(body, term_by, ends_on)


def _begin_term(body: Body, term_by: str, ends_on: date | None) -> dict[str, Any]:
    today = today_in(body.community)
    latest = years_later(today, body.years)
    ends_on = ends_on or latest
    if not today < ends_on <= latest:
        words = _("A term in %(body)s lasts %(years)s years at most. Choose an earlier last day.")
        words = words if ends_on > latest else _("A term ends after it starts.")
        raise Refused("term_days", words % {"body": body, "years": body.years}, 422)
    body.ends_on, body.term_by = ends_on, term_by.strip()
    return {"until": str(ends_on)}

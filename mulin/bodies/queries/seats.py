"""Who sits in a body, which seats are vacant since when, and who may not sit there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in
from mulin.people.flow import State as TermState
from mulin.people.models import Post, Term
from mulin.people.queries import place_names, vacant_since, with_holders
from mulin.territory.models import Building, Community, Grid

from ..figures import years_later
from ..flow import LIVING, State
from ..models import Body, Seat

ENDS_SOON = timedelta(days=90)  # an election takes longer to prepare than a hand-over


class Sitting(NamedTuple):
    """Who sits in a body on a day, one term for each person, and how many seats were agreed."""

    terms: list[Term]
    seats: int


def sitting(body: Body, on: date | None = None) -> Sitting:
    """Say who sits in a body on a day, and how many seats it has, vacant ones counted; today where no day is named."""
    once: dict[UUID, Term] = {}
    for term in body.sitting(on).select_related("person", "post__kind", "community").order_by("starts_on", "pk"):
        once.setdefault(term.person_id, term)
    return Sitting(sorted(once.values(), key=lambda term: (term.person.name, term.pk)), body.seats)


@dataclass
class Seated:
    """One seat as a page shows it."""

    key: UUID
    number: int
    post: Any
    place: str
    held: list[Term] = field(default_factory=list)
    following: list[Term] = field(default_factory=list)
    vacant_since: date | None = None
    ends_soon: bool = False

    @property
    def term(self) -> Term | None:
        """Return the term of who sits there."""
        return self.held[0] if self.held else None


def seats_of(bodies: Iterable[Body], community: Community) -> dict[UUID, list[Seated]]:
    """List the seats of bodies with who holds them, who comes next, or since when each is vacant."""
    keys = [body.pk for body in bodies]
    rows = Seat.objects.filter(community=community, body__in=keys, post__state="open").order_by("number")
    seats = list(rows.values_list("body_id", "pk", "number", "post_id"))
    posts: Any = with_holders(Post.objects.filter(community=community, pk__in=[key for *_, key in seats]), community)
    known = {post.pk: post for post in posts}
    names = place_names(community, list(known.values()))
    soon = today_in(community) + ENDS_SOON
    found: dict[UUID, list[Seated]] = {key: [] for key in keys}
    for body, seat, number, key in seats:
        post = known[key]
        ends = bool(post.held) and not post.following and post.held[0].ends_on <= soon
        place = names.get(post.place_id, "")
        found[body].append(Seated(seat, number, post, place, post.held, post.following, vacant_since(post), ends))
    return found


def shares_of(community: Community, place_kind: str, place_id: UUID | None, each: str) -> list[tuple[str, UUID]]:
    """List the grids or buildings of a place, each of which gets a seat of its own."""
    rows: Any = Grid.objects.filter(community=community).order_by("number")
    if each == "building":
        rows = Building.objects.filter(community=community).order_by("number", "name")
        rows = rows.filter(grid=place_id) if place_kind == "grid" else rows
    return [(each, key) for key in rows.values_list("pk", flat=True)] if each else []


# ---- who may not sit there ----


def in_the_way(term: Term) -> None:
    """Refuse a term in a seat that would break the body's rules, or put one person where two are asked for.

    Asked under the lock whenever a post is offered, taken or prolonged, on whatever page. Raises Refused.
    """
    seat = Seat.objects.filter(community=term.community_id, post=term.post_id)
    found = seat.select_related("body__organisation", "body__community").first()
    if found is None:
        return
    body = found.body
    if body.state == State.ENDED:
        raise Refused("body_ended", _("%(body)s is no more.") % {"body": body})
    if term.ends_on > years_later(term.starts_on, body.years):
        words = _("A term in %(body)s lasts %(years)s years at most. Choose an earlier last day.")
        raise Refused("term_too_long", words % {"body": body, "years": body.years}, 422)
    held = Term.objects.filter(
        community=term.community_id, starts_on__lt=term.ends_on, ends_on__gt=term.starts_on
    ).exclude(pk=term.pk)
    if term.state == TermState.HELD and held.filter(post=term.post_id, state=TermState.HELD).exists():
        raise Refused("seat_taken", _("Somebody else has this seat in these days. Choose a vacant one."))
    open_terms = held.filter(person=term.person_id).exclude(state=TermState.ENDED)
    _not_twice(body, open_terms)


def _not_twice(body: Body, terms: Any) -> None:
    """Refuse who has, or was offered, another seat here, or one in a body that supervises this one or the reverse."""
    here = Seat.objects.filter(community=body.community_id, post__in=terms.values("post"))
    for other in Body.objects.filter(
        community=body.community_id, pk__in=here.values("body"), state__in=LIVING
    ).select_related("organisation"):
        if other.pk == body.pk:
            raise Refused(
                "sits_here", _("This person has, or was offered, a seat in %(body)s already.") % {"body": body}
            )
        if other.pk == body.supervisor_id or other.supervisor_id == body.pk:
            words = _("Nobody sits in a body and in the one that supervises it: this person is in %(body)s, too.")
            raise Refused("supervises", words % {"body": other})


def _near(body: Body) -> set[UUID]:
    """Name the bodies in which nobody may sit who sits in this one, itself included."""
    others = Body.objects.filter(community=body.community_id, state__in=LIVING, supervisor=body.pk)
    return {body.pk, body.supervisor_id, *others.values_list("pk", flat=True)} - {None}


def bound(body: Body) -> Any:
    """Name who has, or was offered, a seat in a body or in one with which it must share nobody."""
    seats = Seat.objects.filter(community=body.community_id, body__in=_near(body))
    terms = Term.objects.filter(community=body.community_id, post__in=seats.values("post"))
    return terms.exclude(state=TermState.ENDED).values("person")


def conflicts(body: Body, supervisor: Body | None = None) -> list[str]:
    """Name who sits twice, or in the body and in one that supervises it: tables and a change of rules can bring it."""
    near = _near(body) | ({supervisor.pk} if supervisor else set())
    seats = Seat.objects.filter(community=body.community_id, body__in=near, post__state="open")
    terms = Term.objects.filter(community=body.community_id, post__in=seats.values("post"))
    now = terms.current(today_in(body.community)).select_related("person")
    of = dict(seats.values_list("post", "body"))
    sits: dict[UUID, list[Term]] = {}
    for term in now.order_by("person__name", "pk"):
        sits.setdefault(term.person_id, []).append(term)
    twice = (rows for rows in sits.values() if len(rows) > 1 and body.pk in {of[row.post_id] for row in rows})
    return [rows[0].person.name for rows in twice]

"""Which bodies there are, where they can be, of which organisations, and the roster as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mulin.kernel.viewer import Viewer
from mulin.people.figures import PLACE_LABELS
from mulin.people.flow import OrganisationState
from mulin.people.models import Organisation
from mulin.people.queries import place_names, places_of
from mulin.tables.cells import plain
from mulin.tables.layouts import Column, Layout
from mulin.territory.models import Community, Dwelling

from ..figures import KINDS, PLACES
from ..flow import LIVING, State
from ..models import Body
from .seats import seats_of


def found(viewer: Viewer, community: Community, *, q: str = "", kind: str = "", state: str = "") -> QuerySet[Body]:
    """List the bodies that a viewer may see, by name; without a state, those that have not ended."""
    rows = Body.objects.visible_to(viewer).filter(community=community)
    rows = rows.filter(state=state) if state in State.values else rows.living()
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    if q:
        rows = rows.filter(Q(organisation__name__icontains=q) | Q(organisation__about__icontains=q))
    kept: QuerySet[Body] = rows.for_list().order_by("organisation__name", "pk")
    return kept


def body_of(organisation: Organisation) -> Body | None:
    """Find the body that an organisation is; none where it is none, or is one no more."""
    rows = Body.objects.filter(community=organisation.community_id, organisation=organisation.pk, state__in=LIVING)
    body: Body | None = rows.for_list().first()
    return body


def counted(bodies: list[Body], community: Community) -> list[Any]:
    """Put beside each body its place and how many of its seats are filled."""
    seats, names = seats_of(bodies, community), place_names(community, bodies)  # type: ignore[arg-type]
    for body in bodies:
        body.place = names.get(body.place_id, "")  # type: ignore[attr-defined]
        held = {row.term.person_id for row in seats[body.pk] if row.term}
        body.filled = len(held)  # type: ignore[attr-defined]
    return bodies


def place_of(noun: Any) -> str:
    """Name the place of a body or mandate; the whole community has none."""
    return place_names(noun.community, [noun]).get(noun.place_id, "") if noun.place_id else ""


def homes_in(community: Community, place_kind: str, place_id: UUID | None) -> int:
    """Count the dwellings of a place."""
    rows = Dwelling.objects.filter(community=community)
    where: dict[str, dict[str, Any]] = {"grid": {"building__grid": place_id}, "building": {"building": place_id}}
    return rows.filter(**where.get(place_kind, {})).count()


def place_choices(community_id: UUID) -> list[tuple[Any, Any]]:
    """List the places that a body can speak for, as a form offers them."""
    places = places_of(community_id)
    groups = ((PLACE_LABELS[kind], [(f"{kind}:{row.pk}", str(row)) for row in places[kind]]) for kind in PLACES[1:])
    return [("community", PLACE_LABELS["community"]), *((label, rows) for label, rows in groups if rows)]


def organisations(community_id: UUID | None) -> QuerySet[Organisation]:
    """List the registered organisations that can be a body and are none yet."""
    kinds = {key for kind in KINDS.values() for key in kind.organisations}
    taken = Body.objects.filter(community=community_id, state__in=LIVING)
    rows = Organisation.objects.filter(community=community_id, state=OrganisationState.REGISTERED, kind__in=kinds)
    left: QuerySet[Organisation] = rows.exclude(pk__in=taken.values("organisation")).order_by("name")
    return left


def supervisors(community_id: UUID | None, body: Body | None = None) -> QuerySet[Body]:
    """List the bodies that can supervise one: others, and none that it supervises itself."""
    rows = Body.objects.filter(community=community_id, state__in=LIVING).for_list().order_by("organisation__name")
    kept: QuerySet[Body] = rows.exclude(Q(pk=body.pk) | Q(supervisor=body.pk)) if body and body.pk else rows
    return kept


def roster(bodies: Iterable[Body], community: Community) -> tuple[Layout, Iterable[dict[str, Any]]]:
    """Give the seats of bodies as the rows of a table: who holds each and until when; what everyone may read."""
    heads = {
        "body": _("Body"), "kind": _("Kind"), "seat": _("Seat"), "title": _("Title"), "place": _("Place"),
        "holder": _("Holder"), "starts_on": _("First day"), "ends_on": _("First day without it"),
        "vacant_since": _("Vacant since"),
    }  # fmt: skip
    listed = list(bodies)
    seats = seats_of(listed, community)
    lines = (_line(body, row) for body in listed for row in seats[body.pk])
    columns = tuple(Column(name, (head,), plain) for name, head in heads.items())
    return Layout(_("Councils and committees"), _("Seats"), columns), lines


def _line(body: Body, row: Any) -> dict[str, Any]:
    term = row.term
    return {
        "body": str(body), "kind": body.kind_label, "seat": row.number, "title": str(row.post), "place": row.place,
        "holder": term.person.name if term else "", "starts_on": term.starts_on if term else None,
        "ends_on": term.ends_on if term else None, "vacant_since": row.vacant_since,
    }  # fmt: skip

"""Which votes there are, where somebody can vote now, and what the forms offer."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mulin.bodies.models import Body
from mulin.kernel.brief import Brief
from mulin.kernel.viewer import Viewer
from mulin.people.flow import OrganisationState
from mulin.people.models import Organisation
from mulin.territory.models import Building, Community, Entrance, Grid

from ..figures import ELECTORATES
from ..flow import COUNTED, State
from ..models import Ballot, RollOwner, Vote
from ..models.standing import mine

PAST = (State.CLOSED, *COUNTED, State.CALLED_OFF)
WHEN = {"open": (State.OPEN,), "coming": (State.PREPARED, State.NOTICED), "past": PAST}
MOST = 5

any_open = Brief(lambda community: Vote.objects.filter(community=community, state=State.OPEN).exists())


def found(viewer: Viewer, community: Community, *, q: str = "", when: str = "", kind: str = "") -> QuerySet[Vote]:
    """Keep the votes that a viewer may see, by words, by when they are, and by who is asked."""
    rows = Vote.objects.visible_to(viewer).filter(community=community)
    if when in WHEN:
        rows = rows.filter(state__in=WHEN[when])
    if kind in ELECTORATES:
        rows = rows.filter(electorate=kind)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(number__iexact=q) | Q(words__icontains=q))
    kept: QuerySet[Vote] = rows.for_list()
    return kept


def to_cast(viewer: Viewer, community: Community, most: int = MOST, *, for_units: bool = True) -> list[Vote]:
    """List the open votes in which a viewer has an entry of their own, those not voted in first, then what ends first.

    What one may do by a proxy stands on the page of each vote: to look for it here would cost too much. Without
    `for_units` the entries of organisations for which one speaks are left out, which spares a statement.
    """
    if viewer.person_id is None or not any_open(community):
        return []
    which = mine(viewer) if for_units else Q(person=viewer.person_id)
    own = RollOwner.objects.filter(which, community=community, speaks=True)
    voted = Ballot.objects.filter(community=community, vote=OuterRef("pk"), entry__in=own.values("entry"))
    rows = Vote.objects.visible_to(viewer).filter(community=community, state=State.OPEN)
    rows = rows.filter(Exists(own.filter(entry__vote=OuterRef("pk")))).for_list().annotate(has_voted=Exists(voted))
    return list(rows.order_by("has_voted", F("closes_on").asc(), "pk")[:most])


def waiting(viewer: Viewer, community: Community) -> list[Vote]:
    """List what waits for who looks after votes: being prepared, or challenged."""
    rows = Vote.objects.visible_to(viewer).filter(community=community, state__in=(State.PREPARED, State.CHALLENGED))
    return list(rows.for_list().order_by("-created_at", "-pk")[:MOST])


# ---- what the forms offer ----


def organisations(community: Community) -> QuerySet[Organisation]:
    """List who can call a vote."""
    rows = Organisation.objects.filter(community=community, state=OrganisationState.REGISTERED)
    kept: QuerySet[Organisation] = rows.exclude(kind__in=("firm", "interest_group")).order_by("kind", "name")
    return kept


def bodies(community: Community) -> QuerySet[Body]:
    """List the councils and committees whose seats can be asked."""
    kept: QuerySet[Body] = Body.objects.filter(community=community).living().for_list().order_by("organisation__name")
    return kept


def places(community: Community) -> dict[str, tuple[str, Any, str]]:
    """List the places whose people can be asked: key, and kind, id and name of each."""
    listed: dict[str, tuple[str, Any, str]] = {"community": ("community", None, "")}
    rows: Any
    for kind, rows in (
        ("grid", Grid.objects.order_by("number")),
        ("building", Building.objects.order_by(F("number").asc(nulls_last=True), "name")),
        ("entrance", Entrance.objects.select_related("building").order_by("building__number", "name")),
    ):
        for row in rows.filter(community=community):
            listed[f"{kind}:{row.pk}"] = (kind, row.pk, str(row))
    return listed


def co_owners(viewer: Viewer, vote: Vote) -> list[RollOwner]:
    """List who owns together with a viewer where one of them is to be named."""
    entries = [entry.pk for entry in vote.together(viewer)]
    rows = RollOwner.objects.filter(community=vote.community_id, entry__in=entries)
    return list(rows.select_related("entry", "person", "organisation").order_by("entry__key", "pk"))

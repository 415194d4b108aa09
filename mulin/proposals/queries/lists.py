"""Which proposals there are, which are one's own, which came of a case, and what waits for somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from mulin.bodies.figures import MATTERS
from mulin.kernel.brief import Brief
from mulin.kernel.models import Link, Pending
from mulin.kernel.refs import linked
from mulin.kernel.viewer import Viewer
from mulin.people.queries import units_of
from mulin.territory.models import Building, Community, Grid

from ..figures import OFFICERS, PUBLISH, VOTE
from ..flow import BEFORE_VOTE, RUNNING, Stand, State
from ..models import Proposal, Sitting, Step, Supporter
from ..rules import DESK_WORK, OFFICER_WORK, PREPARE

KIND, SECTION = "proposals.proposal", 20
TABS = {
    "": (*BEFORE_VOTE,), "decided": (State.ADOPTED, State.REJECTED),
    "carried_out": (State.CARRIED_OUT, State.JUDGED), "ended": (State.WITHDRAWN, State.MERGED),
}  # fmt: skip

any_there = Brief(lambda community: Proposal.objects.filter(community=community, submitted_at__isnull=False).exists())


def found(
    viewer: Viewer, community: Community, *, q: str = "", tab: str | None = None, matter: str = "", place: str = ""
) -> QuerySet[Proposal]:
    """Keep the proposals that everyone may read, by words, how far they are, matter and place."""
    rows = Proposal.objects.visible_to(viewer).filter(community=community, submitted_at__isnull=False)
    if tab in TABS:
        rows = rows.filter(state__in=TABS[tab])
    if matter in MATTERS:
        rows = rows.filter(matter=matter)
    if place:
        kind, _colon, key = place.partition(":")
        rows = rows.filter(place_kind=kind, place_id=_uuid(key))
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(number__iexact=q) | Q(wrong__icontains=q) | Q(plan__icontains=q))
    kept: QuerySet[Proposal] = rows.for_list()
    return kept


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def mine(viewer: Viewer, community: Community) -> QuerySet[Proposal]:
    """Keep the proposals that somebody brought or supports."""
    rows = Proposal.objects.visible_to(viewer).filter(community=community)
    backed = Supporter.objects.filter(community=community, person=viewer.person_id)
    own = Q(proposer=viewer.person_id) | Q(organisation__in=units_of(viewer)) | Q(pk__in=backed.values("proposal"))
    kept: QuerySet[Proposal] = rows.filter(own).for_list()
    return kept


def open_steps(community: Community, proposals: list[Proposal]) -> dict[UUID, Step]:
    """Find the step whose turn it is, for many proposals in one statement."""
    rows = Step.objects.filter(community=community, state__in=RUNNING, proposal__in=[row.pk for row in proposals])
    return {step.proposal_id: step for step in rows.select_related("community", "body__organisation", "supervisor")}


def waiting(viewer: Viewer, community: Community) -> list[tuple[str, list[Any]]]:
    """List what waits for this viewer: to review, to act in a step, to answer an objection, and drafts."""
    parts: list[tuple[str, Any]] = []
    steps = Step.objects.visible_to(viewer).filter(community=community).for_list()
    order = (F("due_at").asc(nulls_last=True), "pk")
    desk = viewer.can(DESK_WORK)
    asked = Pending.objects.filter(community=community, noun_kind="proposals.step", verb="count_hands")
    if desk:
        rows = Proposal.objects.visible_to(viewer).filter(community=community).for_list()
        parts.append((_("Can it be done? Your word is asked for"), rows.filter(state=State.SUBMITTED)))
        parts.append((_("Objections to answer"), steps.filter(state=Stand.OBJECTED)))
        ended = Q(kind__in=("meet", "carry_out")) | Q(kind=PUBLISH, notice=None)
        parts.append((_("Steps that wait for their deed"), steps.filter(ended, state=Stand.OPEN)))
    if viewer.can(PREPARE):
        parts.append((_("Votes to announce"), steps.filter(state=Stand.OPEN, kind=VOTE, vote=None, rules__gt="")))
    if desk or viewer.can(OFFICER_WORK):
        parts.append((_("A second person has to agree"), steps.filter(pk__in=asked.values("noun_id"))))
        if not desk:
            parts.append((_("Steps for grid officers"), steps.filter(state=Stand.OPEN, actor=OFFICERS)))
    if viewer.is_person:
        own = Proposal.objects.visible_to(viewer).filter(community=community, proposer=viewer.person_id).for_list()
        parts.append((_("Your drafts, and what came back to you"), own.filter(state__in=("draft", "returned"))))
        ours = Q(person=viewer.person_id) | Q(organisation__in=units_of(viewer))
        parts.append((_("For you to carry out"), steps.filter(ours, state=Stand.OPEN)))
    listed = [(label, list(rows.order_by(*order)[:SECTION])) for label, rows in parts]
    return [(label, kept) for label, kept in listed if kept]


def of_case(viewer: Any, case: Any) -> list[Proposal]:
    """List the proposals that came of a case and that a viewer may see, the latest first."""
    if KIND not in linked(case):
        return []
    rows = Link.objects.filter(community=case.community_id, source_id=case.pk, target_kind=KIND)
    seen = Proposal.objects.visible_to(viewer).filter(community=case.community_id, pk__in=rows.values("target_id"))
    return list(seen.for_list().order_by("-created_at"))


def others(proposal: Proposal) -> QuerySet[Proposal]:
    """List the proposals into which one can be merged."""
    rows = Proposal.objects.filter(community=proposal.community_id, state__in=BEFORE_VOTE).exclude(pk=proposal.pk)
    kept: QuerySet[Proposal] = rows.for_list().order_by("-created_at")
    return kept


def place_of(community: Community, text: str) -> tuple[str, UUID | None, str]:
    """Read a place as forms write it: its kind, id and name; the whole community where it is none of these."""
    kind, _colon, key = text.partition(":")
    model: Any = {"grid": Grid, "building": Building}.get(kind)
    row = model.objects.filter(community=community, pk=_uuid(key)).first() if model else None
    return (kind, row.pk, str(row)[:80]) if row else ("community", None, "")


def pitches_of(sitting: Sitting) -> list[Step]:
    """List the pitches of a sitting in their order."""
    rows = Step.objects.filter(community=sitting.community_id, sitting=sitting.pk)
    return list(rows.for_list().order_by("turn", "pk"))


def to_pitch(community: Community) -> QuerySet[Step]:
    """List the meetings of bodies that are on and stand in no sitting yet."""
    rows = Step.objects.filter(community=community, kind="meet", state__in=RUNNING, body__isnull=False, sitting=None)
    kept: QuerySet[Step] = rows.for_list().order_by("created_at", "pk")
    return kept


def sittings(community: Community) -> QuerySet[Sitting]:
    """List the sittings, the latest first."""
    rows = Sitting.objects.filter(community=community).select_related("community", "body__organisation")
    return rows.order_by("-held_on", "-pk")

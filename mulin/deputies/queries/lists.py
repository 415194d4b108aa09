"""Which suggestions there are, what waits for somebody, and on which cases one rests."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.kernel.brief import Brief
from mulin.kernel.models import Link, Pending
from mulin.kernel.refs import linked
from mulin.kernel.viewer import Viewer
from mulin.people.figures import today_in
from mulin.people.flow import OrganisationState
from mulin.people.models import Organisation
from mulin.people.queries import units_of
from mulin.territory.models import Community

from ..figures import CLASSES, DEPARTMENTS
from ..flow import SIGNABLE, UNANSWERED, State
from ..models import CoSigner, Suggestion

SECTION = 30
KIND = "deputies.suggestion"


def departments(community: Community) -> QuerySet[Organisation]:
    """List the organisations that a suggestion can go to, departments before units."""
    rows = Organisation.objects.filter(community=community, state=OrganisationState.REGISTERED, kind__in=DEPARTMENTS)
    found: QuerySet[Organisation] = rows.order_by("kind", "name")
    return found


def found(
    viewer: Viewer, community: Community, *, q: str = "", state: str = "", department: str = "", klass: str = ""
) -> QuerySet[Suggestion]:
    """Keep the suggestions that a viewer may see, by words, state, department and class of the answer."""
    rows = Suggestion.objects.visible_to(viewer).filter(community=community)
    if state == "late":
        today = today_in(community)
        late = Q(state__in=UNANSWERED, answer_by__lt=today) | Q(state=State.PROMISED, promised_on__lt=today)
        rows = rows.filter(late | Q(state=State.NOT_KEPT))
    elif state == "open":
        rows = rows.filter(state__in=SIGNABLE)
    elif state in State.values:
        rows = rows.filter(state=state)
    if department:
        rows = rows.filter(department=department)
    if klass in CLASSES:
        rows = rows.filter(klass=klass)
    if q:
        words = Q(title__icontains=q) | Q(number__iexact=q) | Q(matter__icontains=q) | Q(proposal__icontains=q)
        rows = rows.filter(words | Q(department__name__icontains=q))
    kept: QuerySet[Suggestion] = rows.for_list()
    return kept


def mine(viewer: Viewer, community: Community) -> QuerySet[Suggestion]:
    """Keep the suggestions that someone brought, signed, or has to answer."""
    rows = Suggestion.objects.visible_to(viewer).filter(community=community)
    signed = CoSigner.objects.filter(community=community, person=viewer.person_id)
    ways = Q(deputy=viewer.person_id) | Q(pk__in=signed.values("suggestion"))
    if units := units_of(viewer):
        ways |= Q(department__in=units)
    kept: QuerySet[Suggestion] = rows.filter(ways).for_list()
    return kept


any_open = Brief(
    lambda community: (
        Suggestion.objects.filter(community=community).exclude(state__in=(State.CLOSED, State.WITHDRAWN)).exists()
    )
)


def waiting(viewer: Viewer, community: Community) -> list[tuple[str, list[Suggestion]]]:
    """List what waits for this viewer: as a deputy, for a department, and at the desk; what is due first on top."""
    parts: list[tuple[str, Q]] = []
    if viewer.can("cases.desk") or viewer.can("cases.oversee"):
        asked = Pending.objects.filter(community=community, noun_kind=KIND, verb="extend")
        parts.append((_("To hand on"), Q(state=State.BROUGHT)))
        parts.append((_("Longer time asked for"), Q(pk__in=asked.values("noun_id"))))
    if viewer.is_person:
        own = Q(deputy=viewer.person_id)
        parts.append((_("Answered: your word is asked for"), own & Q(state=State.ANSWERED)))
        parts.append((_("Your drafts"), own & Q(state=State.DRAFTED)))
        if units := units_of(viewer):
            ours = Q(department__in=units)
            over = Q(state=State.PROMISED, promised_on__lt=today_in(community)) | Q(state=State.NOT_KEPT)
            parts.append((_("To take on, or to hand back"), ours & Q(state=State.HANDED)))
            parts.append((_("To answer"), ours & Q(state=State.IN_HAND)))
            parts.append((_("What was promised"), ours & over))
    if viewer.is_person and viewer.can("deputies.suggest"):
        signed = CoSigner.objects.filter(community=community, person=viewer.person_id)
        others = Q(state__in=SIGNABLE) & ~Q(deputy=viewer.person_id) & ~Q(pk__in=signed.values("suggestion"))
        parts.append((_("Of other deputies, to sign if you wish"), others))
    rows = Suggestion.objects.visible_to(viewer).filter(community=community).for_list()
    order = (F("due_at").asc(nulls_last=True), "pk")
    listed = [(label, list(rows.filter(which).order_by(*order)[:SECTION])) for label, which in parts]
    return [(label, kept) for label, kept in listed if kept]


# ---- the cases on which one rests ----


def cases_by_number(viewer: Any, community: Community, numbers: list[str]) -> dict[str, Case]:
    """Find cases that someone may see by their numbers; the clock and the system see none."""
    if not numbers or not hasattr(viewer, "holds"):
        return {}
    rows = Case.objects.visible_to(viewer).filter(community=community, number__in=[each.upper() for each in numbers])
    return {case.number: case for case in rows.for_list()}


def cases_of(viewer: Any, suggestion: Suggestion) -> list[Case]:
    """List the cases on which a suggestion rests, as far as this viewer may see them."""
    if not hasattr(viewer, "holds"):
        return []
    rows = Link.objects.filter(community=suggestion.community_id, target_id=suggestion.pk, source_kind="cases.case")
    seen = Case.objects.visible_to(viewer).filter(community=suggestion.community_id, pk__in=rows.values("source_id"))
    return list(seen.for_list().order_by("happened_at", "pk"))


def of_case(viewer: Any, case: Case) -> list[Suggestion]:
    """List the suggestions that came of a case and that a viewer may see, the latest first."""
    if KIND not in linked(case):
        return []
    rows = Link.objects.filter(community=case.community_id, source_id=case.pk, target_kind=KIND)
    seen = Suggestion.objects.visible_to(viewer).filter(community=case.community_id, pk__in=rows.values("target_id"))
    return list(seen.for_list().order_by("-created_at"))

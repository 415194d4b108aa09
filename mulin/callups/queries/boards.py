"""Who stands where: the board of running call-ups, a unit's own, those of one matter, and what everyone may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mulin.cases.models import Case
from mulin.journal.models import Detail
from mulin.kernel.brief import Brief
from mulin.kernel.clock import now
from mulin.kernel.refs import linked
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import Viewer
from mulin.people.queries import units_of
from mulin.territory.models import Community

from ..flow import OPEN, CallUpState, TurnoutState
from ..models import CallUp, Turnout
from . import units

T = TurnoutState
IN_A_COLUMN = 50
COLUMNS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Called, not here yet"), (T.CALLED,)), (_("Reported in"), (T.REPORTED_IN,)),
    (_("Done, to appraise"), (T.DONE,)), (_("Cannot come, or silent"), (T.REFUSED, T.LAPSED)),
)  # fmt: skip


@dataclass
class Board:
    """What runs now: what waits to be signed, and the units in columns by where they stand."""

    proposed: list[CallUp]
    columns: list[tuple[str, int, list[Turnout]]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.proposed and not any(count for _label, count, _rows in self.columns)


def _late() -> Q:
    return Q(state=T.LAPSED) | Q(state__in=(T.CALLED, T.REPORTED_IN), due_at__lt=now())


def board(viewer: Viewer, community: Community, *, q: str = "", kind: str = "", late: bool = False) -> Board:
    """Share the running turnouts that a viewer may see out to columns, what is due first on top."""
    calls = CallUp.objects.visible_to(viewer).filter(community=community, state=CallUpState.PROPOSED)
    rows = Turnout.objects.visible_to(viewer).filter(community=community, callup__state=CallUpState.CALLED)
    if q:
        words = Q(callup__title__icontains=q) | Q(callup__number__iexact=q) | Q(callup__place_name__icontains=q)
        rows = rows.filter(words | Q(organisation__name__icontains=q))
        calls = calls.filter(Q(title__icontains=q) | Q(number__iexact=q) | Q(place_name__icontains=q))
    if kind:
        rows, calls = rows.filter(organisation__kind=kind), calls.none()
    if late:
        rows, calls = rows.filter(_late()), calls.none()
    shown = Board(list(calls.for_list().order_by("created_at")[:IN_A_COLUMN]))
    for label, states in COLUMNS:
        here = rows.filter(state__in=states).for_list().order_by(F("due_at").asc(nulls_first=True), "pk")
        found = list(here[: IN_A_COLUMN + 1])
        count = len(found) if len(found) <= IN_A_COLUMN else here.count()
        shown.columns.append((str(label), count, found[:IN_A_COLUMN]))
    return shown


def news_since(viewer: Viewer, community: Community, size: int) -> int:
    """Count the call-ups and turnouts that a viewer may see and that moved since the log had a size."""
    moved = Detail.objects.filter(community_id=community.pk, seq__gte=size).values("noun_id")
    calls, turnouts = CallUp.objects.visible_to(viewer), Turnout.objects.visible_to(viewer)
    return calls.filter(pk__in=moved).count() + turnouts.filter(pk__in=moved).count()


def listed(viewer: Viewer, community: Community, *, q: str = "", state: str = "") -> QuerySet[CallUp]:
    """List the call-ups that a viewer may see, finished ones too, by words and state."""
    rows = CallUp.objects.visible_to(viewer).filter(community=community)
    if state in CallUpState.values:
        rows = rows.filter(state=state)
    found: QuerySet[CallUp] = holding(rows, viewer, q).for_list()
    return found


def holding(rows: Any, viewer: Viewer, q: str) -> Any:
    """Keep the call-ups that have these words in their title, place or number, or in the name of a unit called."""
    if not q:
        return rows
    called = Turnout.objects.visible_to(viewer).filter(organisation__name__icontains=q)
    words = Q(title__icontains=q) | Q(number__iexact=q) | Q(place_name__icontains=q)
    return rows.filter(words | Q(pk__in=called.values("callup")))


any_called = Brief(lambda community: Turnout.objects.filter(community=community, state=T.CALLED).exists())


def ours(viewer: Viewer, community: Community) -> QuerySet[Turnout]:
    """List what the viewer's units are called to, with what is due first; what is over stands behind."""
    rows = Turnout.objects.visible_to(viewer).filter(community=community, organisation__in=units_of(viewer))
    found: QuerySet[Turnout] = rows.filter(called_at__isnull=False).for_list()
    return found


def waiting_at(viewer: Viewer, community: Community, code: str) -> list[Turnout]:
    """List where the viewer's units can report in at the place of a plate's code."""
    rows = ours(viewer, community).filter(state__in=(T.CALLED, T.LAPSED), callup__state=CallUpState.CALLED)
    return [row for row in rows.order_by("due_at", "pk")[:IN_A_COLUMN] if _is_here(row, code)]


def _is_here(turnout: Turnout, code: str) -> bool:
    try:
        return units.is_at(turnout.callup, code)
    except Refused:
        return False


def beside(viewer: Viewer, case: Case) -> list[CallUp]:
    """List the call-ups of a case that a viewer may see, the latest first."""
    if "callups.callup" not in linked(case):
        return []
    rows = CallUp.objects.visible_to(viewer).filter(community=case.community_id, subject_id=case.pk)
    return list(rows.for_list().order_by("-created_at"))


def shown_publicly(case: Case) -> list[Turnout]:
    """List which units are called to a public case and where each stands; no words, no names of people."""
    if not case.is_public or "callups.callup" not in linked(case):
        return []
    rows = Turnout.objects.filter(community=case.community_id, callup__subject_id=case.pk, called_at__isnull=False)
    rows = rows.filter(state__in=(*OPEN, T.APPRAISED, T.EXCUSED))
    return list(rows.for_list().order_by("called_at", "organisation__name"))

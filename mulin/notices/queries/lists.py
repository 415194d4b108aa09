"""Notices on the board, what waits for those who post them, objections and answers, and the layout of a list."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from mulin.kernel.brief import Brief
from mulin.kernel.models import Noun, Pending
from mulin.kernel.viewer import Viewer
from mulin.people.flow import OrganisationState
from mulin.people.models import Organisation
from mulin.tables import Column, Layout
from mulin.territory.models import Community

from ..figures import KINDS, MASKS, Kind
from ..flow import ON_BOARD, OPEN, TO_ANSWER, State
from ..models import ListRow, Notice, Objection
from ..rules import KEEPS

SECTION, FEW = 30, 3
KIND = "notices.notice"
EXAMPLES = {
    "name": "张三", "door": "1号楼1单元101", "amount": "1000", "count": "3", "month": "2026-11-01",
}  # fmt: skip


def board(
    viewer: Viewer, community: Community, *, q: str = "", kind: str = "", part: str = ""
) -> QuerySet[Notice]:  # fmt: skip
    """Keep posted notices by words, number and kind; `part`: open, settled, past, rest (not open), all."""
    rows = Notice.objects.visible_to(viewer).filter(community=community, posted_on__isnull=False)
    if part == "open":
        rows = rows.filter(state=State.POSTED)
    elif part == "settled":
        rows = rows.filter(state=State.SETTLED)
    elif part == "rest":
        rows = rows.exclude(state=State.POSTED)
    elif part == "past":
        rows = rows.exclude(state__in=ON_BOARD)
    elif not part:
        rows = rows.filter(state__in=ON_BOARD)
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(text__icontains=q) | Q(number__iexact=q))
    kept: QuerySet[Notice] = rows.for_list()
    return kept


open_now = Brief(
    lambda community: list(
        Notice.objects.for_list().filter(community=community, state=State.POSTED).order_by("ends_on", "pk")[:FEW]
    )
)  # everybody may read these; for their home page half a minute is soon enough


def notice_of(subject: Noun) -> Notice | None:
    """Return the newest notice that was posted for a noun."""
    rows = Notice.objects.for_list().filter(community=subject.community_id, subject_id=subject.pk)
    found: Notice | None = rows.order_by("-created_at", "-pk").first()
    return found


def corrected_by(notice: Notice) -> Notice | None:
    """Return the notice that was posted in place of this one."""
    rows = Notice.objects.for_list().filter(community=notice.community_id, replaces=notice.pk)
    found: Notice | None = rows.filter(posted_on__isnull=False).order_by("-created_at").first()
    return found


def take_objections(viewer: Any, community: Community) -> QuerySet[Notice]:
    """Keep the posted notices of a community."""
    if not hasattr(viewer, "capabilities"):
        return Notice.objects.none()
    rows = Notice.objects.visible_to(viewer).filter(community=community, state=State.POSTED)
    kept: QuerySet[Notice] = rows.for_list()
    return kept


def organisations(community: Community) -> QuerySet[Organisation]:
    """List the organisations in whose name a notice may be posted."""
    rows = Organisation.objects.filter(community=community, state=OrganisationState.REGISTERED)
    found: QuerySet[Organisation] = rows.order_by("kind", "name")
    return found


def answers_of(notice: Notice) -> list[Objection]:
    """List the published answers to objections, the earliest first; nobody's name and words are read."""
    rows = Objection.objects.filter(community=notice.community_id, notice=notice.pk).exclude(published="")
    return list(rows.only("id", "community", "outcome", "published", "answered_on").order_by("answered_on", "pk"))


def objections_of(viewer: Viewer, notice: Notice) -> list[Objection]:
    """List the objections to a notice that this viewer may read."""
    rows = Objection.objects.visible_to(viewer).filter(community=notice.community_id, notice=notice.pk)
    return list(rows.for_list().order_by("-created_at"))


def objections_for(
    viewer: Viewer, community: Community, *, notice: Any = None, to_answer: bool = False
) -> QuerySet[Objection]:
    """Keep the objections that a viewer may read, of one notice, or those that wait for an answer."""
    rows = Objection.objects.visible_to(viewer).filter(community=community)
    if notice is not None:
        rows = rows.filter(notice=notice)
    if to_answer:
        rows = rows.filter(state__in=TO_ANSWER)
    kept: QuerySet[Objection] = rows.for_list()
    return kept


def own_objection(viewer: Viewer, notice: Notice) -> Objection | None:
    """Return a viewer's own objection to a notice that is not settled."""
    if viewer.person_id is None:
        return None
    rows = Objection.objects.filter(community=notice.community_id, notice=notice.pk, objector=viewer.person_id)
    found: Objection | None = rows.filter(state__in=OPEN).for_list().first()
    return found


def work(viewer: Viewer, community: Community) -> list[tuple[str, list[Any]]]:
    """List what waits for those who post notices, and a resident's own objections; what is due first on top."""
    mine = Objection.objects.visible_to(viewer).filter(community=community).for_list()
    parts: list[tuple[str, Any]] = []
    if viewer.can(KEEPS):
        notices = Notice.objects.visible_to(viewer).filter(community=community).for_list()
        asked = Pending.objects.filter(community=community, noun_kind=KIND, verb="post_list")
        waits = Q(pk__in=asked.values("noun_id"))
        parts.append((_("A second person has to agree"), notices.filter(waits, state=State.DRAFTED)))
        parts.append((_("Objections to answer"), mine.filter(state__in=TO_ANSWER).order_by("answer_by", "pk")))
        parts.append((_("Drafts"), notices.filter(~waits, state=State.DRAFTED).order_by("-created_at")))
        parts.append((_("Posted now"), notices.filter(state=State.POSTED).order_by("ends_on", "pk")))
    own = mine.filter(objector=viewer.person_id)
    parts.append((_("Your objections"), own.order_by("-created_at")))
    listed = ((label, list(rows[:SECTION])) for label, rows in parts)
    return [(label, rows) for label, rows in listed if rows]


def whole_rows(notice: Notice, most: int | None = None) -> list[list[str]]:
    """List the masked rows of a notice, or the first of them, in the order of its columns."""
    if not notice.rows_count or notice.erased_at is not None:
        return []
    names = [column.name for column in notice.kind_of.columns]
    kept = ListRow.objects.filter(community=notice.community_id, notice=notice.pk).order_by("number")[:most]
    return [[cells.get(name, "") for name in names] for cells in kept.values_list("cells", flat=True)]


def layout_of(kind: Kind) -> Layout:
    """Say what a table of this kind of list looks like; its cells are masked as they are read."""
    columns = tuple(
        Column(
            each.name, (each.zh, each.en), MASKS[each.mask], required=each.needed, help=each.how,
            example=EXAMPLES.get(each.mask, ""), empty="",
        )
        for each in kind.columns
    )  # fmt: skip
    return Layout(str(kind), kind.zh, columns)

"""Cases as tables: what everyone may read of them at once, people's words only for those who read them whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.cases import queries as cases
from mulin.cases import rules
from mulin.cases.flow import ENDED, NEW, State
from mulin.cases.models import Case, CaseQuerySet
from mulin.people.figures import masked
from mulin.secrecy.normal import mask_phone
from mulin.tables import Column, Layout
from mulin.tables.cells import plain
from mulin.territory.queries import places

from ..figures import AT_ONCE

STATES: dict[str, tuple[str, ...]] = {
    "new": NEW, "in_hand": (State.IN_HAND,), "waiting": (State.WAITING,), "solved": (State.SOLVED,), "ended": ENDED,
}  # fmt: skip
STATE_WORDS = {
    "new": _l("New"), "in_hand": _l("In hand"), "waiting": _l("Waiting"), "solved": _l("Solved"), "ended": _l("Ended"),
}  # fmt: skip
CHOICES = ("q", "category", "grid", "state")
PUBLIC: dict[str, Any] = {
    "number": _l("Number"), "state": _l("State"), "kind": _l("Kind"), "key": _l("Key of the kind"), "grid": _l("Grid"),
    "place": _l("Place"), "summary": _l("Summary for the public"), "reported": _l("Reported at"), "due": _l("Due at"),
    "accepted": _l("Taken on at"), "solved": _l("Solved at"), "closed": _l("Closed at"), "post": _l("With"),
    "met": _l("Neighbours who met it too"), "reopened": _l("Times reopened"),
}  # fmt: skip
WHOLE: dict[str, Any] = {
    "words": _l("Words"), "address": _l("Where exactly"), "cause": _l("Cause"), "remedy": _l("What was done"),
    "reporter": _l("Reporter"), "phone": _l("Phone"), "mark": _l("Exported for"),
}  # fmt: skip


def chosen(viewer: Any, community: Any, choice: Any) -> CaseQuerySet:
    """Keep the cases that the viewer may see, narrowed as the list of cases is."""
    found: CaseQuerySet = Case.objects.visible_to(viewer).filter(community=community)
    if key := str(choice.get("category") or "")[:40]:
        found = cases.of_category(found, community, key)
    if (grid := str(choice.get("grid") or "")[:9]).isdecimal():
        found = cases.in_grid(found, community, int(grid))
    if states := STATES.get(str(choice.get("state") or "")):
        found = found.filter(state__in=states)
    if q := str(choice.get("q") or "").strip()[:200]:
        found = cases.holding(found, viewer, community, q)
    return found


def choice_in_words(community: Any, choice: Any) -> list[str]:
    """Say what cases were narrowed to, with the names of kinds, grids and states as people know them."""
    kinds = {row.key: str(row) for row in cases.categories(community.pk)}
    grids = {str(grid.number): grid.name for grid in places(community).grids}
    known = {"category": kinds, "grid": grids, "state": {key: str(words) for key, words in STATE_WORDS.items()}}
    return [known.get(name, {}).get(str(value), str(value)) for name, value in choice.items() if value]


def count_of(found: CaseQuerySet) -> int:
    """Count what is chosen; one statement."""
    return sum(cases.by_state(found).values())


def layout(*, whole: bool = False) -> Layout:
    """Say which columns the table has, in the reader's language."""
    heads = {**PUBLIC, **(WHOLE if whole else {})}
    columns = tuple(Column(name, (str(label),), plain) for name, label in heads.items())
    return Layout(_("Cases"), _("Cases"), columns)


def _pieces(found: CaseQuerySet) -> Iterator[list[Case]]:
    """Read so many cases at a time, the newest first: a long table never stands in memory as rows of the database."""
    after = None
    while piece := list(cases.newest(found, after).for_list().select_related("reporter")[:AT_ONCE]):
        yield piece
        after = (piece[-1].happened_at, piece[-1].pk)


def public_rows(found: CaseQuerySet, community: Any) -> Iterator[dict[str, Any]]:
    """Give out what everyone may read of each case."""
    for piece in _pieces(found):
        for case in piece:
            yield _public(case, community)


def whole_rows(
    found: CaseQuerySet, viewer: Any, community: Any, *, mark: str, contacts: bool
) -> Iterator[tuple[Case, dict[str, Any]]]:
    """Give out words too, of those cases that the viewer reads whole; names and numbers masked unless asked for."""
    reads = rules.reads_whole(viewer)
    for piece in _pieces(found):
        for case in piece:
            own = _whole(case, contacts) if reads(case) else {}
            yield case, {**_public(case, community), **own, "mark": mark}


def _public(case: Case, community: Any) -> dict[str, Any]:
    def at(moment: datetime | None) -> str:
        return moment.astimezone(community.zone_info).strftime("%Y-%m-%d %H:%M") if moment else ""

    door = f"{case.building} {case.entrance.name}" if case.building and case.entrance else case.building
    return {
        "number": case.number, "state": case.state_label, "kind": str(case.category), "key": case.category.key,
        "grid": str(case.grid or ""), "place": str(door or ""), "summary": case.public_summary,
        "reported": at(case.happened_at), "due": at(case.due_at) if case.is_open else "",
        "accepted": at(case.accepted_at), "solved": at(case.solved_at), "closed": at(case.closed_at),
        "post": str(case.post or ""), "met": case.met_by, "reopened": case.reopened,
    }  # fmt: skip


def _whole(case: Case, contacts: bool) -> dict[str, Any]:
    unnamed = case.disclosure == "anonymous" and not case.is_behalf
    name = case.contact_name or (case.reporter.name if case.reporter and not unnamed else "")
    phone = case.contact_phone or (case.reporter.phone if case.reporter and not unnamed else "")
    shown = (name, phone) if contacts else (masked(name), mask_phone(phone))
    return {
        "words": case.words, "address": case.address, "cause": case.cause, "remedy": case.remedy,
        "reporter": shown[0], "phone": shown[1],
    }  # fmt: skip

"""One case, as its caller may read it, and its photos."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase

from mulin.api.http import Call
from mulin.api.moves import find
from mulin.api.resources import address, steps, timers, waiting
from mulin.kernel.models import pending_for
from mulin.secrecy.normal import mask_phone
from mulin.uploads import files

from .. import queries, rules
from ..actions.contact import look_at
from ..models import Case
from .shapes import CaseFull, CaseShown, Event, Photo


def cases_of(call: Call) -> QuerySet[Case]:
    """Keep the cases that this call may see."""
    cases = Case.objects.visible_to(call.viewer).filter(community=call.community)
    return cases.for_list().select_related("reporter", "leader", "post__kind")


def code_of(case: Case) -> str:
    """Return the hash of the code that opens a case to whoever reported it without a name."""
    return case.code_hash


def draft(call: Call) -> Case:
    """Begin a case that is not reported yet."""
    return Case(community=call.community, disclosure="anonymous" if not call.viewer.is_someone else "named")


def show(call: Call, case: Case) -> CaseShown:
    """Answer one case, as this caller may read it."""
    inside = rules.sees_everything(call.viewer, case)
    base = address(case, "cases", call.community.slug)
    return CaseShown(
        case.pk, case.number, case.state, case.state_label, case.version, case.title if inside else case.shown_title,
        case.category.key, str(case.category), case.is_public, case.level, case.grid.number if case.grid else None,
        case.building.name if case.building else None, case.entrance.name if case.entrance else None,
        case.shown_lon, case.shown_lat, case.post_id, str(case.post) if case.post else None, case.met_by,
        case.reopened, case.happened_at, case.due_at, base,
        public_summary=case.public_summary, waits_for=case.waits_for, waits_until=case.waits_until,
        accepted_at=case.accepted_at, solved_at=case.solved_at, closed_at=case.closed_at, rating=case.rating,
        merged_into=case.merged_into_id, clocks=timers(case),
        timeline=[
            Event(step.verb, step.at, step.actor, step.before, step.after, step.details)
            for step in queries.timeline(case, call.viewer)
        ],
        moves=steps(call, case, base), full=_full(call, case, base) if inside else None,
        url=case.get_absolute_url(), secret=getattr(case, "secret", "") or None,
    )  # fmt: skip


def _full(call: Call, case: Case, base: str) -> CaseFull:
    viewer = call.viewer
    # Who leads it as a neighbour reads the matter, not how to reach the reporter.
    near = rules.in_charge(viewer, case) or rules.is_reporter(viewer, case)
    reporter_id = case.reporter_id if near else None
    look_at(case, by=viewer)
    photos = [Photo(row.pk, row.stage, row.width, row.height, f"{base}/photos/{row.pk}") for row in _photos(case)]
    return CaseFull(
        case.words, case.disclosure, case.is_behalf, case.address, case.lon, case.lat,
        _name(reporter_id, case, viewer), case.contact_name if near else "",
        mask_phone(case.contact_phone) if near and case.contact_phone else "",
        case.leader.name if case.leader else "", case.cause, case.remedy, case.rating_words, photos,
        waiting(call, case, pending_for(case), base) if rules.takes_part(viewer, case) else [],
    )  # fmt: skip


def _photos(case: Case) -> list[Any]:
    return case.fresh_photos if case.fresh_photos is not None else files.photos_of(case)


def _name(reporter_id: UUID | None, case: Case, viewer: Any) -> str:
    if reporter_id is None:
        return ""
    return viewer.name if reporter_id == viewer.person_id else str(case.reporter)


def photo(call: Call, id: UUID, photo: UUID) -> HttpResponseBase:
    """Answer a photo of a case to those who read everything."""
    case = find(call, id, cases_of, code_of)
    if not rules.sees_everything(call.viewer, case):
        raise Http404
    return files.serve(files.photos_of(case), photo, call.GET.get("size", ""))

"""One proposal with its whole way, one step of it, and the page on which something is proposed."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.cases.models import Case
from mulin.kernel.viewer import NOBODY
from mulin.uploads import files
from mulin.web.http import Visit, community_of, someone
from mulin.web.nouns import asked_for, create, waiting

from .. import queries, rules
from ..flow import RUNNING
from ..models import Proposal, Step


def _found(request: Visit, id: UUID) -> Proposal:
    # What was sent is everybody's; only of a draft it is asked for whom a viewer speaks.
    for viewer in (NOBODY, request.viewer):
        rows = Proposal.objects.visible_to(viewer).filter(community=community_of(request), pk=id)
        if found := rows.for_list().select_related("merged_into__community").first():
            return cast("Proposal", found)
    raise Http404


def _step(request: Visit, id: UUID) -> Step:
    rows = Step.objects.visible_to(request.viewer).filter(community=community_of(request))
    found: Step = get_object_or_404(rows.for_list(), pk=id)
    return found


def _pictures(noun: Any, name: str) -> list[dict[str, Any]]:
    listed = []
    for photo in files.photos_of(noun):
        args = [noun.community.slug, noun.pk, photo.pk]
        full, thumb = (reverse(f"proposals:{name}", args=[*args, size]) for size in ("full", "thumb"))
        listed.append({"url": full, "thumb": thumb, "stage": photo.stage})
    return listed


def new(request: Visit, slug: str) -> HttpResponse:
    """Propose something, in a few words; from a case, it rests on that case."""
    community, viewer = community_of(request), someone(request)
    draft = Proposal(community=community)
    case = asked_for(request, Case.objects.visible_to(viewer).filter(community=community).for_list(), "case")
    draft.begun_with = case
    back = case.get_absolute_url() if case else reverse("proposals:board", args=[slug])
    return create(
        request, draft, "pitch", back_url=back,
        intro=_("A few words are enough for now. Nobody else sees it before you send it."),
        done=_("Kept as a draft. Look at what is like it, write the rest, then send it."),
    )  # fmt: skip


@require_safe
def proposal(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one proposal: what is wrong, what should be done, its whole way, and what came of it."""
    row, viewer = _found(request, id), request.viewer
    steps = queries.steps_of(row)
    for each in steps:
        each.due_words = queries.due_words(each) if each.state in ("open", "objected") else ""  # type: ignore[attr-defined]
    own = rules.is_proposer(viewer, row)
    is_draft = row.state == "draft"
    text = f"{row.title} {row.wrong} {row.plan}"
    way = queries.way(row, queries.words_of(row).get(None, []))
    happened = {each["verb"] for each in way}
    row.open_step = next((each for each in steps if each.state in RUNNING), None)  # loaded with the others
    context = {
        "proposal": row, "steps": steps, "five": queries.five(row, steps), "own": own,
        "brought": row.brought_by(viewer), "open": row.open_step,
        "alike": queries.alike(viewer, row.community, text, row.pk) if own and is_draft else [],
        "photos": _pictures(row, "photo"), "merged": queries.merged_from(row) if "take_in" in happened else [],
        "revisions": queries.revisions(row) if "revise" in happened else [], "way": way,
        "came_of": queries.came_of(viewer, row, steps),
        "supports": rules.supports(viewer, row), "judged": [mark for each in steps for mark in queries.judged(each)],
        "needed": row.supporters_needed if row.state == "returned" else 0, "planned": row.steps if not steps else (),
    }  # fmt: skip
    return render(request, "proposals/proposal.html", context)


@require_safe
def step(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one step: who acts, until when, what was said and handed in, and what came of it."""
    row, viewer = _step(request, id), request.viewer
    words = queries.words_of(row.proposal)
    inside = rules.acts(viewer, row) or rules.is_officer(viewer, row)
    context = {
        "step": row, "proposal": row.proposal, "photos": _pictures(row, "step_photo"),
        "way": queries.way(row, words.get(row.pk, [])), "judged": queries.judged(row),
        "said": queries.said_of(row), "own_rating": queries.own_rating(viewer, row) if row.kind == "judge" else None,
        "pending": waiting(row, viewer) if inside else [],
        "rules_name": queries.rules_name(row.rules) if row.kind == "vote" and not row.to_all else "",
        "due_words": queries.due_words(row) if row.state in ("open", "objected") else "",
    }  # fmt: skip
    return render(request, "proposals/step.html", context)


@require_safe
def photo(request: Visit, slug: str, id: UUID, photo: UUID, size: str) -> HttpResponseBase:
    """Give a picture of a proposal."""
    return files.serve(files.photos_of(_found(request, id)), photo, size)


@require_safe
def step_photo(request: Visit, slug: str, id: UUID, photo: UUID, size: str) -> HttpResponseBase:
    """Give a picture of a step."""
    return files.serve(files.photos_of(_step(request, id)), photo, size)

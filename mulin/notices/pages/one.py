"""One notice as everyone reads it, on the screen and on paper; the page to write one; an objection and its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin.kernel.refs import cards
from mulin.people.queries import history
from mulin.uploads import files
from mulin.web.http import Visit, community_of, someone
from mulin.web.nouns import asked_for, create, waiting

from .. import queries, rules
from ..models import Notice, Objection

MOST_SHOWN = 500  # rows of a list on a page; the sheet has them all


def _found(request: Visit, id: UUID) -> Notice:
    rows = Notice.objects.visible_to(request.viewer).filter(community=community_of(request))
    found: Notice = get_object_or_404(rows.for_list().select_related("replaces__community"), pk=id)
    return found


def _unlisted(notice: Notice, response: HttpResponse) -> HttpResponse:
    """Keep search engines and archives away from what names people, and from drafts."""
    if not notice.kind_of.index or notice.posted_on is None:
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet, noimageindex"
    return response


def new(request: Visit, slug: str) -> HttpResponse:
    """Write a notice; from another one, it corrects that one."""
    community, viewer = community_of(request), request.viewer
    draft = Notice(community=community)
    if not rules.keeps_notices(viewer, draft):
        raise Http404
    posted = Notice.objects.visible_to(viewer).filter(community=community, posted_on__isnull=False)
    draft.begun_with = before = asked_for(request, posted.for_list(), "replaces")
    back = before.get_absolute_url() if before else reverse("notices:mine", args=[slug])
    intro = _("Nobody else sees it before it is posted. Once it is, its words stay as they are.")
    if before:
        intro = _("What was posted stays to be read. The corrected one has days of its own, from its beginning.")
    return create(
        request, draft, "draft", back_url=back, intro=intro,
        done=_("Kept as a draft. Look at it as everyone will see it, then post it."),
    )  # fmt: skip


@require_safe
def notice(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one notice: what is posted, how long, what was objected and answered, and where the log holds it."""
    row, viewer = _found(request, id), request.viewer
    keeps = rules.keeps_notices(viewer, row)
    listed, subject = queries.whole_rows(row, MOST_SHOWN), row.subject
    context = {
        "notice": row, "kind": row.kind_of, "keeps": keeps, "rows": listed,
        "more": row.rows_count - len(listed), "photos": _photos(row), "head": queries.head_of(row),
        "steps": queries.way(row), "answers": queries.answers_of(row), "corrected": queries.corrected_by(row),
        "objections": queries.objections_of(viewer, row) if keeps else [],
        "own": queries.own_objection(viewer, row), "pending": waiting(row, viewer) if keeps else [],
        "may_object": rules.may_object(viewer, Objection(community=row.community, notice=row)) and row.takes_objections,
        "may_correct": keeps and row.subject_id is None and row.state in ("posted", "settled", "withdrawn"),
        "about": cards([subject], viewer).get(subject) if subject else None,
    }  # fmt: skip
    return _unlisted(row, render(request, "notices/notice.html", context))


def _photos(row: Notice) -> list[dict[str, Any]]:
    listed = []
    for photo in files.photos_of(row) if row.kind_of.pictures else ():
        args = [row.community.slug, row.pk, photo.pk]
        full, thumb = (reverse("notices:photo", args=[*args, size]) for size in ("full", "thumb"))
        listed.append({"url": full, "thumb": thumb, "width": photo.width, "height": photo.height})
    return listed


@require_safe
def photo(request: Visit, slug: str, id: UUID, photo: UUID, size: str) -> HttpResponseBase:
    """Give a picture of a notice."""
    return files.serve(files.photos_of(_found(request, id)), photo, size)


@require_safe
def sheet(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Lay a notice out for A4: with its code to scan, its fingerprint and the head of the log on that day."""
    row = _found(request, id)
    address = settings.SITE_URL.rstrip("/") + row.get_absolute_url()
    code = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2)
    context = {
        "notice": row, "kind": row.kind_of, "rows": queries.whole_rows(row), "code": SafeString(code),
        "address": address, "head": queries.head_of(row), "photos": _photos(row),
    }  # fmt: skip
    return _unlisted(row, render(request, "notices/sheet.html", context))


def objection_new(request: Visit, slug: str) -> HttpResponse:
    """Object to a notice."""
    community, viewer = community_of(request), someone(request)
    posted = queries.take_objections(viewer, community)
    if (row := asked_for(request, posted, "notice")) is None:
        raise Http404
    draft = Objection(community=community, notice=row)
    intro = _("You object to: %(title)s. You have an answer within %(days)s days.")
    return create(
        request, draft, "lodge", back_url=row.get_absolute_url(),
        intro=intro % {"title": row.title, "days": row.kind_of.answer_days},
        done=_("Your objection is there. The notice does not settle before it is answered."),
    )  # fmt: skip


@require_safe
def objection(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one objection to whoever raised it and to those who answer."""
    viewer = someone(request)
    rows = Objection.objects.visible_to(viewer).filter(community=community_of(request))
    row = get_object_or_404(rows.for_list(), pk=id)
    context = {
        "objection": row, "keeps": rules.keeps_notices(viewer, row), "own": rules.is_objector(viewer, row),
        "steps": history(row, viewer, names=False),
    }  # fmt: skip
    response = render(request, "notices/objection.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response

"""Pages of comments: the panel on a matter's page, one comment, writing one, the queue of the desk, cooling-offs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mulin.people.queries import history
from mulin.web.beside import Panel
from mulin.web.http import Visit, community_of, someone
from mulin.web.nouns import asked_for, create
from mulin.web.paging import paged, with_

from . import queries, rules
from .figures import GROUNDS
from .models import Comment, Pause

ALL = 200  # answers on a comment's own page
PANEL = 90  # after what the page itself has to say


def panel(request: HttpRequest, subject: Any) -> Panel | None:
    """Show what neighbours say on a noun, and the field to say something; for `web.beside.stand_beside`."""
    if subject._meta.label_lower not in GROUNDS:
        return None
    visit: Any = request
    found = queries.discussion(subject, visit.viewer, request.GET.get("comments", ""))
    context = {
        "talk": found, "on": f"{subject._meta.label_lower}:{subject.pk}", "may_answer": found.takes,
        "units": queries.units(visit.viewer) if found.takes else [],
        "older_url": with_(visit, comments=found.next) if found.next else "",
        "is_first": not request.GET.get("comments"), "newest_url": with_(visit, comments="") or "?",
    }  # fmt: skip
    return Panel("comments/panel.html", context, PANEL)


def _subject(request: Visit) -> Any:
    on = request.POST.get("on") or request.GET.get("on", "")
    return queries.subject_of(request.viewer, community_of(request), on)


def _back_to(subject: Any, response: HttpResponse) -> HttpResponse:
    """Lead back to the discussion, once something was said there."""
    if response.status_code == 302:
        response["Location"] = f"{subject.get_absolute_url()}#comments"
    return response


def write(request: Visit, slug: str) -> HttpResponse:
    """Say something on a matter, or answer a comment."""
    viewer, subject = someone(request), _subject(request)
    above = asked_for(request, Comment.objects.visible_to(viewer).on(subject).for_list(), "answers")
    draft = Comment(community=community_of(request), subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    draft.subject = subject
    intro = _("On: %(title)s") % {"title": subject}
    if above and above.is_readable:
        intro = _("You answer %(name)s: %(words)s") % {"name": above.name_for(viewer), "words": above.words}
    response = create(
        request, draft, "write", template="comments/write.html", intro=intro, done=_("It stands there now."),
        back_url=f"{subject.get_absolute_url()}#comments", on=f"{draft.subject_kind}:{subject.pk}", above=above,
    )  # fmt: skip
    return _back_to(subject, response)


@require_safe
def comment(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one comment with its answers, and what can be done about it."""
    viewer = request.viewer
    rows = Comment.objects.visible_to(viewer).filter(community=community_of(request)).for_list()
    row = get_object_or_404(rows.select_related("answers__writer", "answers__unit"), pk=id)
    moderates = rules.moderates(viewer, row)
    subject = row.subject
    talk = queries.discussion_of(row, viewer, ALL)
    context = {
        "row": row, "talk": talk, "line": talk.lines[0], "subject": subject, "on": str(row.ref),
        "may_answer": talk.takes and row.is_readable and row.answers_id is None,
        "reports": queries.reports_of([row])[row.pk] if moderates and row.reports_open else [],
        "steps": history(row, viewer, names=False), "moderates": moderates,
        "asked": row.asked_words if moderates or rules.is_writer(viewer, row) else "",
    }  # fmt: skip
    response = render(request, "comments/comment.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@require_safe
def queue(request: Visit, slug: str) -> HttpResponse:
    """List what was reported, what waits for a second look, and what is hidden; for those who keep the pages."""
    community, viewer = community_of(request), someone(request)
    if not rules.keeps_pages(viewer, Comment(community=community)):
        raise Http404
    lists = {
        "reported": pgettext("comments", "Reported"),
        "asked": _("A second look is asked for"),
        "hidden": pgettext("comments", "Hidden"),
    }
    chosen = request.GET.get("list", "") if request.GET.get("list", "") in lists else "reported"
    rows, next_url = paged(queries.queue(viewer, community, chosen), request)
    cards, reports = queries.titles(rows, viewer), queries.reports_of(rows)
    context = {
        "rows": [(queries.line(row, viewer), cards.get(row.pk), reports.get(row.pk, [])) for row in rows],
        "next_url": next_url, "chosen": chosen,
        "chips": [(f"?list={key}", label, key == chosen) for key, label in lists.items()],
    }  # fmt: skip
    return render(request, "comments/queue.html", context)


def cool(request: Visit, slug: str) -> HttpResponse:
    """Let the discussion of a matter cool off."""
    viewer, subject = someone(request), _subject(request)
    draft = Pause(community=community_of(request), subject_kind=subject._meta.label_lower, subject_id=subject.pk)
    if not rules.keeps_pages(viewer, draft):
        raise Http404
    intro = _("On: %(title)s. Nobody writes in it for some hours, whoever they are. What was said stays.")
    response = create(
        request, draft, "cool", template="comments/write.html", intro=intro % {"title": subject},
        done=_("It cools off now, and opens by itself."), back_url=f"{subject.get_absolute_url()}#comments",
        on=f"{draft.subject_kind}:{subject.pk}",
    )  # fmt: skip
    return _back_to(subject, response)


@require_safe
def pause(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show a cooling-off: why, until when, and for those who keep the pages the way to end it."""
    rows = Pause.objects.visible_to(request.viewer).filter(community=community_of(request))
    row = get_object_or_404(rows.for_list(), pk=id)
    context = {"pause": row, "subject": row.subject, "steps": history(row, request.viewer, names=False)}
    return render(request, "comments/pause.html", context)

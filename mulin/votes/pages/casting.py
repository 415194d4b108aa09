"""Casting a ballot in two taps, and the receipt by which one finds it in the log at any later time."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mulin.kernel.doors import make_move
from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, community_of, someone
from mulin.web.middleware import refused as refused_page
from mulin.web.moves import once_of

from .. import queries
from ..models import Ballot, Vote
from .one import choices_of, seen


@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show what can be chosen, then what was chosen to be confirmed; cast it, and open its receipt."""
    vote, viewer = seen(request, id), someone(request)
    given = request.POST if request.method == "POST" else request.GET
    own = [each for each in queries.own(vote, viewer) if each.may]
    if not own:
        raise vote.flow.why_not("cast", viewer, vote) or Http404
    named = next((each for each in own if each.entry.key == given.get("entry")), own[0] if len(own) == 1 else None)
    form = None
    if request.method == "POST":
        try:
            made, form = make_move(vote, "cast", by=viewer, data=request.POST, once=once_of(request, "cast"))
        except Refused as error:
            return refused_page(request, error, noun=vote)
        if made is not None:
            return redirect("votes:receipt", slug=slug, id=_newest(vote, request, own).pk)
    chosen = given.getlist("options" if vote.is_choosing else "choice")
    context = {
        "vote": vote, "own": own, "named": named, "choices": choices_of(vote), "form": form, "chosen": chosen,
        "label": queries.choice_label(vote, chosen) if named and _is_whole(vote, chosen) else "",
    }  # fmt: skip
    return render(request, "votes/ballot.html", context, status=422 if form is not None else 200)


def _is_whole(vote: Vote, chosen: list[str]) -> bool:
    if vote.is_choosing:
        return 0 < len(chosen) <= vote.rules["seats"] and set(chosen) <= {each["key"] for each in vote.options}
    return len(chosen) == 1 and chosen[0] in {each["key"] for each in choices_of(vote)}


def _newest(vote: Vote, request: Visit, own: list[queries.Own]) -> Ballot:
    key = request.POST.get("entry") or own[0].entry.key
    rows = queries.own_ballots(request.viewer).filter(vote=vote, entry__key=key)
    found: Ballot = rows.order_by("-number")[0]
    return found


def _receipt(request: Visit, id: UUID) -> queries.Receipt:
    community_of(request)
    return queries.receipt(get_object_or_404(queries.own_ballots(someone(request)), pk=id))


@require_safe
def receipt(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show that a ballot is in the log, reckoned anew whenever it is asked; it does not say what was voted."""
    found = _receipt(request, id)
    last = found.ballot.entry.ballots.order_by("-number").values_list("number", flat=True)[0]
    context = {
        "receipt": found, "vote": found.vote, "is_last": last == found.ballot.number,
        "gauges": queries.quorum(found.vote) if found.vote.state == "open" else [],
        "back_url": reverse("votes:vote", args=[slug, found.vote.pk]), "title": _("Receipt"),
    }  # fmt: skip
    return render(request, "votes/receipt.html", context)


@require_safe
def receipt_file(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Give the receipt as a file, with all that is needed to check it elsewhere."""
    found = _receipt(request, id)
    named = f'attachment; filename="receipt-{found.vote.number}-{found.seq}.json"'
    content = json.dumps(found.document(), indent=1, ensure_ascii=False)
    return HttpResponse(content, content_type="application/json", headers={"Content-Disposition": named})

"""One body with its seats, rules and mandates; one mandate, and the page on which one is proposed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_safe

from mulin.people.figures import today_in
from mulin.people.queries import history, open_offers
from mulin.web.http import Visit, community_of
from mulin.web.nouns import asked_for, create, waiting

from .. import queries, rules
from ..figures import Answer, yuan
from ..flow import MandateState
from ..forms import Within
from ..models import Body, Mandate

# What was done, where the words of the button would not tell it.
SAID = {
    "found": _l("Founded"), "take_office": _l("Took office"), "new_term": _l("A new term began"),
    "change_rules": _l("Its rules changed"), "propose": _l("Proposed"), "grant": _l("It was granted"),
    "use": _l("Something was decided under it"), "revoke": _l("It was revoked"), "withdraw": _l("It was withdrawn"),
}  # fmt: skip


def _bodies(request: Visit) -> Any:
    return Body.objects.visible_to(request.viewer).filter(community=community_of(request)).for_list()


@require_safe
def body(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one body: who sits in it until when, by which rules it decides, what it may decide alone, what happened."""
    community, viewer = community_of(request), request.viewer
    found = get_object_or_404(_bodies(request), pk=id)
    seats = queries.seats_of([found], community)[found.pk]
    keeps = rules.keeps_bodies(viewer, found)
    old = queries.versions(found)
    form, answer = _would_it(request, found)
    context = {
        "body": found, "place": queries.place_of(found), "seats": seats,
        "filled": sum(bool(seat.held) for seat in seats), "ending": [seat for seat in seats if seat.ends_soon],
        "standing": queries.can_decide(found), "conflicts": queries.conflicts(found),
        "rules": queries.rules_in_words(found.rules, found.seats), "versions": old[1:], "rules_since": old[0],
        "supervised": _bodies(request).living().filter(supervisor=found.pk),
        "mandates": [row for row in queries.mandates_of(found) if row.state != MandateState.ENDED],
        "ended": [row for row in queries.mandates_of(found) if row.state == MandateState.ENDED],
        "uses": queries.uses_of(found), "form": form, "answer": answer, "may_keep": keeps,
        "may_propose": keeps or found.has_member(viewer), "offers": _offers(request, seats),
        "pending": waiting(found, viewer) if keeps else [], "steps": _steps(found, viewer, keeps),
        "bar": sorted(seats, key=lambda seat: (not seat.held, seat.ends_soon)),
        "quorum": found.rules.quorum.least(found.seats),
    }  # fmt: skip
    return render(request, "bodies/body.html", context)


def _steps(noun: Any, viewer: Any, names: bool) -> list[dict[str, Any]]:
    """List what happened, without the offers of seats: who sits there stands above."""
    offered = str(noun.flow["offer_seat"].label) if isinstance(noun, Body) else ""
    return [step for step in history(noun, viewer, names=names, said=SAID) if step["text"] != offered]


def _would_it(request: Visit, body: Body) -> tuple[Within, Answer | None]:
    """Answer whether something would be within the mandate, when that was asked."""
    if "matter" not in request.GET:
        return Within(), None
    form = Within(request.GET)
    if not form.is_valid():
        return form, None
    told = form.cleaned_data
    return form, queries.within(body, matter=told["matter"], amount_fen=told["amount"] or 0)


def _offers(request: Visit, seats: list[Any]) -> list[Any]:
    """List the seats that this viewer was offered and has not answered."""
    posts = {seat.post.pk for seat in seats}
    return [term for term in open_offers(request.viewer, community_of(request)) if term.post_id in posts]


@require_safe
def mandate(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one mandate: what it allows, who granted it, what was decided under it."""
    viewer = request.viewer
    rows = Mandate.objects.visible_to(viewer).filter(community=community_of(request)).for_list()
    found = get_object_or_404(rows, pk=id)
    keeps = rules.keeps_bodies(viewer, found)
    year = today_in(found.community).year
    spent = queries.spent_in(found, year)
    context = {
        "mandate": found, "body": found.body, "place": queries.place_of(found), "year": year,
        "uses": queries.uses_of(found.body, found), "spent": yuan(spent), "left": yuan(max(found.year_fen - spent, 0)),
        "pending": waiting(found, viewer) if keeps else [], "steps": _steps(found, viewer, keeps),
    }  # fmt: skip
    return render(request, "bodies/mandate.html", context)


def mandate_new(request: Visit, slug: str) -> HttpResponse:
    """Propose a mandate for a body; those whom it concerns grant it."""
    community = community_of(request)
    found = asked_for(request, _bodies(request), "body")
    draft = Mandate(community=community, body=found) if found else Mandate(community=community)
    back = found.get_absolute_url() if found else reverse("bodies:bodies", args=[slug])
    intro = _("It is in force when those whom it concerns have granted it. Beyond it, a matter goes to all residents.")
    return create(request, draft, "propose", back_url=back, intro=intro)

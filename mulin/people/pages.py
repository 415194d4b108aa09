"""The posts of a community: who holds them, which are vacant; terms; and a number shown for a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from mulin.web import moves
from mulin.web.http import community_of

from . import actions, forms, queries
from .models import Person, Term


def posts(request: Any, slug: str) -> HttpResponse:
    """List the posts with holders and vacancies."""
    community = community_of(request)
    listed: list[Any] = list(queries.posts_with_holders(request.viewer, community))
    places = queries.place_names(community, listed)
    rows = [(post, places.get(post.place_id, "")) for post in listed]
    held = [term for post in listed for term in post.held]
    context = {
        "rows": rows,
        "offers": queries.open_offers(request.viewer, community),
        "may_invite": request.viewer.can("people.invite"),
        "may_end": {term.pk for term in held if not term.flow.why_not("end", request.viewer, term)},
    }
    return render(request, "people/posts.html", context)


def term_move(request: Any, slug: str, term_id: UUID, move: str) -> HttpResponse:
    """Show the form of a move of a term, or make it."""
    community_of(request)
    make = moves.move if request.method == "POST" else moves.ask
    return make(request, Term.objects.visible_to(request.viewer), term_id, move)


def reveal(request: Any, slug: str, person_id: UUID) -> HttpResponse:
    """Ask for a reason, then show someone's full number on this one page."""
    community_of(request)
    person = get_object_or_404(Person.objects.visible_to(request.viewer), pk=person_id)
    form = forms.Reveal(request.POST or None)
    phone = ""
    if form.is_valid():
        phone = actions.reveal(person, by=request.viewer, reason=form.cleaned_data["reason"])
    return render(request, "people/reveal.html", {"person": person, "form": form, "phone": phone})

"""The posts of a community: who holds them, which are vacant; terms; and a number shown for a reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mulin.web.http import community_of

from . import actions, forms, queries
from .flow import TERM
from .models import Person, Term

MOVES = ("accept", "decline", "resign", "end")


def posts(request: Any, slug: str) -> HttpResponse:
    """List the posts with holders and vacancies."""
    community = community_of(request)
    listed = list(queries.posts_with_holders(request.viewer, community))
    places = queries.place_names(community, listed)
    rows = [(post, places.get(post.place_id, "")) for post in listed]
    offers = queries.open_offers(request.viewer, community)
    context = {"rows": rows, "offers": offers, "may_invite": request.viewer.can("people.invite")}
    return render(request, "people/posts.html", context)


@require_POST
def term_move(request: Any, slug: str, term_id: UUID, move: str) -> HttpResponse:
    """Make a move of a term."""
    community_of(request)
    if move not in MOVES:
        raise Http404
    term = get_object_or_404(Term.objects.visible_to(request.viewer), pk=term_id)
    TERM.action(move)(term, by=request.viewer)
    messages.success(request, _("Done."))
    return redirect("people:posts", slug=slug)


def reveal(request: Any, slug: str, person_id: UUID) -> HttpResponse:
    """Ask for a reason, then show someone's full number on this one page."""
    community_of(request)
    person = get_object_or_404(Person.objects.visible_to(request.viewer), pk=person_id)
    form = forms.Reveal(request.POST or None)
    phone = ""
    if form.is_valid():
        phone = actions.reveal(person, by=request.viewer, reason=form.cleaned_data["reason"])
    return render(request, "people/reveal.html", {"person": person, "form": form, "phone": phone})

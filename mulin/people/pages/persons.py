"""The register of persons: found by two things known of them, shown one at a time, with a line for each look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused
from mulin.web.http import Visit, community_of
from mulin.web.nouns import create

from .. import actions, forms, queries
from ..figures import age_on, today_in
from ..models import Person


def visible_persons(request: Visit) -> Any:
    """Keep the persons that the viewer may see."""
    return Person.objects.visible_to(request.viewer).select_related(
        "community", "entrance__building", "account", "joined_into__community"
    )


def persons(request: Visit, slug: str) -> HttpResponse:
    """Find persons by two things that are known of them; ten at most, masked."""
    community_of(request)
    _must_keep(request)
    # What is looked for travels in the body: no name or number stands in an address.
    form = forms.Search(request.POST or None, by=request.viewer)
    found: list[Person] | None = None
    if form.is_valid():
        try:
            found = queries.search(visible_persons(request), **form.given)
        except Refused as refused:
            form.add_error(None, refused.message)
    status = 422 if form.errors else 200
    return render(request, "people/persons.html", {"form": form, "found": found}, status=status)


def person(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show what is known of someone; whoever looks leaves a line that they can read."""
    community, viewer = community_of(request), request.viewer
    found = get_object_or_404(visible_persons(request), pk=id)
    actions.note_access(found, by=viewer, what="page")
    context = {
        "person": found, "terms": queries.terms_of_person(found), "is_self": found.pk == viewer.person_id,
        "age": age_on(found.born_on, today_in(community)), "groups": queries.contact_of(found, viewer),
        "may_keep": viewer.can("people.keep"),
        "steps": queries.history(found, viewer, names=True) if viewer.can("people.keep") else [],
    }  # fmt: skip
    return render(request, "people/person.html", context)


def person_new(request: Visit, slug: str) -> HttpResponse:
    """Enter someone by hand."""
    community = community_of(request)
    intro = _("Look first whether this person is in the register already. Tell them that you enter them, and why.")
    back = reverse("people:persons", args=[slug])
    return create(request, Person(community=community), "add_person", back_url=back, intro=intro)


def reveal(request: Visit, slug: str, person_id: UUID) -> HttpResponse:
    """Ask for a reason, then show someone's full number on this one page."""
    community_of(request)
    found = get_object_or_404(visible_persons(request), pk=person_id)
    form = forms.Reveal(request.POST or None)
    phone = ""
    if form.is_valid():
        phone = actions.reveal(found, by=request.viewer, reason=form.cleaned_data["reason"])
    return render(request, "people/reveal.html", {"person": found, "form": form, "phone": phone})


def _must_keep(request: Visit) -> None:
    if not request.viewer.can("people.keep"):
        raise Refused("not_yours", _("Who can do this: whoever keeps the register of persons."), status=403)

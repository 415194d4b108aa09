"""Memberships and registrations on pages: one's own, the tree with counts, the contact person's list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mulin.people.actions import note_access
from mulin.people.models import Organisation
from mulin.people.queries import history
from mulin.web.http import Visit, community_of
from mulin.web.nouns import create

from .. import actions, forms, queries, rules
from ..models import Affiliation, Registration
from .overview import for_residents, me


@require_safe
def organisations(request: Visit, slug: str) -> HttpResponse:
    """Show the organisations as a tree, with counts, and how many who say so are placed in a branch."""
    community, viewer = community_of(request), request.viewer
    context = {
        "tree": queries.organisation_tree(community),
        "coverage": queries.coverage_of(community),
        "speaks_for": {row.pk for row in queries.contact_of(viewer)},
        "unplaced": queries.unplaced(viewer, community) if viewer.can("people.keep") else [],
    }
    return render(request, "participation/organisations.html", context)


@for_residents
def new_membership(request: Visit, slug: str) -> HttpResponse:
    """Say that one is a member."""
    draft = Affiliation(community=community_of(request), person_id=me(request))
    back = reverse("participation:overview", args=[slug])
    return create(request, draft, "declare", back_url=back)


@require_safe
@for_residents
def membership(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one membership to whom it is about and to the contact person."""
    community, viewer = community_of(request), request.viewer
    row = get_object_or_404(Affiliation.objects.visible_to(viewer).for_list(), pk=id)
    note_access(row.person, by=viewer, what="membership")
    facts = [(_("Kind"), row.kind_label), (_("Since"), row.starts_on), (_("Until"), row.ends_on)]
    if row.person_id != viewer.person_id:
        facts.insert(0, (_("Person"), row.person.name))
    if row.organisation is None:
        facts.append((_("Branch"), _("still looked for")))
    if row.elsewhere:
        facts.append((_("Moved to"), row.elsewhere))
    return _one(request, row, facts, reverse("participation:overview", args=[community.slug]))


def _one(request: Visit, noun: Any, facts: list[tuple[str, Any]], back_url: str, **more: Any) -> HttpResponse:
    shown = [(label, value) for label, value in facts if value]
    steps = history(noun, request.viewer, names=True)
    context = {"noun": noun, "facts": shown, "steps": steps, "back_url": back_url, "what": noun.flow.noun, **more}
    return render(request, "participation/thing.html", context)


def _its_contact(request: Visit, id: UUID) -> Organisation:
    organisation: Organisation = get_object_or_404(Organisation.objects.visible_to(request.viewer), pk=id)
    if not rules.is_contact(request.viewer, Affiliation(community=community_of(request), organisation=organisation)):
        raise Http404
    return organisation


@require_safe
@for_residents
def members(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """List the members of an organisation for its contact person."""
    organisation = _its_contact(request, id)
    rows = list(queries.members_of(request.viewer, organisation))
    for row in rows:
        note_access(row.person, by=request.viewer, what="membership")
    context = {
        "organisation": organisation,
        "waiting": [row for row in rows if row.state == "declared"],
        "members": [row for row in rows if row.state == "active"],
        "asks": actions.asks_first(organisation),
        "form": _members_form(request, organisation),
    }
    return render(request, "participation/members.html", context)


def _members_form(request: Visit, organisation: Organisation, data: Any = None) -> forms.Members:
    return forms.Members(data, persons=queries.registrable(request.viewer, organisation))


@require_POST
@for_residents
def admission(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Choose whether the contact person is asked first."""
    organisation = _its_contact(request, id)
    actions.set_admission(organisation, by=request.viewer, asks=request.POST.get("asks") == "yes")
    messages.success(request, _("Done."))
    return redirect("participation:members", slug, organisation.pk)


@require_POST
@for_residents
def register_members(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Register members as volunteers; each of them is asked."""
    organisation = _its_contact(request, id)
    form = _members_form(request, organisation, request.POST)
    if form.is_valid():
        actions.register_members(organisation, by=request.viewer, persons=form.cleaned_data["persons"])
        messages.success(request, _("They were asked. Each of them says yes or no."))
    else:
        messages.error(request, _("Choose at least one member."))
    return redirect("participation:members", slug, organisation.pk)


@for_residents
def new_registration(request: Visit, slug: str) -> HttpResponse:
    """Register as a volunteer."""
    draft = Registration(community=community_of(request), person_id=me(request))
    back = reverse("participation:overview", args=[slug])
    done = _("You are registered for a year. Thank you.")
    return create(request, draft, "register", done=done, back_url=back)


@require_safe
@for_residents
def registration(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one registration."""
    community, viewer = community_of(request), request.viewer
    row = get_object_or_404(Registration.objects.visible_to(viewer).for_list(), pk=id)
    note_access(row.person, by=viewer, what="registration")
    kinds = [str(kind) for kind in queries.post_kinds(community) if kind.key in row.post_kinds]
    facts = [
        (_("Would like to"), _(", ").join(row.area_labels)), (_("Could hold"), _(", ").join(kinds)),
        (_("In their words"), row.words), (_("Registered by"), row.organisation), (_("Until"), row.ends_on),
    ]  # fmt: skip
    return _one(request, row, facts, reverse("participation:overview", args=[community.slug]))

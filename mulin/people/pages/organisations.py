"""Organisations as a tree, one with its posts and parts, and groups that neighbours propose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.web.http import Visit, community_of
from mulin.web.nouns import create, waiting
from mulin.web.paging import numbered

from .. import queries
from ..figures import ORGANISATION_KINDS
from ..flow import OrganisationState
from ..models import NOT_PUBLIC, Organisation

ROWS = 60


def visible_organisations(request: Visit) -> Any:
    """Keep the organisations that the viewer may see."""
    rows = Organisation.objects.visible_to(request.viewer)
    return rows.select_related("community", "parent", "contact", "founder")


def organisations(request: Visit, slug: str) -> HttpResponse:
    """List the organisations below the ones that they belong to."""
    community, viewer = community_of(request), request.viewer
    asked = {key: request.GET.get(key, "")[:60] for key in ("kind", "state", "q")}
    rows = queries.organisations(viewer, community, kind=asked["kind"], state=asked["state"], q=asked["q"].strip())
    page, beside = numbered([(range(depth), row) for depth, row in queries.tree(rows)], request, ROWS)
    keeps = viewer.can("people.keep")
    context = {
        "page": page, "asked": asked, "is_narrowed": any(asked.values()), "kinds": ORGANISATION_KINDS.items(),
        "states": [choice for choice in OrganisationState.choices if keeps or choice[0] not in NOT_PUBLIC],
        "may_keep": keeps, "may_propose": viewer.is_person, **beside,
    }  # fmt: skip
    return render(request, "people/organisations.html", context)


def organisation(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one organisation: what it does, its posts, parts and contact person, what happened."""
    community, viewer = community_of(request), request.viewer
    found = get_object_or_404(visible_organisations(request), pk=id)
    names = viewer.can("people.keep") or viewer.person_id in {found.contact_id, found.founder_id} - {None}
    posts = queries.with_holders(found.posts.filter(community=community).existing(), community)
    context = {
        "organisation": found, "posts": posts, "pending": waiting(found, viewer) if names else [],
        "parts": queries.parts_of(found, viewer), "shows_people": viewer.is_person,
        "steps": queries.history(found, viewer, names=names),
    }  # fmt: skip
    return render(request, "people/organisation.html", context)


def organisation_new(request: Visit, slug: str) -> HttpResponse:
    """Enter an organisation, or propose a group."""
    community, keeps = community_of(request), request.viewer.can("people.keep")
    back = reverse("people:organisations", args=[slug])
    intro = "" if keeps else _("You are its founder and contact person. The community looks at it and registers it.")
    verb = "add_organisation" if keeps else "propose"
    return create(request, Organisation(community=community), verb, back_url=back, intro=intro)

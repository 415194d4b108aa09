"""Posts by place with who holds them and which are vacant; one post with its terms; offering it to someone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mulin.web.http import Visit, community_of
from mulin.web.nouns import create
from mulin.web.paging import numbered, with_

from .. import queries
from ..models import Post, PostQuerySet, Term

GROUPS = 24  # places on one page
OPENED = 4  # up to so many places, all lie open


def visible_posts(request: Visit) -> PostQuerySet:
    """Keep the posts of this community that the viewer may see."""
    posts: PostQuerySet = Post.objects.visible_to(request.viewer)
    return posts.for_list()


def visible_terms(request: Visit) -> Any:
    """Keep the terms that the viewer may see."""
    return Term.objects.visible_to(request.viewer).select_related("post__kind", "community", "person")


def posts(request: Visit, slug: str) -> HttpResponse:
    """List the posts of each place with holders and vacancies."""
    community, viewer, asked = community_of(request), request.viewer, request.GET
    narrowed = {key: asked.get(key, "")[:60] for key in ("kind", "place", "q", "vacant")}
    groups = queries.board(
        viewer, community, kind=narrowed["kind"], place=narrowed["place"], q=narrowed["q"].strip(),
        vacant=bool(narrowed["vacant"]),
    )  # fmt: skip
    page, beside = numbered(groups, request, GROUPS)
    found = queries.places_of(community.pk)
    places = [("community", _("Whole community"))]
    places += [(f"{kind}:{place.pk}", str(place)) for kind in ("grid", "building") for place in found[kind]]
    counts = queries.coverage(community)
    context = {
        "page": page, "asked": narrowed, "is_narrowed": any(narrowed.values()), "places": places,
        "kinds": [(row["kind"], queries.kind_name(row)) for row in counts],
        "total": sum(row["posts"] for row in counts), "vacant": sum(row["vacant"] for row in counts),
        "opened": len(page.object_list) <= OPENED or bool(narrowed["q"] or narrowed["vacant"] or narrowed["place"]),
        "offers": queries.open_offers(viewer, community), "ending": queries.ending(viewer, community),
        "may_invite": viewer.can("people.invite"), "may_keep": _may_keep(request),
        "vacant_url": with_(request, vacant="" if narrowed["vacant"] else "1"), **beside,
    }  # fmt: skip
    return render(request, "people/posts.html", context)


def _may_keep(request: Visit) -> bool:
    return request.viewer.can("people.invite") or request.viewer.can("people.keep")


def post(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Show one post: who holds it, who comes next, who had it before."""
    community, viewer = community_of(request), request.viewer
    found: Any = get_object_or_404(queries.with_holders(visible_posts(request), community), pk=id)
    terms = queries.terms_of_post(viewer, found)
    listed = [(term, [move for move in term.flow.moves_for(viewer, term) if move.name != "expire"]) for term in terms]
    context = {
        "post": found, "place": queries.place_names(community, [found]).get(found.place_id, ""), "terms": listed,
        "vacant_since": queries.vacant_since(found), "may_offer": viewer.can("people.invite") and found.state == "open",
        "may_keep": _may_keep(request), "steps": queries.history(found, viewer, names=_may_keep(request)),
    }  # fmt: skip
    return render(request, "people/post.html", context)


def post_new(request: Visit, slug: str) -> HttpResponse:
    """Open a post."""
    community = community_of(request)
    back = reverse("people:posts", args=[slug])
    return create(request, Post(community=community), "add_post", back_url=back)


def offer(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Offer a post to someone who is here already."""
    community = community_of(request)
    found = get_object_or_404(visible_posts(request).existing(), pk=id)
    return create(
        request, Term(community=community, post=found), "offer", back_url=found.get_absolute_url(),
        intro=_("The post: %(post)s. Whoever is asked has two weeks to say yes.") % {"post": found},
        done=_("The offer is made. The post is taken when they accept."),
    )  # fmt: skip


def term(request: Visit, slug: str, id: UUID) -> HttpResponse:
    """Lead to the post of a term."""
    community_of(request)
    return redirect(get_object_or_404(visible_terms(request), pk=id).post.get_absolute_url())

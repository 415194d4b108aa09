"""What people offers to programs: posts, terms, organisations, and the register of persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext as _

from mulin.api import bodies
from mulin.api.http import Call, answer
from mulin.api.queries import Asked, Filter
from mulin.api.resources import Extra, Resource
from mulin.api.simple import Shown, simple
from mulin.kernel.refusals import Refused

from . import actions, forms, queries
from .figures import ORGANISATION_KINDS, PLACES, age_on, today_in
from .flow import State
from .models import Organisation, Person, Post, Term


class PostShown(Shown, kw_only=True):
    """A post; who holds it today, or since when it is vacant."""

    kind: str
    kind_label: str
    title: str
    place_kind: str
    place_id: UUID | None
    organisation: UUID | None
    holders: list[str]
    vacant_since: date | None


class KindShown(msgspec.Struct):
    """A kind of post: what it allows, where it can be, and how many posts of it there are."""

    key: str
    name: str
    places: list[str]
    capabilities: list[str]
    posts: int
    filled: int
    vacant: int


class KindList(msgspec.Struct):
    """The kinds of posts of a community."""

    items: list[KindShown]


def _kinds(call: Call) -> HttpResponse:
    return answer(KindList([KindShown(**row) for row in queries.kinds(call.community)]))


class TermShown(Shown, kw_only=True):
    """The time for which someone holds a post."""

    post: UUID
    post_label: str
    name: str
    starts_on: date
    ends_on: date


class OrganisationShown(Shown, kw_only=True):
    """An organisation; its contact person's name for who is of the community."""

    kind: str
    kind_label: str
    name: str
    about: str
    parent: UUID | None
    registration_number: str
    contact: str | None


class PersonShown(Shown, kw_only=True):
    """Someone in the register, masked; age and posts are there for one person only, and leave a line of access."""

    name: str
    kind: str
    phone: str
    entrance: UUID | None
    entrance_label: str
    has_account: bool
    left_on: date | None
    age: int | None = None
    posts: list[str] = []


def _post(call: Call, post: Any) -> dict[str, Any]:
    if not hasattr(post, "held"):
        post = queries.with_holders(Post.objects.visible_to(call.viewer), call.community).get(pk=post.pk)
    return {
        "kind": post.kind.key, "kind_label": str(post.kind), "title": post.title, "place_kind": post.place_kind,
        "place_id": post.place_id, "organisation": post.organisation_id,
        "holders": [term.person.name for term in post.held], "vacant_since": queries.vacant_since(post),
    }  # fmt: skip


def _posts(call: Call, asked: Asked, rows: Any) -> Any:
    if asked["kind"]:
        rows = rows.filter(kind__key=asked["kind"])
    if asked["place_kind"]:
        rows = rows.filter(place_kind=asked["place_kind"])
    if asked["place"]:
        rows = rows.filter(place_id=_key(asked["place"]))
    if asked["vacant"] is not None:
        free = rows.vacant(call.community)
        rows = free if asked["vacant"] else rows.existing().exclude(pk__in=free.order_by().values("pk"))
    return queries.with_holders(rows, call.community)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refused("bad_query", _("Send the id of a place, a post or an organisation."), 400) from None


def _term(call: Call, term: Any) -> dict[str, Any]:
    return {
        "post": term.post_id, "post_label": str(term.post), "name": term.person.name, "starts_on": term.starts_on,
        "ends_on": term.ends_on,
    }  # fmt: skip


def _terms(call: Call, asked: Asked, rows: Any) -> Any:
    if asked["post"]:
        rows = rows.filter(post=_key(asked["post"]))
    if asked["ending"]:
        rows = rows.filter(pk__in=[term.pk for term in queries.ending(call.viewer, call.community)])
    return rows


def _organisation(call: Call, row: Any) -> dict[str, Any]:
    contact = row.contact.name if row.contact and call.viewer.is_person else None
    return {
        "kind": row.kind, "kind_label": row.kind_label, "name": row.name, "about": row.about,
        "parent": row.parent_id, "registration_number": row.registration_number, "contact": contact,
    }  # fmt: skip


def _organisations(call: Call, asked: Asked, rows: Any) -> Any:
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked["q"]:
        rows = rows.filter(name__icontains=asked["q"])
    return rows.filter(parent=_key(asked["parent"])) if asked["parent"] else rows


def _person(call: Call, person: Any) -> dict[str, Any]:
    return {
        "name": person.name, "kind": person.kind, "phone": person.masked_phone, "entrance": person.entrance_id,
        "entrance_label": str(person.entrance or ""), "has_account": person.account_id is not None,
        "left_on": person.left_on,
    }  # fmt: skip


def _found(call: Call, asked: Asked, rows: Any) -> Any:
    """Narrow the register by two things that are known of someone, ten at most."""
    form = forms.Search({one.name: asked[one.name] or "" for one in KNOWN}, by=call.viewer)
    if not form.is_valid():
        raise bodies.errors_of(form)
    found = queries.search(rows, **form.given)
    return rows.filter(pk__in=[person.pk for person in found])


def _watched(shown: Resource) -> Resource:
    """Leave a line of access whenever one person is shown, with what the page shows."""

    def show(call: Call, person: Any) -> Any:
        actions.note_access(person, by=call.viewer, what="page")
        more: dict[str, Any] = {"age": age_on(person.born_on, today_in(call.community))}
        more["posts"] = [str(term.post) for term in queries.terms_of_person(person) if term.state == State.HELD]
        return msgspec.structs.replace(shown.show(call, person), **more)

    return replace(shown, show=show)


KNOWN = (
    Filter("name", "string", "The name, or how it begins.", most=60),
    Filter("phone", "string", "The whole phone number.", most=30),
    Filter("building", "string", "The id of the building of the home.", most=40),
    Filter("born_in", "integer", "The year of birth."),
    Filter("organisation", "string", "The id of an organisation: its contact person, and who holds a post there."),
)
_PLACED = (
    Filter("kind", "string", "The key of a kind of post, such as grid_officer."),
    Filter("place_kind", "string", "What kind of place.", lambda: PLACES),
    Filter("place", "string", "The id of a grid, building or entrance.", most=40),
    Filter("vacant", "boolean", "Only vacant ones, or only those that somebody holds."),
)

RESOURCES: tuple[Resource, ...] = (
    simple(
        "posts", Post, PostShown, _post, create="add_post",
        filters=_PLACED, narrow=_posts, related=("kind", "community"),
        extras=(Extra("post-kinds", _kinds, KindList, "List the kinds of posts, and how many of each are held."),),
    ),
    simple(
        "terms", Term, TermShown, _term, create="offer",
        filters=(
            Filter("post", "string", "The id of a post.", most=40),
            Filter("ending", "boolean", "Only those that end within 30 days with nobody to follow."),
        ),
        narrow=_terms, related=("post__kind", "person", "community"),
    ),
    simple(
        "organisations", Organisation, OrganisationShown, _organisation, create="propose",
        filters=(
            Filter("kind", "string", "What kind of organisation.", lambda: tuple(ORGANISATION_KINDS)),
            Filter("q", "string", "Part of the name.", most=60),
            Filter("parent", "string", "The id of the organisation that they belong to.", most=40),
        ),
        narrow=_organisations, related=("contact", "community"),
    ),
    _watched(
        simple(
            "persons", Person, PersonShown, _person, create="add_person", filters=KNOWN, narrow=_found,
            related=("entrance__building", "community"),
        )
    ),
)  # fmt: skip

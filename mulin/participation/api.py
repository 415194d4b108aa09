"""What participation offers to programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse
from msgspec import structs

from mulin.api.http import Call, answer
from mulin.api.queries import Asked, Filter
from mulin.api.resources import Extra, Resource
from mulin.api.simple import Shown, simple
from mulin.people.actions import note_access
from mulin.people.figures import masked

from . import queries
from .figures import TALENTS
from .models import Affiliation, Claim, Registration, Sign, Talent


class ClaimShown(Shown, kw_only=True):
    """Something that somebody takes upon themselves; names only for persons of the community."""

    title: str
    duties: str
    subject_kind: str
    subject_id: UUID | None
    subject_name: str
    begin_days: int
    term_days: int
    holder: str
    holder_id: UUID | None
    organisation_id: UUID | None
    taking_part: int
    starts_on: date | None
    ends_on: date | None
    seeks_next: bool
    outcome: str


class AffiliationShown(Shown, kw_only=True):
    """A membership, as its person and the contact person may read it."""

    person_id: UUID
    person: str
    kind: str
    organisation_id: UUID | None
    organisation: str
    previous_id: UUID | None
    starts_on: date
    ends_on: date | None


class RegistrationShown(Shown, kw_only=True):
    """That somebody registered as a volunteer."""

    person_id: UUID
    person: str
    areas: list[str]
    post_kinds: list[str]
    words: str
    organisation_id: UUID | None
    ends_on: date


class TalentShown(Shown, kw_only=True):
    """Something that a neighbour can do and offers."""

    person_id: UUID
    person: str
    kind: str
    title: str
    words: str
    audience: str
    ends_on: date


class SignShown(Shown, kw_only=True):
    """A sign; at a door it has no name."""

    kind: str
    label: str
    scope: str
    person_id: UUID | None
    entrance_id: UUID | None
    ends_on: date | None


class BranchShown(msgspec.Struct):
    """An organisation with the members of itself and of all below it, as a figure that hides small numbers."""

    id: UUID
    name: str
    kind: str
    parent_id: UUID | None
    depth: int
    members: str


class CoverageShown(msgspec.Struct):
    """How many say they are Party members, are placed in a branch, and look for one; and the tree of organisations."""

    said: str
    placed: str
    missing: str
    organisations: list[BranchShown]


def coverage(call: Call) -> HttpResponse:
    """Answer the figures of membership down the tree; what is under five is written as such."""
    tree = [
        BranchShown(each.row.pk, each.row.name, each.row.kind, each.row.parent_id, each.depth, each.count)
        for each in queries.organisation_tree(call.community)
    ]
    return answer(CoverageShown(**queries.coverage_of(call.community), organisations=tree))


def _claim(call: Call, claim: Any) -> dict[str, Any]:
    named = call.viewer.is_person
    return {
        **{
            name: getattr(claim, name)
            for name in ("title", "duties", "subject_kind", "subject_id", "subject_name", "begin_days", "term_days",
                         "organisation_id", "starts_on", "ends_on", "seeks_next")
        },
        "holder": claim.holder.name if named and claim.holder else "",
        "holder_id": claim.holder_id if named else None,
        "taking_part": len(claim.taking_part),
        "outcome": claim.outcome if named else "",
    }  # fmt: skip


def _claims(call: Call, asked: Asked, rows: Any) -> Any:
    rows = rows.prefetch_related("parties")
    if asked["seeking"]:
        rows = rows.seeking()
    if asked["mine"]:
        rows = rows.concerning(call.viewer)
    return rows.keepers() if asked["places"] else rows


def _affiliation(call: Call, row: Any) -> dict[str, Any]:
    return {
        "person_id": row.person_id, "person": _name(call, row), "kind": row.kind,
        "organisation_id": row.organisation_id, "organisation": str(row.organisation or ""),
        "previous_id": row.previous_id, "starts_on": row.starts_on, "ends_on": row.ends_on,
    }  # fmt: skip


def _name(call: Call, row: Any) -> str:
    # One's own, and those one speaks for; whoever keeps the register opens one to read whose it is.
    me = call.viewer.person_id
    known = row.person_id == me or (row.organisation is not None and row.organisation.contact_id == me)
    return str(row.person.name) if known else masked(row.person.name)


def _watched(resource: Resource, what: str) -> Resource:
    """Show one with the name in full, and leave a line of access with the person it is about."""

    def show(call: Call, row: Any) -> Any:
        note_access(row.person, by=call.viewer, what=what)
        return structs.replace(resource.show(call, row), person=row.person.name)

    return replace(resource, show=show)


def _registration(call: Call, row: Any) -> dict[str, Any]:
    return {
        "person_id": row.person_id, "person": _name(call, row), "areas": row.areas, "post_kinds": row.post_kinds,
        "words": row.words, "organisation_id": row.organisation_id, "ends_on": row.ends_on,
    }  # fmt: skip


def _talent(call: Call, row: Any) -> dict[str, Any]:
    return {
        "person_id": row.person_id, "person": row.person.name, "kind": row.kind, "title": row.title,
        "words": row.words, "audience": row.audience, "ends_on": row.ends_on,
    }  # fmt: skip


def _talents(call: Call, asked: Asked, rows: Any) -> Any:
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if words := asked["q"]:
        rows = rows & queries.talents(call.viewer, call.community, words=words)
    return rows


def _sign(call: Call, row: Any) -> dict[str, Any]:
    mine = row.person_id == call.viewer.person_id
    return {
        "kind": row.kind, "label": str(row), "scope": row.scope,
        "person_id": row.person_id if mine or row.on_page else None,
        "entrance_id": row.entrance_id if mine or not row.on_page else None,
        "ends_on": row.ends_on if mine else None,
    }  # fmt: skip


def _own(model: Any) -> Any:
    return lambda call: model(community=call.community, person_id=call.viewer.person_id)


RESOURCES: tuple[Resource, ...] = (
    simple(
        "claims", Claim, ClaimShown, _claim, create="offer",
        narrow=_claims, related=("holder", "community"),
        filters=(
            Filter("seeking", "boolean", "Only what looks for someone."),
            Filter("places", "boolean", "Only places and their keepers."),
            Filter("mine", "boolean", "Only what the caller has a part in."),
        ),
    ),
    _watched(
        simple(
            "affiliations", Affiliation, AffiliationShown, _affiliation, create="declare", draft=_own(Affiliation),
            related=("person", "organisation", "community"),
            extras=(Extra("coverage", coverage, CoverageShown, "Read how many belong where, without small numbers."),),
        ), "membership",
    ),
    _watched(
        simple(
            "registrations", Registration, RegistrationShown, _registration, create="register",
            draft=_own(Registration), related=("person", "organisation", "community"),
        ), "registration",
    ),
    simple(
        "talents", Talent, TalentShown, _talent, create="share", draft=_own(Talent), narrow=_talents,
        related=("person", "community"),
        filters=(
            Filter("kind", "string", "Only this kind.", lambda: tuple(TALENTS)),
            Filter("q", "string", "Words in the title or the text."),
        ),
    ),
    simple(
        "signs", Sign, SignShown, _sign, create="put_up", draft=_own(Sign), related=("person", "entrance", "community"),
    ),
)  # fmt: skip

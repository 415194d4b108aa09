"""Incidents for programs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from mulin.api.http import Call, answer
from mulin.api.resources import Extra
from mulin.api.simple import Shown, simple
from mulin.cases.models import Case

from . import queries
from .models import Incident


class PartShown(msgspec.Struct):
    """A case of an incident that the caller may see."""

    number: str
    state: str
    href: str


class IncidentUpdate(msgspec.Struct):
    """What was said of an incident."""

    at: datetime
    words: str
    was_told: bool


class IncidentShown(Shown, kw_only=True):
    """One thing that broke many, with its cases."""

    title: str
    words: str
    place_kind: str
    place_id: UUID | None
    lesson: str
    spoken_at: datetime
    ended_at: datetime | None


class Situation(msgspec.Struct):
    """How an incident stands: its cases as the caller may see them, and what was said of it, the newest first."""

    parts: int
    done: int
    cases: list[PartShown]
    updates: list[IncidentUpdate]


def incident_situation(call: Call, id: UUID) -> HttpResponse:
    row = get_object_or_404(Incident.objects.visible_to(call.viewer).filter(community=call.community), pk=id)
    keys = [part.case_id for part in row.parts]
    seen = Case.objects.visible_to(call.viewer).filter(community=call.community, pk__in=keys).order_by("number")
    base = f"/api/v1/{call.community.slug}/cases/"
    cases = [PartShown(case.number, case.state, f"{base}{case.pk}") for case in seen]
    said = [IncidentUpdate(each.at, each.words, each.was_told) for each in queries.updates(row)]
    return answer(Situation(len(row.parts), row.done, cases, said))


RESOURCES = (
    simple(
        "incidents", Incident, IncidentShown, create="declare", related=("community",),
        extras=(Extra("incidents/<uuid:id>/situation", incident_situation, Situation, "Read how an incident stands."),),
    ),
)  # fmt: skip

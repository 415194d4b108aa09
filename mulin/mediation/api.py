"""Mediation for programs: each caller reads what the page would show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from mulin.api import bodies
from mulin.api.http import Call, answer
from mulin.api.openapi import SLUG, operation
from mulin.api.resources import Extra, Plain
from mulin.api.simple import Shown, simple
from mulin.kernel.refusals import Refused

from . import actions, queries
from .figures import MediationCount
from .forms import Code
from .models import Mediation


class MediationShown(Shown, kw_only=True):
    """A mediation as its parties, its mediator, or a desk that may know of it, read it."""

    kind: str
    by_community: bool
    role: str  # one, two, mediator, or desk
    matter: str | None
    case_id: UUID | None
    rest_until: datetime | None
    agreed_at: datetime | None
    settled_at: datetime | None
    kept_at: datetime | None
    breaches: int


class SeatShown(msgspec.Struct):
    """One side."""

    side: int
    own: bool
    agreed_at: datetime | None
    named: str
    parties: list[str]
    code: str


class SessionShown(msgspec.Struct):
    """One session; the notes are null for all but whoever wrote them."""

    id: UUID
    at: datetime
    place: str
    held_at: datetime | None
    is_off: bool
    came: str
    summary: str
    notes: str | None


class FollowUpShown(msgspec.Struct):
    """A day on which it is asked whether it is kept."""

    on: date
    outcome: str


class TextShown(msgspec.Struct):
    """The text of the agreement that stands."""

    number: int
    text: str
    fingerprint: str
    confirmed_one_at: datetime | None
    confirmed_two_at: datetime | None
    follow_ups: list[FollowUpShown]


class ChoiceShown(msgspec.Struct):
    """Somebody proposed as mediator, and what came of it."""

    name: str
    side: int
    outcome: str
    at: datetime


class Table(msgspec.Struct):
    """What lies on the table of a mediation, for those who sit there."""

    sides: list[SeatShown]
    mediator: str | None
    choices: list[ChoiceShown]
    sessions: list[SessionShown]
    agreement: TextShown | None
    court_until: datetime | None


class MediationFigures(msgspec.Struct):
    """Two years of mediation, without names."""

    quarters: list[MediationCount]
    kinds: list[MediationCount]
    whole: MediationCount


def _fill(call: Call, row: Any) -> dict[str, Any]:
    role = row.role_of(call.viewer)
    what = "mediator" if role.mediates else {1: "one", 2: "two"}.get(role.side, "desk")
    told = role.is_inside or row.by_community
    return {"role": what, "matter": row.matter if told else None, "case_id": row.case_id if told else None}


def mediation_table(call: Call, id: UUID) -> HttpResponse:
    rows = Mediation.objects.visible_to(call.viewer).for_list().filter(community=call.community)
    row = get_object_or_404(rows, pk=id)
    if not row.role_of(call.viewer).is_inside:
        raise Http404
    seats = [_seat(each) for each in queries.seats(row, call.viewer)]
    choices = [ChoiceShown(each.person.name, each.side, each.outcome, each.at) for each in queries.choices(row)]
    mediator = row.mediator.name if row.mediator else None
    return answer(Table(seats, mediator, choices, _sessions(call, row), _text(row), row.court_until))


def _seat(seat: dict[str, Any]) -> SeatShown:
    side, parties = seat["side"], [str(party) for party in seat["parties"]]
    return SeatShown(side.side, seat["own"], side.agreed_at, seat["named"], parties, seat["code"])


def _sessions(call: Call, row: Mediation) -> list[SessionShown]:
    return [
        SessionShown(each.pk, each.at, each.place, each.held_at, each.is_off, each.came, each.summary,
                     each.notes if each.mediator_id == call.viewer.person_id else None)
        for each in row.sessions
    ]  # fmt: skip


def _text(row: Mediation) -> TextShown | None:
    if (text := row.agreement) is None:
        return None
    days = [FollowUpShown(each.on, each.outcome) for each in row.follow_ups]
    return TextShown(text.number, text.text, text.fingerprint, text.confirmed_one_at, text.confirmed_two_at, days)


def mediation_figures(call: Call) -> HttpResponse:
    return answer(MediationFigures(*queries.counts(call.community)))


RESOURCES = (
    simple(
        "mediations", Mediation, MediationShown, _fill, create="ask", related=("community", "mediator"),
        extras=(
            Extra("mediations/<uuid:id>/table", mediation_table, Table, "Read what lies on the table of a mediation."),
            Extra("mediation-figures", mediation_figures, MediationFigures, "What came of mediations, without names."),
        ),
    ),
)  # fmt: skip


class Entered(msgspec.Struct):
    """The mediation at whose table the caller sits now."""

    id: UUID
    url: str


def enter_mediation(call: Call) -> HttpResponse:
    """Take a place at a table by the code that one was given."""
    if not call.viewer.is_someone:
        raise Refused("sign_in", _("Sign in to take your place at the table."), status=401)
    form = Code(bodies.for_form(Code(), bodies.read(call)))
    if not form.is_valid():
        raise bodies.errors_of(form)
    made = actions.enter(by=call.viewer, community=call.community, code=form.cleaned_data["code"])
    return answer(Entered(made.pk, made.get_absolute_url()))


def _paths(known: dict[int, Any]) -> dict[str, Any]:
    """Describe the way in by a code for the API's document."""
    body = {"properties": {"code": {"type": "string", "maxLength": 20}}, "required": ["code"]}
    words = _("Take a place at a table by the code that you were given.")
    said = operation("enter_mediation", words, "mediations", known[id(Entered)], writes=True, body=body)
    return {"/api/v1/{slug}/mediations/enter": {"parameters": [SLUG], "post": said}}


ENTER = Plain(urls=(("mediations/enter", {"POST": enter_mediation}),), types=(Entered,), paths=_paths)

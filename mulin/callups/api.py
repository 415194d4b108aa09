"""What call-ups offer to programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from mulin.api import bodies
from mulin.api.http import Call, answer
from mulin.api.openapi import SLUG, operation
from mulin.api.queries import Asked, Filter
from mulin.api.resources import Extra, Plain, Resource
from mulin.api.schemas import field_schema
from mulin.api.simple import Shown, simple
from mulin.people.queries import units_of

from . import actions, queries, rules
from .flow import TurnoutState
from .forms import CustomForm
from .models import CallUp, Custom, Turnout


class Unit(msgspec.Struct):
    """Where a called unit stands."""

    organisation_id: UUID
    organisation: str
    state: str
    state_label: str
    due_at: datetime | None
    came_in_time: bool | None


class CallUpCustom(msgspec.Struct):
    """How a community wants its call-ups: signed by a second person or not, and how long units have."""

    asks_second: bool
    report_hours: int
    done_days: int


class CallUpShown(Shown, kw_only=True):
    """Several units called to one matter; whom to ask there only for who called and the units."""

    number: str
    title: str
    subject: str
    why: str
    task: str
    place_kind: str
    place_id: UUID | None
    place: str
    address: str
    lon: float | None
    lat: float | None
    urgency: str
    report_hours: int
    done_days: int
    contact: str
    arrangement: str
    lead_id: UUID | None
    reason: str
    called_at: datetime | None
    ended_at: datetime | None
    units: list[Unit]


class TurnoutShown(Shown, kw_only=True):
    """What one unit answered; the reporter reads where it stands and what was done."""

    callup_id: UUID
    title: str
    organisation_id: UUID
    organisation: str
    called_at: datetime | None
    reported_at: datetime | None
    people: int | None
    came: str
    is_on_spot: bool
    is_by_phone: bool
    came_in_time: bool | None
    outcome: str
    done_at: datetime | None
    done_in_time: bool | None
    refusal: str
    insisted: str
    rating: int | None
    rating_words: str
    resident_rating: int | None
    resident_words: str
    was_right: bool | None
    was_clear: bool | None
    was_needed: bool | None
    judged_words: str


class UnitFigures(msgspec.Struct):
    """What a unit's turnouts of a year came to; a mean of fewer than five is not told."""

    unit: str
    called: int
    reported_in: int
    in_time: int
    refused: int
    lapsed: int
    done: int
    done_in_time: int
    appraisal: str
    residents_appraisal: str


STANDS = ("callup_id", "organisation_id", "called_at", "came_in_time", "outcome", "done_at", "done_in_time")
ANSWERED = ("reported_at", "people", "came", "is_on_spot", "is_by_phone", "refusal", "insisted")
THOUGHT = (
    "rating", "rating_words", "resident_rating", "resident_words", "was_right", "was_clear", "was_needed",
    "judged_words",
)  # fmt: skip
HIDDEN: dict[str, Any] = {
    **dict.fromkeys(("came", "refusal", "insisted", "rating_words", "resident_words", "judged_words"), ""),
    **dict.fromkeys(("is_on_spot", "is_by_phone"), False),
}


def _callup(call: Call, row: Any) -> dict[str, Any]:
    viewer, turnouts = call.viewer, list(row.turnouts.all())
    inside = rules.directs(viewer, row) or rules.is_caller(viewer, row)
    mine = bool(row.units_of(viewer) & {turnout.organisation_id for turnout in turnouts})
    shown = [turnout for turnout in turnouts if inside or turnout.state != TurnoutState.PLANNED]
    return {
        "subject": f"{row.subject_kind}:{row.subject_id}" if row.subject_id else "",
        "place": row.place_name,
        "contact": row.contact if inside or mine else "",
        "units": [
            Unit(turnout.organisation_id, turnout.organisation.name, turnout.state, turnout.state_label,
                 turnout.due_at, turnout.came_in_time)
            for turnout in shown
        ],
    }  # fmt: skip


def _turnout(call: Call, row: Any) -> dict[str, Any]:
    viewer = call.viewer
    answered = rules.reads_answer(viewer, row)
    thought = rules.is_unit(viewer, row) or rules.is_director(viewer, row)
    own = rules.is_reporter(viewer, row)
    hidden = {name: HIDDEN.get(name) for name in (*ANSWERED, *THOUGHT)}
    shown = (*STANDS, *(ANSWERED if answered else ()), *(THOUGHT if thought else ()))
    shown += ("resident_rating", "resident_words") if own and not thought else ()
    told = {name: getattr(row, name) for name in shown}
    return {**hidden, **told, "title": row.callup.title, "organisation": row.organisation.name}


def _callups(call: Call, asked: Asked, rows: Any) -> Any:
    rows = rows.for_list()
    if asked["subject"]:
        rows = rows.filter(subject_id=asked["subject"])
    return queries.holding(rows, call.viewer, asked["q"] or "")


def _turnouts(call: Call, asked: Asked, rows: Any) -> Any:
    rows = rows.filter(callup=asked["callup"]) if asked["callup"] else rows
    return rows.filter(organisation__in=units_of(call.viewer)) if asked["mine"] else rows


def callup_figures(call: Call) -> HttpResponse:
    """Answer with what each unit's turnouts of a year came to."""
    everyone = call.viewer.can("cases.desk") or call.viewer.can("cases.oversee")
    own = None if everyone else units_of(call.viewer)
    if own is not None and not own:
        raise Http404
    told = [
        UnitFigures(row.name, row.called, row.came, row.in_time, row.refused, row.lapsed, row.finished,
                    row.finished_in_time, row.rating, row.resident_rating)
        for row in queries.counted(call.community, own)
    ]  # fmt: skip
    return answer(told)


RESOURCES: tuple[Resource, ...] = (
    simple(
        "call-ups", CallUp, CallUpShown, _callup, create="propose",
        narrow=_callups, related=("community", "lead", "caller"), asks_first=False,
        filters=(
            Filter("subject", "uuid", "Only those about one matter."),
            Filter("q", "string", "Words in the title, place or a unit's name."),
        ),
        extras=(Extra("call-up-figures", callup_figures, list[UnitFigures], "What a unit's turnouts came to."),),
    ),
    simple(
        "turnouts", Turnout, TurnoutShown, _turnout, narrow=_turnouts,
        related=("organisation", "callup__community", "callup__lead", "community"),
        filters=(
            Filter("callup", "uuid", "Only those of one call-up."),
            Filter("mine", "boolean", "Only those of the caller's units."),
        ),
    ),
)  # fmt: skip


def callup_custom(call: Call) -> HttpResponse:
    """Answer how the community wants its call-ups."""
    return answer(_custom(_kept(call)))


def set_callup_custom(call: Call) -> HttpResponse:
    """Keep how the community wants its call-ups; what is not sent stays as it is."""
    custom = _kept(call)
    body = bodies.read(call)
    sent = bodies.for_form(CustomForm(instance=custom), body)
    stays = {name: getattr(custom, name) for name in CustomForm.Meta.fields if name not in body.data}
    form = CustomForm({**sent, **stays}, instance=custom)
    if not form.is_valid():
        raise bodies.errors_of(form)
    return answer(_custom(actions.set_custom(call.community, by=call.viewer, **form.cleaned_data)))


def _kept(call: Call) -> Custom:
    if not call.viewer.can("places.draw"):
        raise Http404
    return queries.custom_of(call.community)


def _custom(custom: Custom) -> CallUpCustom:
    return CallUpCustom(custom.asks_second, custom.report_hours, custom.done_days)


def _paths(known: dict[int, Any]) -> dict[str, Any]:
    """Describe the settings for the API's document."""
    shown = known[id(CallUpCustom)]
    asked = {name: field_schema(field) for name, field in CustomForm.base_fields.items()}
    read = _("Read how the community wants its call-ups.")
    kept = _("Choose how the community wants its call-ups; what is not sent stays.")
    return {
        "/api/v1/{slug}/call-ups/settings": {
            "parameters": [SLUG],
            "get": operation("get_call_up_settings", read, "call-ups", shown),
            "post": operation("set_call_up_settings", kept, "call-ups", shown, writes=True, body={"properties": asked}),
        },
    }  # fmt: skip


SETTINGS = Plain(
    urls=(("call-ups/settings", {"GET": callup_custom, "POST": set_callup_custom}),),
    types=(CallUpCustom,),
    paths=_paths,
)

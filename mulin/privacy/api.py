"""Consents for programs, and for what data is used."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpResponse

from mulin.api.http import Call, answer
from mulin.api.resources import Extra
from mulin.api.simple import Shown, simple

from . import queries
from .models import Consent


class PurposeShown(msgspec.Struct):
    """One use of personal data, in the caller's language."""

    id: UUID
    key: str
    version: int
    basis: str
    name: str
    why: str
    law: str
    data: str
    recipients: str
    kept: str
    agreed: bool


class Purposes(msgspec.Struct):
    """For what data is used here."""

    items: list[PurposeShown]


class ConsentShown(Shown, kw_only=True):
    """Someone's yes to one purpose."""

    purpose: str
    purpose_id: UUID
    person_id: UUID
    way: str
    ends_on: date


def purposes(call: Call) -> HttpResponse:
    """Answer for what data is used here, and whether the caller agreed."""
    return answer(Purposes([
        PurposeShown(row.pk, row.key, row.version, row.basis, **row.told, agreed=each["consent"] is not None)
        for each in queries.decisions(call.viewer, call.community) for row in [each["purpose"]]
    ]))  # fmt: skip


def _fill(call: Call, consent: Any) -> dict[str, Any]:
    return {
        "purpose": consent.purpose.key, "purpose_id": consent.purpose_id, "person_id": consent.person_id,
        "way": consent.way, "ends_on": consent.ends_on,
    }  # fmt: skip


def _draft(call: Call) -> Consent:
    return Consent.of(call.viewer, call.community)


RESOURCES = (
    simple(
        "consents", Consent, ConsentShown, _fill, create="give", draft=_draft, related=("purpose",),
        extras=(Extra("purposes", purposes, Purposes, "List for what personal data is used here."),),
    ),
)  # fmt: skip

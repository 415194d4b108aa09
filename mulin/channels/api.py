"""Exports and tables of cases for programs."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from mulin.api.http import Call
from mulin.api.resources import Extra
from mulin.api.simple import Shown, simple

from . import actions
from .figures import TYPES
from .models import Export


class ExportShown(Shown, kw_only=True):
    """An export of people's words: who asked, what for, and how it stands."""

    asker_name: str
    reason: str
    choice: dict[str, str]
    contacts: bool
    form: str
    rows: int | None


def export_file(call: Call, id: UUID) -> HttpResponseBase:
    row = get_object_or_404(Export.objects.visible_to(call.viewer).filter(community=call.community), pk=id)
    answer = HttpResponse(actions.fetch(row, by=call.viewer), content_type=TYPES[row.form])
    answer["Content-Disposition"] = f'attachment; filename="{row.pk.hex[-8:]}.{row.form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


RESOURCES = (
    simple(
        "exports", Export, ExportShown, create="ask", related=("community",),
        extras=(Extra("exports/<uuid:id>/file", export_file, None, "Fetch the file of an export, for who asked for it.",
               kind="application/octet-stream"),),
    ),
)  # fmt: skip

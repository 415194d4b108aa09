"""Addresses of channels, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Export

urlpatterns: list[URLPattern] = [
    path("exports/", pages.exports, name="exports"),
    path("exports/cases.<slug:form>", pages.take, name="take"),
    path("exports/<uuid:id>/", pages.export, name="export"),
    path("exports/<uuid:id>/file/", pages.file, name="file"),
    *move_paths("exports/", "export", Export),
    path("desk/", pages.desk, name="desk"),
    path("desk/help/", pages.desk_help, name="desk_help"),
    path("slips/<uuid:id>/", pages.slip, name="slip"),
]

"""Addresses of incidents, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Incident

urlpatterns: list[URLPattern] = [
    path("", pages.incidents, name="incidents"),
    path("new/", pages.declare, name="declare"),
    path("<uuid:id>/", pages.incident, name="incident"),
    *move_paths("", "incident", Incident),
]

"""Addresses of rates, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Exclusion

urlpatterns: list[URLPattern] = [
    path("", pages.rates, name="rates"),
    path("rates.csv", pages.table, name="table"),
    path("outlook/", pages.outlook, name="outlook"),
    path("definitions/<slug:key>/", pages.definition, name="definition"),
    path("left-out/", pages.exclusions, name="exclusions"),
    path("left-out/new/", pages.new_exclusion, name="new_exclusion"),
    path("left-out/<uuid:id>/", pages.exclusion, name="exclusion"),
    *move_paths("left-out/", "exclusion", Exclusion),
]

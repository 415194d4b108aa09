"""Addresses of bodies and mandates, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Body, Mandate

urlpatterns: list[URLPattern] = [
    path("", pages.bodies, name="bodies"),
    path("new/", pages.new, name="new"),
    path("seats.<slug:form>", pages.seats, name="seats"),
    path("mandates/new/", pages.mandate_new, name="mandate_new"),
    path("mandates/<uuid:id>/", pages.mandate, name="mandate"),
    *move_paths("mandates/", "mandate", Mandate),
    path("<uuid:id>/", pages.body, name="body"),
    path("<uuid:id>/seats.<slug:form>", pages.seats, name="own_seats"),
    *move_paths("", "body", Body),
]

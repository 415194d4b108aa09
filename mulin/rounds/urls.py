"""Addresses of rounds, routes and maintenance, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Round, Route, Upkeep

urlpatterns: list[URLPattern] = [
    path("", pages.today, name="today"),
    path("routes/", pages.routes, name="routes"),
    path("routes/new/", pages.draw, name="draw"),
    path("routes/<uuid:id>/", pages.route, name="route"),
    *move_paths("routes/", "route", Route),
    path("maintenance/", pages.board, name="board"),
    path("maintenance/new/", pages.plan, name="plan"),
    path("maintenance/<uuid:id>/", pages.upkeep, name="upkeep"),
    path("maintenance/<uuid:id>/photos/<uuid:photo>/", pages.photo, name="photo"),
    *move_paths("maintenance/", "upkeep", Upkeep),
    path("<uuid:id>/", pages.round, name="round"),
    path("<uuid:id>/stops/<uuid:stop>/", pages.stop, name="stop"),
    path("<uuid:id>/stops/<uuid:stop>/<slug:result>/", pages.answer, name="answer"),
    *move_paths("", "round", Round),
]

"""Addresses of call-ups, below a community's."""

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import CallUp, Turnout

urlpatterns: list[URLPattern] = [
    path("", pages.board, name="board"),
    path("all/", pages.all_calls, name="all"),
    path("news/", pages.news, name="news"),
    path("ours/", pages.ours, name="ours"),
    path("new/", pages.new, name="new"),
    path("figures/", pages.figures, name="figures"),
    path("figures.csv", pages.figures_csv, name="figures_csv"),
    path("settings/", pages.settings, name="settings"),
    path("turnouts/<uuid:id>/", pages.turnout, name="turnout"),
    path("turnouts/<uuid:id>/photos/<uuid:photo>/<slug:size>/", pages.photo, name="photo"),
    *move_paths("turnouts/", "turnout", Turnout),
    path("<uuid:id>/", pages.callup, name="callup"),
    *move_paths("", "callup", CallUp),
]

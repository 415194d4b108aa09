"""Addresses of suggestions, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Suggestion

urlpatterns: list[URLPattern] = [
    path("", pages.board, name="board"),
    path("mine/", pages.mine, name="mine"),
    path("new/", pages.new, name="new"),
    path("figures/", pages.figures, name="figures"),
    path("figures.csv", pages.figures_csv, name="figures_csv"),
    path("suggestions.<slug:form>", pages.table, name="table"),
    path("<uuid:id>/", pages.suggestion, name="suggestion"),
    *move_paths("", "suggestion", lambda request: Suggestion.objects.visible_to(request.viewer).for_list()),
]

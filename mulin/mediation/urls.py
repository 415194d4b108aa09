"""Addresses of mediation, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Mediation

urlpatterns: list[URLPattern] = [
    path("", pages.mine, name="mine"),
    path("new/", pages.ask, name="ask"),
    path("enter/", pages.enter, name="enter"),
    path("figures/", pages.figures, name="figures"),
    path("figures.csv", pages.figures_csv, name="figures_csv"),
    path("<uuid:id>/", pages.mediation, name="mediation"),
    path("<uuid:id>/agreement/", pages.agreement, name="agreement"),
    path("<uuid:id>/sessions/<uuid:session>/", pages.session, name="session"),
    *move_paths("", "mediation", Mediation),
]

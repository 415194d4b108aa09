"""Addresses of proposals, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Proposal, Step

urlpatterns: list[URLPattern] = [
    path("", pages.board, name="board"),
    path("mine/", pages.mine, name="mine"),
    path("new/", pages.new, name="new"),
    path("ways/", pages.ways, name="ways"),
    path("ways/numbers/", pages.settings, name="settings"),
    path("ways/<slug:key>/", pages.way, name="way"),
    path("ways/<slug:key>/copy/", pages.way_copy, name="way_copy"),
    path("ways/<slug:key>/edit/", pages.way_edit, name="way_edit"),
    path("ways/<slug:key>/retire/", pages.way_retire, name="way_retire"),
    path("ways/<slug:key>/steps/<slug:at>/", pages.way_step, name="way_step"),
    path("ways/<slug:key>/steps/<int:at>/<slug:how>/", pages.way_step_move, name="way_step_change"),
    path("sittings/", pages.sittings, name="sittings"),
    path("sittings/new/", pages.sitting_new, name="sitting_new"),
    path("sittings/<uuid:id>/", pages.sitting, name="sitting"),
    path("steps/<uuid:id>/", pages.step, name="step"),
    path("steps/<uuid:id>/photos/<uuid:photo>/<slug:size>/", pages.step_photo, name="step_photo"),
    *move_paths("steps/", "step", Step),
    path("<uuid:id>/", pages.proposal, name="proposal"),
    path("<uuid:id>/photos/<uuid:photo>/<slug:size>/", pages.photo, name="photo"),
    *move_paths("", "proposal", Proposal),
]

"""Addresses of notices and objections, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Notice, Objection

urlpatterns: list[URLPattern] = [
    path("", pages.board, name="board"),
    path("feed.atom", pages.feed, name="feed"),
    path("mine/", pages.mine, name="mine"),
    path("kinds/", pages.kinds, name="kinds"),
    path("new/", pages.new, name="new"),
    path("objections/new/", pages.objection_new, name="objection_new"),
    path("objections/<uuid:id>/", pages.objection, name="objection"),
    *move_paths("objections/", "objection", Objection),
    path("<uuid:id>/", pages.notice, name="notice"),
    path("<uuid:id>/sheet/", pages.sheet, name="sheet"),
    path("<uuid:id>/list/", pages.rows, name="rows"),
    path("<uuid:id>/list/template.xlsx", pages.rows_template, name="rows_template"),
    path("<uuid:id>/list/report/", pages.rows_report, name="rows_report"),
    path("<uuid:id>/list/bring/", pages.rows_bring, name="rows_bring"),
    path("<uuid:id>/photos/<uuid:photo>/<slug:size>/", pages.photo, name="photo"),
    *move_paths("", "notice", Notice),
]

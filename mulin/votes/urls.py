"""Addresses of votes, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Vote

urlpatterns: list[URLPattern] = [
    path("", pages.board, name="board"),
    path("new/", pages.new, name="new"),
    path("receipts/<uuid:id>/", pages.receipt, name="receipt"),
    path("receipts/<uuid:id>.json", pages.receipt_file, name="receipt_file"),
    path("<uuid:id>/", pages.vote, name="vote"),
    path("<uuid:id>/ballot/", pages.ballot, name="ballot"),
    path("<uuid:id>/roll/", pages.roll, name="roll"),
    path("<uuid:id>/sheet/", pages.sheet, name="sheet"),
    path("<uuid:id>/vote.json", pages.file, name="file"),
    path("<uuid:id>/openings.json", pages.openings, name="openings"),
    *move_paths("", "vote", Vote),
]

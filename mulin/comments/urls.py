"""Addresses of comments, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Comment, Pause

urlpatterns: list[URLPattern] = [
    path("", pages.queue, name="queue"),
    path("write/", pages.write, name="write"),
    path("pauses/new/", pages.cool, name="cool"),
    path("pauses/<uuid:id>/", pages.pause, name="pause"),
    *move_paths("pauses/", "pause", Pause),
    path("<uuid:id>/", pages.comment, name="comment"),
    *move_paths("", "comment", Comment),
]

"""Addresses of confidential reports, below a community's."""

from __future__ import annotations

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Concern, Finding

urlpatterns: list[URLPattern] = [
    path("", pages.index, name="index"),
    path("new/", pages.tell, name="tell"),
    path("follow/", pages.follow, name="follow"),
    path("readers/", pages.readers, name="readers"),
    path("findings/<uuid:id>/", pages.finding, name="finding"),
    path("<uuid:id>/", pages.concern, name="concern"),
    path("<uuid:id>/sent/", pages.sent, name="sent"),
    *move_paths("findings/", "finding", lambda request: Finding.objects.visible_to(request.viewer).for_list()),
    *move_paths("", "concern", lambda request: Concern.objects.visible_to(request.viewer).for_list()),
]

"""Addresses of the entries that may be one person, below /<community>/joining/."""

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages

urlpatterns: list[URLPattern] = [
    path("", pages.doubles, name="doubles"),
    path("new/", pages.new, name="new"),
    path("apart/", pages.apart, name="apart"),
    path("<uuid:id>/", pages.joining, name="joining"),
    *move_paths("", "joining", pages.visible),
]

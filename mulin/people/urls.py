"""Addresses of the posts of a community, below the community's."""

from django.urls import path

from . import pages

urlpatterns = [
    path("", pages.posts, name="posts"),
    path("terms/<uuid:term_id>/<slug:move>/", pages.term_move, name="term_move"),
    path("<uuid:person_id>/reveal/", pages.reveal, name="reveal"),
]

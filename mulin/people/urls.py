"""Addresses of posts, persons and organisations of a community, below /<community>/people/."""

from django.urls import path

from mulin.web.nouns import move_paths

from . import pages

urlpatterns = [
    path("", pages.posts, name="posts"),
    path("posts/new/", pages.post_new, name="post_new"),
    path("posts/<uuid:id>/", pages.post, name="post"),
    path("posts/<uuid:id>/offer/", pages.offer, name="offer"),
    *move_paths("posts/", "post", pages.visible_posts),
    path("terms/<uuid:id>/", pages.term, name="term"),
    *move_paths("terms/", "term", pages.visible_terms),
    path("persons/", pages.persons, name="persons"),
    path("persons/new/", pages.person_new, name="person_new"),
    path("persons/<uuid:id>/", pages.person, name="person"),
    *move_paths("persons/", "person", pages.visible_persons),
    path("organisations/", pages.organisations, name="organisations"),
    path("organisations/new/", pages.organisation_new, name="organisation_new"),
    path("organisations/<uuid:id>/", pages.organisation, name="organisation"),
    *move_paths("organisations/", "organisation", pages.visible_organisations),
    path("<uuid:person_id>/reveal/", pages.reveal, name="reveal"),
]

"""Addresses of forwarding, below a community's."""

from django.urls import URLPattern, URLResolver, path

from . import pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.overview, name="connections"),
    path("new/", pages.forward, name="forward"),
    path("connections/new/", pages.connect, name="connect"),
    path("connections/<uuid:id>/", pages.connection, name="connection"),
    path("connections/<uuid:id>/test/", pages.test, name="test"),
    path("cases/<uuid:id>/", pages.forwarding, name="forwarding"),
    *pages.paths,
]

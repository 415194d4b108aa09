"""Addresses of the front page, of what stands above communities, and of each community's home."""

from django.urls import path

from . import pages

urlpatterns = [
    path("", pages.front, name="front"),
    path("overview/", pages.overview, name="overview"),
]
community_urlpatterns = [
    path("", pages.community_home, name="home"),
    path("log/", pages.log, name="log"),
    path("overview/", pages.community_overview, name="overview"),
    path("places/<slug:kind>/<uuid:id>/", pages.place, name="place"),
    path("import/", pages.importing, name="importing"),
    path("import/<slug:kind>/", pages.importing_kind, name="importing_kind"),
    path("import/<slug:kind>/template.xlsx", pages.importing_template, name="importing_template"),
    path("import/<slug:kind>/all.xlsx", pages.importing_all, name="importing_all"),
    path("import/<slug:kind>/report.csv", pages.importing_report, name="importing_report"),
    path("import/<slug:kind>/bring/", pages.importing_bring, name="importing_bring"),
]

"""Addresses of webhooks, below a community's; and of the pages for people who write programs."""

from django.urls import URLPattern, URLResolver, path

from .pages import developers, webhooks

urlpatterns: list[URLPattern | URLResolver] = [
    path("", webhooks.index, name="webhooks"),
    path("new/", webhooks.make, name="make"),
    path("<uuid:id>/", webhooks.webhook, name="webhook"),
    path("<uuid:id>/renew/", webhooks.renew, name="renew"),
    *webhooks.paths,
]
site_urlpatterns: list[URLPattern | URLResolver] = [
    path("", developers.overview, name="developers"),
    path("<slug:name>/", developers.topic, name="resource"),
]

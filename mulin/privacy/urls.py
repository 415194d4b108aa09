"""Addresses of purposes and consents, below a community's, and of what is known, below /me/data/."""

from django.urls import URLPattern, path

from mulin.web.nouns import move_paths

from . import pages
from .models import Consent

urlpatterns: list[URLPattern] = [
    path("", pages.purposes, name="purposes"),
    path("new/", pages.give, name="give"),
    path("audit/", pages.audit, name="audit"),
    path("<uuid:id>/", pages.consent, name="consent"),
    *move_paths("", "consent", lambda request: Consent.objects.visible_to(request.viewer)),
]
own_urlpatterns: list[URLPattern] = [
    path("", pages.known, name="known"),
    path("file/", pages.known_file, name="known_file"),
]

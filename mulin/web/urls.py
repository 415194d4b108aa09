"""Addresses of the kit itself: language, appearance, and the page of its parts."""

from django.urls import path

from . import pages

app_name = "web"
urlpatterns = [
    path("language/", pages.language, name="language"),
    path("style/", pages.style, name="style"),
    path("appearance/", pages.appearance, name="appearance"),
]

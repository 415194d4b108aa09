"""Addresses of the kit itself: language and appearance."""

from django.urls import path

from . import pages

app_name = "web"
urlpatterns = [
    path("language/", pages.language, name="language"),
    path("appearance/", pages.appearance, name="appearance"),
]

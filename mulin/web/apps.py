"""The app web."""

from django.apps import AppConfig


class Web(AppConfig):
    name = "mulin.web"

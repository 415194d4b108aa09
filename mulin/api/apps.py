"""The app api."""

from django.apps import AppConfig


class Api(AppConfig):
    name = "mulin.api"

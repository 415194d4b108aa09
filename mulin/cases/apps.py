"""The app cases."""

from django.apps import AppConfig


class Cases(AppConfig):
    name = "mulin.cases"

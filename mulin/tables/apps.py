"""Tables as a Django app."""

from django.apps import AppConfig


class Tables(AppConfig):
    name = "mulin.tables"

"""Privacy as a Django app."""

from django.apps import AppConfig


class Privacy(AppConfig):
    name = "mulin.privacy"

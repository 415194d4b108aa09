"""The journal as a Django app."""

from django.apps import AppConfig


class Journal(AppConfig):
    name = "mulin.journal"

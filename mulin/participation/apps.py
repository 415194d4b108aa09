"""Participation as a Django app."""

from django.apps import AppConfig


class Participation(AppConfig):
    name = "mulin.participation"

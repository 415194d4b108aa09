"""The territory as a Django app."""

from django.apps import AppConfig


class Territory(AppConfig):
    name = "mulin.territory"

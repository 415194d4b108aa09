"""Uploads as a Django app."""

from django.apps import AppConfig


class Uploads(AppConfig):
    name = "mulin.uploads"

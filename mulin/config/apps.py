"""The composition as a Django app, so that commands and checks of the whole house have a home."""

from django.apps import AppConfig


class MulinConfig(AppConfig):
    name = "mulin.config"
    label = "config"

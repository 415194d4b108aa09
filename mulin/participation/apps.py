"""Participation as a Django app; says what it knows of people, and follows who moves away."""

from django.apps import AppConfig


class Participation(AppConfig):
    name = "mulin.participation"

    def ready(self) -> None:
        from mulin.privacy.queries import tells

        from . import readers  # noqa: F401
        from .queries import tell_all

        for model, title, tell in tell_all():
            tells(model, title, tell)

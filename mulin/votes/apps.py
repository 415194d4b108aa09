"""Votes as a Django app; stands on the resident's home, says what it knows of people and who hears of what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Votes(AppConfig):
    name = "mulin.votes"
    verbose_name = _("Votes")

    def ready(self) -> None:
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells
        from mulin.web.beside import stand_beside

        from . import actions, models, queries, readers  # noqa: F401
        from .pages import panels

        carries(models.RollOwner, "person", gives_way=actions.give_way)
        carries(models.Holder, "person")
        carries(models.Challenge, "person")
        tells("votes.RollOwner", _("Votes on whose roll you are"), queries.tell_rolls)
        tells("votes.Holder", _("Votes in which you vote for others"), queries.tell_held)
        tells("votes.Challenge", _("Votes that you challenged"), queries.tell_challenges)
        stand_beside("home.resident", panels.waiting, "main")

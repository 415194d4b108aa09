"""News as a Django app; says what the worker looks after."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class News(AppConfig):
    name = "mulin.news"
    verbose_name = _("News")

    def ready(self) -> None:
        from mulin.kernel.worker import CHORES, PULSES
        from mulin.people.actions import carries

        from . import actions, queries
        from .hearing import hears
        from .models import Robot

        carries(Robot, "owner")
        PULSES.extend((actions.remind_now, actions.say_due))
        CHORES.extend((actions.mail_out, actions.begin_mornings, actions.tell_endings, actions.tidy))
        words = {
            "suspend": _("The group cannot be reached, so its robot was paused. Look at its address there."),
            "expire": _("A group robot has ended after a year. Add it again if it is still needed."),
        }
        hears("news.robot", queries.accounts_in(Robot, "owner"), words)

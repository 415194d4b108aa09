"""Comments as a Django app; says what it knows of people and who hears of what."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Comments(AppConfig):
    name = "mulin.comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from mulin.people.actions import carries
        from mulin.privacy.queries import tells

        from . import readers  # noqa: F401
        from .models import Comment, Pause
        from .queries import tell_comments, tell_pauses

        carries(Comment, "writer", "hidden_by", "decided_by")
        carries(Pause, "begun_by")
        tells("comments.Comment", _("Comments I wrote, hid or looked at again"), tell_comments)
        tells("comments.Pause", _("Discussions I let cool off"), tell_pauses)

"""What follows: words go with a writer who is forgotten, and who hears of comments in which words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import SYSTEM
from mulin.kernel.readers import Heard, reads
from mulin.news.hearing import hears, is_watched

from . import actions, queries
from .flow import State
from .models import Comment

KIND = "comments.comment"


@reads("people.person", "forget")
def writer_forgotten(line: Heard) -> None:
    """Erase the comments of somebody whose account was closed and who is forgotten here."""
    for comment in Comment.objects.filter(community=line.community, writer=line.noun_id):
        actions.erase(comment, by=SYSTEM)


hears(KIND, queries.the_owners, {"write": _("There is a comment on something of yours.")}, voice="owners")
hears(KIND, queries.the_answered, {"write": _("Somebody answered your comment.")}, voice="answered")
hears(
    KIND, queries.the_writer(State.SHOWN), voice="shown",
    sentences={
        "show": _("Your comment is shown again."), "go_on": _("Your comment is shown again."),
        "decide": _("Somebody else looked at your comment: it is shown again."),
    },
)  # fmt: skip
hears(
    KIND, queries.the_writer(State.HIDDEN),
    sentences={
        "hide": _("Your comment was hidden. The reason stands in its place; you can ask for another person's look."),
        "decide": _("Somebody else looked at your comment: it stays hidden. The reason stands there."),
    },
)  # fmt: skip
hears(
    KIND, queries.the_keepers, voice="keepers",
    sentences={
        "report": _("A comment was reported. Please look at it."),
        "ask": _("Somebody asks for a second look at a hidden comment."),
        "go_on": _("A hidden comment still waits for its second look."),
    },
)  # fmt: skip
is_watched(KIND, queries.in_charge)

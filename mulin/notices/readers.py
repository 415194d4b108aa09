"""Who hears of notices and objections, and in which words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from mulin.news.hearing import ends_soon, hears, is_watched

from . import queries
from .figures import SOON_DAYS

NOTICE, OBJECTION = "notices.notice", "notices.objection"

KEEPERS = {
    "post_list.asked": _("A notice with a list of people waits for a second person. Please look at it."),
}  # fmt: skip
POSTER = {
    "be_objected": _("Somebody objected to your notice."),
    "settle": _("Your notice is settled: its days are over."),
    "withdraw": _("Your notice was withdrawn."),
    "post_list.declined": _("The second person did not agree to your notice."),
}  # fmt: skip
ANSWERERS = {
    "lodge": _("An objection to a notice waits for an answer."),
    "press": _("An objector is not content. Somebody else has to answer now."),
    "remind": _("An objection was not answered in time. The notice cannot settle before it is."),
}  # fmt: skip
OBJECTOR = {
    "answer": _("Your objection was answered. You can accept it, or ask once more."),
    "answer_again": _("Your objection got its last answer."),
    "close": _("The notice to which you objected was withdrawn or replaced."),
}  # fmt: skip
hears(NOTICE, queries.keepers, KEEPERS, voice="keepers")
hears(NOTICE, queries.of_poster, POSTER)
hears(OBJECTION, queries.keepers, ANSWERERS, voice="answerers")
hears(OBJECTION, queries.the_objector, OBJECTOR)
ends_soon(NOTICE, queries.who_post, timedelta(days=SOON_DAYS), _("A notice that you posted ends soon."))
is_watched(OBJECTION, queries.in_charge)

"""Fixed lists and spans of incidents; no Django models."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

SPEAK_EVERY = timedelta(days=2)  # longer than this nobody should wait for a word
DISCUSSED = timedelta(days=14)  # so long after its end people may still say what they think of it
MOST_PARTS = 200
PLACES: dict[str, Any] = {"community": _("The whole community"), "grid": _("A grid"), "building": _("A house")}
SENTENCES = {
    "declare": _("There is an incident that concerns you."),
    "report_on": _("There is news of an incident that concerns you."),
    "end": _("An incident that concerned you is over."),
    "reopen": _("An incident that concerned you is open again."),
    "ask_word": _("Two days without a word on an incident: people wait to hear how it stands."),
}

"""Closed lists, days and exact small arithmetic of votes; no Django models."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PREPARE = "votes.prepare"
REVIEW = "votes.review"

OWNERS, RESIDENTS, HOUSEHOLDS, SEATS = "owners", "residents", "households", "seats"
ELECTORATES = {
    OWNERS: _("The owners"), RESIDENTS: _("The residents, each for themself"),
    HOUSEHOLDS: _("The households, one vote each"), SEATS: _("The seats of a council or committee"),
}  # fmt: skip
PLACES = ("community", "grid", "building", "entrance")
YES, NO, ABSTAIN, FOLLOW = "yes", "no", "abstain", "follow_majority"
CHOICES = {
    YES: pgettext_lazy("vote", "Yes"), NO: pgettext_lazy("vote", "No"), ABSTAIN: pgettext_lazy("vote", "Abstain"),
    FOLLOW: _("With the majority"),
}  # fmt: skip
HINTS = {
    ABSTAIN: _("Counts as taking part, not as a yes."),
    FOLLOW: _("Counted as most of the others vote, where the rules allow it."),
}  # fmt: skip
MEASURES = {"heads": _("Heads"), "area": _("Floor area"), "shares": _("Shares")}
OUTCOMES = {
    "adopted": _("Adopted"), "rejected": _("Not adopted"), "no_quorum": _("Too few took part"), "tie": _("A tie"),
    "elected": _("Chosen"),
}  # fmt: skip
WEB, HANDS = "web", "hands"
MOST_OPTIONS = 20
MOST_NOTICE, MOST_OPEN, MOST_CHALLENGE = 90, 366, 60
ANSWER_DAYS = 7  # after which a challenge that was not answered is told of again
REMIND_DAYS = 2  # before the last day is over


def masked_unit(door: str) -> str:
    """Write a door so that one knows the house and not the flat: 12号楼2门 3**."""
    return re.sub(r"(\S)(\S*)$", lambda found: found[1] + "*" * max(len(found[2]), 1), door.strip())


def least(num: int, den: int, strict: bool, base: int) -> int:
    """Return the least whole number that meets a fraction of a base; strict: more than it."""
    whole, rest = divmod(num * base, den)
    return whole + 1 if strict or rest else whole


def amount(measure: str, value: int) -> str:
    """Write a number of a measure for people: areas in square metres, never rounded."""
    if measure != "area":
        return f"{value:,}"
    return _now("%(area)s m²") % {"area": f"{value // 100:,}.{value % 100:02}"}


def code(hexes: str) -> str:
    """Write the first signs of a hash as people compare them: 7F3A 9C21 08DE."""
    signs = hexes[:12].upper()
    return " ".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def lines(text: Any) -> list[str]:
    """Read one thing for each line, without doubles."""
    return list(dict.fromkeys(each.strip() for each in str(text).splitlines() if each.strip()))

"""Fixed lists and spans of comments, and the register of what may be commented; no Django models."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.rules import Rule

KEEPS = "notices.post"  # whoever keeps the community's pages
LONGEST, LONGEST_MORE = 1000, 500  # signs
FRESH = timedelta(minutes=15)  # so long one may change one's words; later one adds to them
AN_HOUR, MOST_AN_HOUR = timedelta(hours=1), 10  # comments of one person: a courtesy to the others
LOOK_DAYS = 7  # for the second person's look
LONGEST_PAUSE = 72  # hours
ROWS = 20  # comments of a page
MOST_ANSWERS = 10  # under one comment; its own page has them all

REASONS = {
    "private": _("Tells something private of somebody"), "insult": _("Insults or threatens somebody"),
    "harm": _("Calls for violence or harm"), "law": _("Is against the law"),
    "advert": _("Advertises something"), "matter": _("Is not about this matter"),
}  # fmt: skip
# Where silence would harm somebody: these are not shown again by time alone.
PROTECTS = frozenset({"private", "insult", "harm", "law"})
PAUSES = {
    "heated": _("It has become too heated"), "persons": _("It turned against persons, away from the matter"),
    "facts": _("What happened is being looked into"),
}  # fmt: skip
SHOW, STAY = "show", "stay"
OUTCOMES = {SHOW: pgettext_lazy("comment", "Show it again"), STAY: _("It stays hidden")}


def _always(noun: Any) -> bool:
    return True


def _nobody(noun: Any) -> Iterable[UUID]:
    return ()


@dataclass(frozen=True)
class Ground:
    """A kind of noun on which people may say something: whom to tell, while it is open, and who besides residents."""

    owners: Callable[[Any], Iterable[UUID]] = _nobody  # accounts
    is_open: Callable[[Any], bool] = _always  # asked of the loaded noun alone
    who: Rule | None = None  # narrows who may write


GROUNDS: dict[str, Ground] = {}


def commented(
    kind: str, *, owners: Callable[[Any], Iterable[UUID]] = _nobody, is_open: Callable[[Any], bool] = _always,
    who: Rule | None = None,
) -> None:  # fmt: skip
    """Say that such a noun (`incidents.incident`) may be commented; a module above does so when it starts."""
    GROUNDS[kind] = Ground(owners, is_open, who)

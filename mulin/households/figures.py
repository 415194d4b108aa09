"""Closed lists and exact small arithmetic of homes: ages, shares, the roll of owners; no Django models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import gcd
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CONSENT_AGE = 14  # below it a guardian has to agree
FULL_AGE = 18
DECLARATION_WAITS = timedelta(days=60)
PROXY_LASTS_AT_MOST = timedelta(days=3 * 366)
MOST_LISTED = 15  # people of a household, and who was in it within a year, if nobody but the household adds them
MOST_SAID = 3  # doors behind which one says to live, while nobody confirmed it
LATELY = timedelta(days=365)
MOST_PARTS = 1_000_000  # of a whole: areas of one dwelling in 0.01 m² fit
WHOLE = (1, 1)

Share = tuple[int, int]


class Relation(TextChoices):
    """What somebody is in a household."""

    HEAD = "head", gettext_lazy("Head of the household")
    SPOUSE = "spouse", gettext_lazy("Spouse")
    CHILD = "child", gettext_lazy("Child")
    PARENT = "parent", gettext_lazy("Parent")
    GRANDPARENT = "grandparent", gettext_lazy("Grandparent")
    TENANT = "tenant", gettext_lazy("Tenant")
    FLATMATE = "flatmate", gettext_lazy("Flatmate")
    CARER = "carer", gettext_lazy("Carer")
    OTHER = "other", gettext_lazy("Other")


class How(TextChoices):
    """In which way a guardian agreed."""

    HERE = "here", gettext_lazy("Here, signed in")
    PAPER = "paper", gettext_lazy("On paper")
    SPOKEN = "spoken", gettext_lazy("By word of mouth")


def birthday(born_on: str, years: int) -> date | None:
    """Return the day on which someone born then turns that old; None when the date is not known."""
    if not born_on:
        return None
    born = date.fromisoformat(born_on)
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # 29 February
        return date(born.year + years, 3, 1)


def is_under(born_on: str, years: int, day: date) -> bool:
    """Tell whether someone is known to be younger than that."""
    turns = birthday(born_on, years)
    return turns is not None and day < turns


def read_share(text: str) -> Share:
    """Read "1/2", "50%" or "1" in lowest terms. Raises ValueError with what would be right."""
    bare = str(text).translate(str.maketrans("０１２３４５６７８９／％．", "0123456789/%.")).replace(" ", "")
    whole, part = 0, 0
    if found := re.fullmatch(r"(\d{1,7})/(\d{1,7})", bare):
        part, whole = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(\d{1,3})(?:\.(\d{1,4}))?%", bare):
        decimals = found[2] or ""
        part, whole = int(found[1] + decimals), 100 * 10 ** len(decimals)
    elif bare == "1":
        part, whole = WHOLE
    if not 0 < part <= whole <= MOST_PARTS:
        raise ValueError(_("Write the share as 1/2 or 50%, at most the whole."))
    return lowest(part, whole)


def lowest(part: int, whole: int) -> Share:
    """Write a share in lowest terms."""
    common = gcd(part, whole)
    return part // common, whole // common


def total(shares: Iterable[Share]) -> Share:
    """Add shares exactly."""
    part, whole = 0, 1
    for one, of in shares:
        part, whole = lowest(part * of + one * whole, whole * of)
    return part, whole


def free(shares: Iterable[Share]) -> Share:
    """Say how much of a dwelling these shares leave; the part is below nothing when they are too many."""
    part, whole = total(shares)
    return lowest(whole - part, whole)


def is_more(one: Share, other: Share) -> bool:
    """Tell whether one share is more than the other, by multiplying across (law 11)."""
    return one[0] * other[1] > other[0] * one[1]


def share_text(share: Share) -> str:
    """Write a share for people."""
    return _("the whole") if share == WHOLE else f"{share[0]}/{share[1]}"


@dataclass(frozen=True, slots=True)
class OwnersRow:
    """One owner's share of one dwelling on a day, as a vote of owners counts it."""

    dwelling: UUID
    building: str
    door: str
    area: int | None  # in 0.01 m²
    ownership: UUID
    owner_kind: str  # person, organisation
    owner: UUID
    owner_name: str
    numerator: int
    denominator: int
    delivered: bool
    proxy: UUID | None
    representative: UUID | None  # the person who holds the proxy

    @property
    def share(self) -> Share:
        return self.numerator, self.denominator

    @property
    def share_text(self) -> str:
        return share_text(self.share)


@dataclass(frozen=True, slots=True)
class OwnersTotals:
    """What a roll adds up to. An owner of several dwellings is one head; a dwelling counts once."""

    dwellings: int
    area: int  # of the dwellings whose area is known, in 0.01 m²
    unmeasured: int
    heads: int
    delivered: int
    incomplete: int  # dwellings of which a part has no owner


def totals(rows: Sequence[OwnersRow]) -> OwnersTotals:
    """Add a roll up in whole numbers."""
    areas = {row.dwelling: row.area for row in rows}
    shares: dict[UUID, list[Share]] = {}
    for row in rows:
        shares.setdefault(row.dwelling, []).append(row.share)
    return OwnersTotals(
        dwellings=len(areas),
        area=sum(area or 0 for area in areas.values()),
        unmeasured=sum(area is None for area in areas.values()),
        heads=len({(row.owner_kind, row.owner) for row in rows}),
        delivered=len({row.dwelling for row in rows if row.delivered}),
        incomplete=sum(total(parts) != WHOLE for parts in shares.values()),
    )

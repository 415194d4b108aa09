"""Fixed lists and small arithmetic about people; no Django models."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from mulin.kernel.clock import now
from mulin.secrecy.normal import normal_phone

if TYPE_CHECKING:
    from mulin.territory.models import Community

PLACES = ("community", "grid", "building", "entrance")

# What someone of a higher level may do in the communities below: read and press, never handle.
OVERSIGHTS: dict[str, frozenset[str]] = {
    "subdistrict": frozenset({"cases.oversee"}),
    "city": frozenset({"cases.oversee"}),
}

OFFER_LIVES = timedelta(days=14)
TERM_LASTS = timedelta(days=365)


def hour_of(moment: datetime) -> datetime:
    """Return the start of the hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def today_in(community: Community) -> date:
    """Return the date in a community's own time zone."""
    return now().astimezone(community.zone_info).date()


def in_their_language(zh: str, en: str) -> str:
    """Choose between two names by the reader's language; what has no English name keeps the Chinese one."""
    return zh if not en or (get_language() or "zh").startswith("zh") else en


def spelled(target: str) -> str:
    """Write a mail address or phone the one way; what is neither stays as it is and is never found."""
    if "@" in target:
        return target.strip().lower()
    try:
        return normal_phone(target)
    except ValidationError:
        return target.strip()[:100]

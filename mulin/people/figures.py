"""Fixed lists and small arithmetic about people; no Django models."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError

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

SCOPES = ("read", "write")

CODE_LIVES = timedelta(minutes=10)
FRESH = timedelta(minutes=30)  # how recent a sign-in must be for what nobody should do with a borrowed phone
CODE_TRIES = 5
INVITATION_LIVES = timedelta(days=14)
OFFER_LIVES = timedelta(days=14)
TERM_LASTS = timedelta(days=365)
KEY_LIVES = timedelta(days=365)


def hour_of(moment: datetime) -> datetime:
    """Return the start of the hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def device_of(agent: str) -> str:
    """Name a device by its user agent, short and without a fingerprint: "Chrome, Android"."""
    browsers = ("MicroMessenger", "Edg", "Firefox", "Chrome", "Safari")
    systems = ("iPhone", "iPad", "Android", "HarmonyOS", "Windows", "Mac OS", "Linux")
    names = {"MicroMessenger": "WeChat", "Edg": "Edge", "Mac OS": "Mac"}
    found = [next((name for name in group if name in agent), "") for group in (browsers, systems)]
    return ", ".join(names.get(name, name) for name in found if name)


def today_in(community: Community) -> date:
    """Return the date in a community's own time zone."""
    return now().astimezone(community.zone_info).date()


def spelled(target: str) -> str:
    """Write a mail address or phone the one way; what is neither stays as it is and is never found."""
    if "@" in target:
        return target.strip().lower()
    try:
        return normal_phone(target)
    except ValidationError:
        return target.strip()[:100]


def can_text() -> bool:
    """Say whether codes reach phones: through a gateway, or shown on the page in a demo."""
    return settings.DEMO or bool(getattr(settings, "SMS_SENDER", ""))

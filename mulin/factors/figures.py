"""How second factors count, who should have one, and how their codes are written; no Django models."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

# What a post may do that a stolen password alone should not open.
STAFF = frozenset({"people.keep", "people.invite", "people.audit", "cases.desk", "cases.oversee", "concerns.read"})

TRIES_COUNT = timedelta(minutes=15)
CHALLENGE_LIVES = timedelta(minutes=10)  # shorter than tries count: a challenge that served is still remembered
STEP = 30  # seconds; what every authenticator app takes for granted
DRIFT = 1  # steps that a phone's clock may be off, each way
PASSKEYS_MOST = 20
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def step_of(moment: datetime) -> int:
    """Count the steps of 30 seconds up to a moment."""
    return int(moment.timestamp()) // STEP


def withheld(guarded: bool) -> frozenset[str]:
    """Say which capabilities wait until an account has a second factor."""
    return STAFF if settings.STAFF_FACTOR == "must" and not guarded else frozenset()


def site_host() -> str:
    """Name the host that passkeys are made for."""
    return urlsplit(settings.SITE_URL).hostname or ""


def site_origin() -> str:
    """Say where a browser must be for a passkey of ours to count."""
    parts = urlsplit(settings.SITE_URL)
    return f"{parts.scheme}://{parts.netloc}"


def passkeys_work() -> bool:
    """Tell whether browsers make passkeys for this site: they need a name, not a number."""
    try:
        ip_address(site_host())
    except ValueError:
        return bool(site_host())
    return False


def recovery_code(choose: object) -> str:
    """Write one recovery code, in two groups that can be read out; `choose` picks from letters."""
    letters = [choose(_LETTERS) for _ in range(10)]  # type: ignore[operator]
    return f"{''.join(letters[:5])}-{''.join(letters[5:])}"


def plain(code: str) -> str:
    """Write a code that someone typed the one way: no blanks, no dashes, small letters."""
    return "".join(code.split()).replace("-", "").lower()

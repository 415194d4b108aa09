"""How long what opens a door lasts, and small arithmetic about devices; no Django models."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
FRESH = timedelta(minutes=30)  # how recent a sign-in must be for what nobody should do with a borrowed phone
INVITATION_LIVES = timedelta(days=14)
KEY_LIVES = (7, 30, 90, 180, 365)  # days among which whoever makes a key chooses; it ends by itself
CALLS_PER_MINUTE = 600  # with one key, at most
HALF_LIVES = timedelta(minutes=10)  # between the password and the second factor
DEVICE_KNOWN = timedelta(days=90)
GUEST_LIVES = timedelta(days=30)
GUEST_STAYS = timedelta(days=1)  # signed in with one code
REMINDED = timedelta(days=7)


def device_of(agent: str) -> str:
    """Name a device by its user agent, short and without a fingerprint: "Chrome, Android"."""
    browsers = ("MicroMessenger", "Edg", "Firefox", "Chrome", "Safari")
    systems = ("iPhone", "iPad", "Android", "HarmonyOS", "Windows", "Mac OS", "Linux")
    names = {"MicroMessenger": "WeChat", "Edg": "Edge", "Mac OS": "Mac"}
    found = [next((name for name in group if name in agent), "") for group in (browsers, systems)]
    return ", ".join(names.get(name, name) for name in found if name)


def can_text() -> bool:
    """Say whether codes reach phones: through a gateway, or shown on the page in a demo."""
    return settings.DEMO or bool(settings.SMS_SENDER)

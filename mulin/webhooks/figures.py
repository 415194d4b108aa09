"""How often and how long webhooks try, and how a message is signed (Standard Webhooks); no Django models."""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

LIVES = timedelta(days=365)
PROVED_WITHIN = timedelta(days=7)  # an address that never answers is not kept
OLD_SECRET_LIVES = timedelta(hours=24)  # how long the one before still signs, too
DELIVERIES_KEPT = timedelta(days=30)
MOST_OPEN = 20  # webhooks of one community
MOST_REPLAYED = 100_000  # lines
LEASE = timedelta(seconds=60)
# How long to wait after the first, second, … try that failed; after the last the webhook is paused.
BACK_OFF = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=5),
    timedelta(hours=10), timedelta(hours=10),
)  # fmt: skip
SENTENCES = {
    "suspend": _("Nobody took our messages for more than a day, so it rests. Nothing is lost: go on once they answer."),
    "expire": _("It has ended: its year is over, or its address did not answer within a week."),
}
PREFIX = "whsec_"
UNREACHED, ENDED = "unreached", "ended"  # why there is no answer, as programs read it; no more is told


def new_secret() -> str:
    """Make a secret as Standard Webhooks writes it."""
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


def sign(secret: str, message: str, at: datetime, body: bytes) -> str:
    """Sign a message: HMAC-SHA256 over its id, the second it is sent and its body."""
    key = b64decode(secret.removeprefix(PREFIX))
    signed = b".".join([message.encode(), str(int(at.timestamp())).encode(), body])
    return "v1," + b64encode(hmac.digest(key, signed, "sha256")).decode()


def headers(keys: list[str], message: str, at: datetime, body: bytes) -> dict[str, str]:
    """Write the headers of a message, signed with every secret that counts just now."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "Mulin-Webhooks/1",
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(sign(key, message, at, body) for key in keys),
    }


def next_try(attempts: int, at: datetime) -> datetime | None:
    """Say when to try again after so many failures; None: no more."""
    return at + BACK_OFF[attempts - 1] if attempts <= len(BACK_OFF) else None


def event_of(cleared: dict[str, Any]) -> str:
    """Name what a cleared line says, as webhooks choose it: cases.case.solve; empty for a line that is only counted."""
    if not {"at", "noun", "to", "verb"} <= cleared.keys():
        return ""
    return f"{cleared['noun'].split(':')[0]}.{cleared['verb']}"

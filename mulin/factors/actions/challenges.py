"""The challenge a browser was given for a passkey, in a signed cookie that lives for ten minutes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ..figures import CHALLENGE_LIVES

COOKIE = "challenge"


def keep_challenge(response: HttpResponse, challenge: bytes, *, purpose: str) -> None:
    """Have the browser keep the challenge it was given, for one purpose."""
    response.set_signed_cookie(
        COOKIE, challenge.hex(), salt=_salt(purpose), max_age=CHALLENGE_LIVES, httponly=True, samesite="Lax",
        secure=settings.SITE_URL.startswith("https"),
    )  # fmt: skip


def kept_challenge(request: HttpRequest, *, purpose: str) -> bytes:
    """Read the challenge that this browser was given for a purpose; empty when there is none, or its time is over."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=_salt(purpose), max_age=CHALLENGE_LIVES)
    return bytes.fromhex(str(kept or ""))


def _salt(purpose: str) -> str:
    return f"factors.challenge.{purpose}"

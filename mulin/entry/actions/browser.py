"""What a browser keeps for us, in signed cookies: the sign-in, the looks of the pages, nouns opened by a code."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ..figures import CODE_LIVES, HALF_LIVES, REMINDED
from ..models import SignIn
from .sign_ins import HalfIn

COOKIE, COOKIE_SALT = "mulin", "entry.sign-in"
HOLDS, HOLDS_SALT = "holds", "entry.holds"
HOLDS_KEPT = timedelta(days=30)
HOLDS_MOST = 20
ASKED, ASKED_SALT = "asked", "entry.code"
HALF, HALF_SALT = "half", "entry.half"
LATER = "later"


def keep_sign_in(response: HttpResponse, sign_in: SignIn) -> None:
    """Give the browser the cookie of a sign-in, and what its pages should look like."""
    days = timedelta(days=settings.SIGN_IN_DAYS)
    _set(response, COOKIE, sign_in.pk.hex, COOKIE_SALT, days)
    account = sign_in.account
    keep_appearance(response, account.language, account.theme, account.mode)


def kept_sign_in(request: HttpRequest) -> UUID | None:
    """Read the id of the sign-in that the browser keeps."""
    kept = _get(request, COOKIE, COOKIE_SALT, timedelta(days=settings.SIGN_IN_DAYS))
    return UUID(kept) if kept else None


def keep_appearance(response: HttpResponse, language: str, theme: str, mode: str) -> None:
    """Have pages look as the person chose, before anything is loaded."""
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, language), ("theme", theme), ("mode", mode)):
        if value:
            response.set_cookie(name, value, max_age=timedelta(days=365), samesite="Lax", secure=_is_https())
        else:
            response.delete_cookie(name, samesite="Lax")


def drop_sign_in(response: HttpResponse) -> None:
    """Take the cookie of a sign-in, and what secret codes opened, off the browser."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.delete_cookie(HOLDS, samesite="Lax")


def hold(response: HttpResponse, request: HttpRequest, noun_id: UUID) -> None:
    """Let this browser keep a noun that a secret code opened, for 30 days."""
    kept = [key.hex for key in held(request) if key != noun_id]
    _set(response, HOLDS, ".".join([*kept, noun_id.hex][-HOLDS_MOST:]), HOLDS_SALT, HOLDS_KEPT)


def held(request: HttpRequest) -> list[UUID]:
    """List the nouns that secret codes opened in this browser."""
    kept = _get(request, HOLDS, HOLDS_SALT, HOLDS_KEPT)
    return [UUID(key) for key in kept.split(".")] if kept else []


def keep_asked(response: HttpResponse, asked: dict[str, str]) -> None:
    """Remember where a one-time code was sent, and what for, while it counts."""
    _set(response, ASKED, urlencode(asked), ASKED_SALT, CODE_LIVES)


def asked(request: HttpRequest) -> dict[str, str]:
    """Say where a one-time code was sent, and what for; empty when none was."""
    return dict(parse_qsl(_get(request, ASKED, ASKED_SALT, CODE_LIVES)))


def keep_half(response: HttpResponse, half: HalfIn, wish: str) -> None:
    """Remember for some minutes that the first factor was right, and where someone wanted to go."""
    _set(response, HALF, urlencode({"account": half.account_id.hex, "next": wish[:500]}), HALF_SALT, HALF_LIVES)


def kept_half(request: HttpRequest) -> tuple[HalfIn | None, str]:
    """Say who is half signed in here, if anyone is, and where they wanted to go."""
    kept = dict(parse_qsl(_get(request, HALF, HALF_SALT, HALF_LIVES)))
    return (HalfIn(UUID(kept["account"])), kept.get("next", "")) if kept else (None, "")


def keep_later(response: HttpResponse) -> None:
    """Let the reminder of a second factor rest in this browser for a week."""
    response.set_cookie(LATER, "1", max_age=REMINDED, httponly=True, samesite="Lax", secure=_is_https())


def _set(response: HttpResponse, name: str, value: str, salt: str, lives: timedelta) -> None:
    response.set_signed_cookie(name, value, salt=salt, max_age=lives, httponly=True, samesite="Lax", secure=_is_https())


def _get(request: HttpRequest, name: str, salt: str, lives: timedelta) -> str:
    kept = request.get_signed_cookie(name, default="", salt=salt, max_age=lives)
    return str(kept or "")


def _is_https() -> bool:
    return settings.SITE_URL.startswith("https")

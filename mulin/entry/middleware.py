"""Every visit: who looks, in which community, in which language and time zone. Answers by itself only to bad keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mulin.factors.figures import STAFF
from mulin.kernel.clock import now
from mulin.kernel.viewer import NOBODY
from mulin.people.figures import today_in
from mulin.territory.queries import community_of_path
from mulin.web.http import address_of

from . import actions, queries
from .actions.browser import LATER, held, kept_sign_in
from .models import SignIn

HOME = ZoneInfo(settings.HOME_ZONE)  # where pages of no community tell the time
REMINDER = "factors/reminder.html"
SEEN_EVERY = timedelta(hours=12)


class Visit:
    """Sets request.viewer, request.community and request.sign_in; activates language and time zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.META["REMOTE_ADDR"] = address_of(request)  # what everything that counts tries reads
        request.community = community_of_path(request.path_info)
        request.sign_in = None
        secret = _bearer(request)
        if secret is not None:
            # A key is of one community; what belongs to none is there for everyone.
            found = queries.viewer_by_key(secret, request.community) if request.community else (NOBODY, None)
            if found is None:
                return _bad_key()
            viewer, request.key = found
            _used(request)
            request._dont_enforce_csrf_checks = True  # no browser sends a key on its own
        else:
            request.sign_in = _signed_in(request)
            viewer = queries.viewer_by_sign_in(request.sign_in, request.community)
        request.viewer = replace(viewer, holds=frozenset(held(request)))
        request.reminder = _reminder(request)
        return self._answer(request)

    def _answer(self, request: Any) -> HttpResponse:
        language = _language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        timezone.activate(request.community.zone_info if request.community else HOME)
        try:
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response
        finally:
            timezone.deactivate()
            translation.deactivate()


def _bearer(request: HttpRequest) -> str | None:
    given = request.headers.get("Authorization", "")
    if not request.path_info.startswith("/api/") or not given.startswith("Bearer mk_"):
        return None
    return given.removeprefix("Bearer ").strip()


def _used(request: Any) -> None:
    if request.key and request.key.used_on != (today := today_in(request.community)).isoformat():
        actions.key_used(request.key.id, request.community, today)


def _bad_key() -> HttpResponse:
    words = _("This key opens nothing here. It may have been ended, or belong to another community.")
    body = {"error": {"code": "bad_key", "message": words}}
    return JsonResponse(body, status=401, headers={"WWW-Authenticate": "Bearer"})


def _signed_in(request: HttpRequest) -> SignIn | None:
    key = kept_sign_in(request)
    sign_in = queries.sign_in_of(key) if key else None
    if sign_in and sign_in.seen_at < now() - SEEN_EVERY:
        actions.seen(sign_in)
    return sign_in


def _reminder(request: Any) -> str:
    """Name the part that reminds a post of its second factor, which the base page shows; nothing where none is due."""
    wanted, sign_in = settings.STAFF_FACTOR, request.sign_in
    if sign_in is None or sign_in.guarded or wanted == "off":
        return ""
    if wanted == "must":
        return REMINDER if request.viewer.withheld else ""
    return REMINDER if request.viewer.capabilities & STAFF and LATER not in request.COOKIES else ""


def _language(request: Any) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    # The cookie is set at sign-in to what the account says; the switch on the page changes this browser only.
    for wish in (request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), request.viewer.language):
        if wish in known:
            return str(wish)
    return translation.get_language_from_request(request)

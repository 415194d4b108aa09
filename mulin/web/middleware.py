"""Safety headers for every answer, and refusals as pages or JSON for every face at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused

from .http import SignInFirst, to_sign_in

Handler = Callable[[HttpRequest], HttpResponse]


def content_policy() -> str:
    """Write the content security policy; a base map's host joins the images when one is set."""
    tiles = f" https://{urlsplit(settings.BASE_MAP).netloc}" if settings.BASE_MAP else ""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"img-src 'self' data: blob:{tiles}; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


class Compress(GZipMiddleware):
    """Sends pages compressed, a tenth of their size on a phone; what a program asks for goes out as it is.

    Where a page shows a secret beside words of the asker, its length could tell (BREACH): Django adds noise to it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a page."""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class Safety:
    """Sets the headers; pages are private and never stored."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.headers = {
            "Content-Security-Policy": content_policy(),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
            "Cache-Control": "private, no-store",
        }
        if settings.SITE_URL.startswith("https"):
            self.headers["Strict-Transport-Security"] = "max-age=31536000"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response


class Refusals:
    """Turns a refusal, a missing sign-in, or a database without a turn for us, into an answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return refused(request, error)
        if isinstance(error, SignInFirst):
            return to_sign_in(request)
        if isinstance(error, (OperationalError, InterfaceError)) and _is_busy(error):
            words = _("Many people are writing just now. Nothing is lost: try again in a moment.")
            response = refused(request, Refused("busy", words, status=503))
            response.headers["Retry-After"] = "2"
            return response
        return None


def refused(request: HttpRequest, error: Refused, **context: Any) -> HttpResponse:
    """Answer a refusal in the caller's way."""
    if request.path.startswith("/api/"):
        body = {"error": {"code": error.code, "message": str(error.message)}}
        return JsonResponse(body, status=error.status, json_dumps_params={"ensure_ascii": False})
    return render(request, "web/refused.html", {"error": error, "kept": kept(request), **context}, status=error.status)


def kept(request: HttpRequest) -> list[str]:
    """Return what was typed: the page of a refusal shows it, so that nobody writes it twice."""
    skip = {"csrfmiddlewaretoken", "once", "version", "next", "password", "code"}
    return [value for key, values in request.POST.lists() if key not in skip for value in values if len(value) > 3]


def _is_busy(error: Exception) -> bool:
    text = str(error).lower()
    return any(word in text for word in ("busy", "locked", "too many", "timeout", "deadlock", "serializ"))

"""The request our views get: a viewer, and the community of the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.dispatch import Signal
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse

if TYPE_CHECKING:
    from mulin.kernel.viewer import Viewer

# Somebody opened the page of a noun (`noun`, `viewer`). Who stands above the nouns hears of it only so.
noun_opened = Signal()


class Visit(HttpRequest):
    """A request after the middleware."""

    viewer: Viewer
    community: Any  # territory's Community, or None outside of one


def community_of(request: Visit) -> Any:
    """Return the community of the address; there is none: 404."""
    if request.community is None:
        raise Http404
    return request.community


def unless_known(request: HttpRequest, tag: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer 304 to a caller who has what has this tag, else what is made, with the tag."""
    is_known = request.headers.get("If-None-Match", "").removeprefix("W/") == tag
    response = HttpResponseNotModified() if is_known else make()
    response.headers["ETag"] = tag
    return response


class SignInFirst(Exception):
    """Nobody is signed in where somebody has to be; the middleware leads there."""


def someone(request: Visit) -> Viewer:
    """Return who looks; whoever is not signed in does so first, and comes back here."""
    if not request.viewer.is_someone:
        raise SignInFirst
    return request.viewer


def to_sign_in(request: HttpRequest, wish: str = "") -> HttpResponse:
    """Lead to the sign-in, and back to what was wished: without a word, to this page."""
    return redirect(f"{reverse('entry:sign_in')}?{urlencode({'next': wish or request.get_full_path()})}")


def address_of(request: HttpRequest) -> str:
    """Return the address a visit comes from; behind trusted proxies, the one that the outermost of them saw."""
    # Counted from the right: what stands further left was written by the visitor.
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if settings.TRUSTED_PROXIES else []
    seen = [part.strip() for part in forwarded[-settings.TRUSTED_PROXIES :] if part.strip()]
    return seen[0] if seen else str(request.META.get("REMOTE_ADDR", ""))

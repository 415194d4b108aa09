"""The request our views get: a viewer, and the community of the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.dispatch import Signal
from django.http import Http404, HttpRequest

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


def address_of(request: HttpRequest) -> str:
    """Return the address a visit comes from; behind trusted proxies, the one that the outermost of them saw."""
    # Counted from the right: what stands further left was written by the visitor.
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if settings.TRUSTED_PROXIES else []
    seen = [part.strip() for part in forwarded[-settings.TRUSTED_PROXIES :] if part.strip()]
    return seen[0] if seen else str(request.META.get("REMOTE_ADDR", ""))

"""The request our views get: a viewer, and the community of the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest

if TYPE_CHECKING:
    from mulin.kernel.viewer import Viewer


class Visit(HttpRequest):
    """A request after the middleware."""

    viewer: Viewer
    community: Any  # territory's Community, or None outside of one


def community_of(request: Visit) -> Any:
    """Return the community of the address; there is none: 404."""
    if request.community is None:
        raise Http404
    return request.community

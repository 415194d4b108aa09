"""Communities by their address, remembered for a minute."""

from __future__ import annotations

import time

from .. import figures
from ..models import Community

UPWARDS = "division__parent__parent__parent__parent"  # what a community is read with where its divisions are asked
_ADDRESS_KEPT = 60.0  # seconds that a community is remembered by its address
_ADDRESSES_KEPT = 1000
_addresses: dict[str, tuple[float, Community]] = {}


def community_by_slug(slug: str) -> Community | None:
    """Find a community by its address; remembered for a minute, divisions above it included."""
    kept = _addresses.get(slug)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    found = Community.objects.select_related(UPWARDS).filter(slug=slug).first()
    if len(_addresses) >= _ADDRESSES_KEPT:
        _addresses.clear()
    if found is not None:  # what is not there may be founded any moment
        _addresses[slug] = (time.monotonic() + _ADDRESS_KEPT, found)
    return found


def community_of_path(path: str) -> Community | None:
    """Find the community that an address of a page or of the API lies in."""
    parts = path.split("/", 4)
    at = 3 if path.startswith("/api/v1/") else 1
    slug = parts[at] if len(parts) > at else ""
    looks_right = len(slug) <= 40 and slug.replace("-", "").replace("_", "").isalnum()
    return community_by_slug(slug) if looks_right and slug not in figures.TAKEN else None


def forget_communities() -> None:
    """Empty the memory of addresses: a community has changed."""
    _addresses.clear()

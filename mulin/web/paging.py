"""Long lists cut into pages: behind a key where rows come and go, by number where a list is put together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q

from .http import Visit

ROWS = 30


def with_(request: Visit, **changes: Any) -> str:
    """Write this page's address with something changed; another choice begins at the first page."""
    kept = {name: value for name, value in request.GET.items() if name not in ("after", "page")} | changes
    return "?" + urlencode({name: value for name, value in kept.items() if value})


def paged(rows: Any, request: Visit) -> tuple[list[Any], str]:
    """Cut one page of nouns by key, the newest first, and write the address of the next one."""
    at, _comma, key = request.GET.get("after", "").partition(",")
    try:
        moment, last = datetime.fromisoformat(at), UUID(key)
    except ValueError:
        pass
    else:
        if moment.tzinfo:
            rows = rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=last))
    found = list(rows.order_by("-created_at", "-pk")[: ROWS + 1])
    if len(found) <= ROWS:
        return found, ""
    end = found[ROWS - 1]
    return found[:ROWS], with_(request, after=f"{end.created_at.isoformat()},{end.pk}")


def numbered(rows: Sequence[Any] | Any, request: Visit, most: int) -> tuple[Page[Any], dict[str, str]]:
    """Cut the page that the address names, and write the addresses of those before and behind it."""
    page = Paginator(rows, most).get_page(request.GET.get("page"))
    return page, {
        "previous_url": with_(request, page=page.previous_page_number()) if page.has_previous() else "",
        "next_url": with_(request, page=page.next_page_number()) if page.has_next() else "",
    }

"""What is known of someone here: which units they called up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ..models import CallUp


def tell_calls(account: UUID) -> Iterable[tuple[Any, Any, str, str]]:
    """Tell which call-ups someone asked for."""
    rows = CallUp.objects.filter(caller__account=account).select_related("community").order_by("-created_at")
    return [(row.community, row.created_at, f"{row} ({row.state_label})", row.get_absolute_url()) for row in rows]

"""What the program's own log may say about a visit: the kind of page, never which case or whose."""

from __future__ import annotations

import logging
from typing import Any

from django.urls import Resolver404, resolve

NOWHERE = "(no such address)"


class RoutesOnly(logging.Filter):
    """Puts the route in the place of the address: an address names a case, and so what somebody asked for."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without the address."""
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            record.args = tuple(_route(request) if arg == request.path else arg for arg in record.args)
        return True


def _route(request: Any) -> str:
    try:
        # What was answered before its page was found, such as a wrong key, has no match yet.
        return str((request.resolver_match or resolve(request.path_info)).route)
    except Resolver404:
        return NOWHERE

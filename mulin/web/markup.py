"""Putting markup together where there is much of it: `format_html` without its way for texts of a later language."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.safestring import SafeString


def fill(pattern: str, *values: Any) -> SafeString:
    """Fill the gaps of markup; whatever is not markup itself is escaped."""
    return SafeString(pattern.format(*[v if isinstance(v, SafeString) else escape(str(v)) for v in values]))

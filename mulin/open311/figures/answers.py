"""What a category may ask besides, and whether an answer fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from .limits import LONG
from .moments import read_moment

LISTS = ("singlevaluelist", "multivaluelist")
KINDS = {
    "singlevaluelist": _l("One of several"), "multivaluelist": _l("Some of several"), "string": _l("A line"),
    "text": _l("Some sentences"), "number": _l("A number"), "datetime": _l("A moment"),
}  # fmt: skip
DATATYPES = tuple(sorted(KINDS))
_NAMED = re.compile(r"attribute\[([^\[\]]{1,60})\](?:\[\d{0,3}\])?")


def attributes(sent: Iterable[tuple[str, list[Any]]]) -> dict[str, list[str]]:
    """Pick the answers out of a form: attribute[code]=v, and attribute[code][]=v as often as there are values."""
    found: dict[str, list[str]] = {}
    for name, values in sent:
        if match := _NAMED.fullmatch(name):
            given = [str(value).strip() for value in values if str(value).strip()]
            if given:
                found.setdefault(match[1], []).extend(given)
    return found


def wrong(kind: str, values: list[str], keys: Mapping[str, Any]) -> str:
    """Say what is wrong with the answer to a question; empty when nothing is."""
    if kind != "multivaluelist" and len(values) > 1:
        return _("only one answer is taken")
    if len(set(values)) < len(values):
        return _("the same answer stands there twice")
    if kind in LISTS:
        known = ", ".join(keys)
        return "" if all(value in keys for value in values) else _("choose from: %(keys)s") % {"keys": known}
    value = values[0]
    if len(value) > (LONG if kind == "text" else 200) or "\x00" in value:
        return _("the answer is too long")
    return _wrong_value(kind, value)


def _wrong_value(kind: str, value: str) -> str:
    try:
        if kind == "number" and not Decimal(value).is_finite():
            raise ValueError(value)
        if kind == "datetime":
            read_moment(value)
    except (InvalidOperation, ValueError, OverflowError):
        return _("a number is asked") if kind == "number" else _("a moment is asked: 2026-01-31T08:00:00+08:00")
    return ""

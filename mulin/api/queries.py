"""Reading what a list's address asks: declared filters, how many, and where to go on."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from .http import Call, Unmet

MOST, USUAL = 100, 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Filter:
    """One thing by which a list can be narrowed."""

    name: str
    kind: str  # string, boolean, integer, date, uuid
    help: str  # in English; the catalogue finds it here, too
    choices: Callable[[], Sequence[str]] | None = None
    most: int = 100  # characters

    @property
    def words(self) -> str:
        """Say what it narrows by, in the reader's language."""
        return _(self.help)

    @property
    def schema(self) -> dict[str, Any]:
        if self.kind in ("date", "uuid"):
            return {"type": "string", "format": self.kind}
        shape: dict[str, Any] = {"type": self.kind}
        if self.kind == "string":
            shape["maxLength"] = self.most
        if self.kind == "integer":
            shape |= {"minimum": 0, "maximum": 10**9}
        return shape | ({"enum": list(self.choices())} if self.choices else {})

    def read(self, text: str) -> Any:
        """Read a value. Raises ValueError with what would be right."""
        if self.kind == "boolean":
            if text not in _FLAGS:
                raise ValueError(_("Send true or false."))
            return _FLAGS[text]
        if self.kind == "integer":
            if not (text.isascii() and text.isdigit() and len(text) < 10):
                raise ValueError(_("Send a whole number."))
            return int(text)
        if self.kind == "date":
            return _read_as(date.fromisoformat, text, _("Send a day: 2026-01-31."))
        if self.kind == "uuid":
            return _read_as(UUID, text, _("Send an id, as the API gives it."))
        if len(text) > self.most or "\x00" in text:
            raise ValueError(_("Send a shorter text."))
        if self.choices and text not in self.choices():
            raise ValueError(_("Choose one of: %(names)s.") % {"names": ", ".join(self.choices())})
        return text


def _read_as(kind: Callable[[str], Any], text: str, wrong: str) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise ValueError(wrong) from None


@dataclass(frozen=True)
class Asked:
    """What a list is asked for."""

    values: dict[str, Any]
    limit: int
    after: tuple[datetime | None, UUID] | None

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


PAGING = (
    Filter("limit", "integer", "How many at most, up to 100."),
    Filter("after", "string", "Where to go on: taken from the last answer's `next`."),
)


def read(call: Call, filters: tuple[Filter, ...]) -> Asked:
    """Read a list's address; names that it does not know are refused, since they would silently do nothing."""
    known = {one.name: one for one in (*filters, *PAGING)}
    values: dict[str, Any] = {}
    wrong: dict[str, list[str]] = {}
    for name, text in call.GET.items():
        if name not in known:
            names = ", ".join(known)
            wrong[name[:80]] = [_("This list can be narrowed by: %(names)s.") % {"names": names}]
            continue
        try:
            values[name] = known[name].read(str(text))
        except ValueError as error:
            wrong[name] = [str(error)]
    limit = values.pop("limit", USUAL)
    if not 1 <= limit <= MOST:
        wrong["limit"] = [_("Ask for 1 to 100 at a time.")]
    after = _unpack(values.pop("after", ""), wrong)
    if wrong:
        raise Unmet(400, "bad_query", _("The address asks for something this list cannot do."), wrong)
    return Asked(values, limit, after)


def _unpack(token: str, wrong: dict[str, list[str]]) -> tuple[datetime | None, UUID] | None:
    if not token:
        return None
    try:
        micros, _dot, key = urlsafe_b64decode(token.encode()).decode().partition(".")
        at = _EPOCH + timedelta(microseconds=int(micros)) if micros else None
        return at, UUID(key)
    except (ValueError, OverflowError):
        wrong["after"] = [_("Take this from the last answer's next.")]
        return None


def next_link(call: Call, at: datetime | None, key: UUID) -> str:
    """Write the address of the following rows: those behind this time and id."""
    micros = "" if at is None else (at - _EPOCH) // timedelta(microseconds=1)
    token = urlsafe_b64encode(f"{micros}.{key.hex}".encode()).decode()
    asked = [(name, value) for name, value in call.GET.items() if name != "after"]
    return f"{call.path}?{urlencode([*asked, ('after', token)])}"

"""Speaking with another server: what is sent, what its answers mean. No database here: it runs in threads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from mulin.wire.calls import Reply, call

from ..figures.limits import MOST_READ, NEAR
from ..figures.reading import Unreadable, list_of, read_rows, text_of

AWAY = (429, 502, 503)  # nothing was kept there


@dataclass(frozen=True)
class Far:
    """How a server is reached."""

    url: str
    form: str = "json"
    jurisdiction: str = ""
    key: str = ""


@dataclass(frozen=True)
class Parcel:
    """What is sent on: only what everyone may see, and words that somebody chose for it."""

    reference: str  # ours, the same in every try
    code: str
    words: str
    lon: float | None
    lat: float | None
    address: str
    email: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """Write our reference as it stands in the words, to be found again."""
        return f"[{self.reference}]"


@dataclass(frozen=True)
class Standing:
    """How a request stands at the other server."""

    is_closed: bool
    state: str
    said: str
    notes: tuple[str, ...] = ()


class Trouble(Exception):
    """The other server did not take it, or cannot be understood."""

    def __init__(self, words: str, *, is_final: bool = False, may_have_arrived: bool = False) -> None:
        super().__init__(words)
        self.words, self.is_final, self.may_have_arrived = words, is_final, may_have_arrived


def services(far: Far) -> list[dict[str, str]]:
    """List what can be reported there. Raises Trouble."""
    rows = _get(far, "services", "services", "service")
    known = [{name: text_of(row, name, 200) for name in ("service_code", "service_name", "group")} for row in rows]
    return [row for row in known if row["service_code"]][:1000]


def send(far: Far, parcel: Parcel) -> tuple[str, str]:
    """Send a request; return its number there, or a token. Raises Trouble."""
    sent = {
        "api_key": far.key, "jurisdiction_id": far.jurisdiction, "service_code": parcel.code, "email": parcel.email,
        "description": f"{parcel.words}\n{parcel.mark}", "address_string": parcel.address,
        "lat": "" if parcel.lat is None else repr(parcel.lat), "long": "" if parcel.lon is None else repr(parcel.lon),
        **{f"attribute[{code}]": value for code, value in parcel.attributes.items()},
    }  # fmt: skip
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8", "User-Agent": "Mulin-Open311/1",
        "Idempotency-Key": parcel.reference,
    }  # fmt: skip
    body = urlencode({name: value for name, value in sent.items() if value}).encode()
    reply = call("POST", f"{far.url}/requests.{far.form}", headers, body, MOST_READ)
    rows = _rows(reply, far, "service_requests", "request", writes=True)
    number, token = (text_of(rows[0], name, 200) for name in ("service_request_id", "token")) if rows else ("", "")
    if not (number or token):
        raise Trouble(_("They answered without a number."), may_have_arrived=True)
    return number, "" if number else token


def by_token(far: Far, token: str) -> str:
    """Ask for the number that came of a token; empty as long as there is none. Raises Trouble."""
    rows = _get(far, f"tokens/{quote(token, safe='')}", "service_requests", "request")
    return text_of(rows[0], "service_request_id", 200) if rows else ""


def find_sent(far: Far, parcel: Parcel, since: datetime) -> str:
    """Find what may have arrived before: by our reference as its token, then in what is listed. Raises Trouble."""
    try:
        if number := by_token(far, parcel.reference):
            return number
    except Trouble as trouble:
        if not trouble.is_final:
            raise
    asked = {"service_code": parcel.code, "start_date": (since - timedelta(minutes=10)).isoformat(timespec="seconds")}
    rows = _get(far, "requests", "service_requests", "request", asked)
    for row in rows:
        if parcel.mark in text_of(row, "description"):
            return text_of(row, "service_request_id", 200)
    if any(_is_near(row, parcel) for row in rows):
        words = _("It may have arrived: they list a request of that time and place. Look before it is sent again.")
        raise Trouble(words, is_final=True)
    return ""


def _is_near(row: dict[str, Any], parcel: Parcel) -> bool:
    try:
        lat, lon = float(text_of(row, "lat", 40)), float(text_of(row, "long", 40))
    except ValueError:
        return False
    if parcel.lat is None or parcel.lon is None:
        return False
    return abs(lat - parcel.lat) <= NEAR and abs(lon - parcel.lon) <= NEAR


def standing(far: Far, number: str) -> Standing:
    """Ask how a request stands. Raises Trouble."""
    rows = _get(far, f"requests/{quote(number, safe='')}", "service_requests", "request", {"extensions": "true"})
    row = next((row for row in rows if text_of(row, "service_request_id", 200) == number), rows[0] if rows else None)
    if row is None:
        raise Trouble(_("They do not know the request any more."))
    state = text_of(row, "status", 40).lower()
    if state not in ("open", "closed"):
        raise Trouble(_("Their answer could not be understood."))
    said = text_of(row, "status_notes", 1000)
    notes = [_note(each) for each in list_of(row, "notes", "note")]
    summary = text_of(row, "description", 1000) if state == "closed" else ""
    return Standing(state == "closed", said[:200] or state, summary or said, tuple(filter(None, notes)))


def _note(each: dict[str, Any]) -> str:
    at, said = text_of(each, "datetime", 40)[:16].replace("T", " "), text_of(each, "description", 900)
    return f"{at} {said}".strip() if said else ""


def _get(far: Far, path: str, container: str, item: str, asked: dict[str, str] | None = None) -> list[dict[str, Any]]:
    values = {**(asked or {}), **({"jurisdiction_id": far.jurisdiction} if far.jurisdiction else {})}
    url = f"{far.url}/{path}.{far.form}" + (f"?{urlencode(values)}" if values else "")
    return _rows(call("GET", url, {"User-Agent": "Mulin-Open311/1"}, None, MOST_READ), far, container, item)


def _rows(reply: Reply, far: Far, container: str, item: str, *, writes: bool = False) -> list[dict[str, Any]]:
    arrived = writes and reply.arrived
    if reply.code is None:
        raise Trouble(_("No answer: %(why)s") % {"why": reply.error}, may_have_arrived=arrived)
    if reply.is_cut:
        raise Trouble(_("Their answer is too large."), may_have_arrived=arrived)
    if not reply.is_good:
        said = "; ".join(_said(reply, far))[:200]
        words = f"{reply.code} {said}".strip()
        doubt = arrived and reply.code >= 500 and reply.code not in AWAY
        raise Trouble(words, is_final=400 <= reply.code < 500 and reply.code not in (408, 429), may_have_arrived=doubt)
    try:
        return read_rows(reply.body, far.form, container, item)
    except Unreadable:
        raise Trouble(_("Their answer could not be understood."), may_have_arrived=arrived) from None


def _said(reply: Reply, far: Far) -> Iterable[str]:
    try:
        return [text_of(row, "description", 200) for row in read_rows(reply.body, far.form, "errors", "error")]
    except Unreadable:
        return []

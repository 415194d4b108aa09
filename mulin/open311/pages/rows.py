"""How cases look to other programs: rows of GeoReport, of its updates, and of the bulk table."""

from __future__ import annotations

from typing import Any

import msgspec

from mulin.cases.flow import OPEN, State
from mulin.cases.pages.telling import SAID

from ..figures.moments import stamp
from ..figures.writing import plain
from ..models import Answer
from ..queries.notes import Note
from ..queries.requests import Found


class Request311(msgspec.Struct):
    """A request, as the standard names its parts. No words, photos or people of the case ever stand here."""

    service_request_id: str
    status: str
    status_notes: str
    service_name: str
    service_code: str
    description: str
    agency_responsible: str
    service_notice: str | None
    requested_datetime: str | None
    updated_datetime: str | None
    expected_datetime: str | None
    address: str
    address_id: str | None
    zipcode: str | None
    lat: float | None
    long: float | None
    media_url: str | None


class Extended311(Request311):
    """A request with what was answered and what happened."""

    attributes: list[dict[str, Any]]
    notes: list[dict[str, Any]]


def status_of(state: str) -> str:
    """Tell what the standard calls a state."""
    return "open" if state in OPEN else "closed"


class Rows:
    """Writes rows for one community in the reader's language; what many rows share is put together once."""

    def __init__(self, community: Any) -> None:
        self.zone = community.zone_info
        self.community = str(community.name)
        self.labels = {state.value: plain(state.label) for state in State}
        self.kinds: dict[Any, str] = {}
        self.places: dict[tuple[Any, Any, Any], tuple[str, str | None]] = {}

    def request(self, row: Found) -> Request311:
        """Write one request."""
        return Request311(*self._values(row))

    def extended(self, row: Found, answers: list[Answer], notes: list[Note]) -> Extended311:
        """Write one request with what was answered and what happened."""
        told = [
            {
                "code": each.question.code, "description": plain(each.question),
                "values": [{"key": key, "name": plain(each.question.names.get(key, key))} for key in each.values],
            }
            for each in answers
        ]  # fmt: skip
        happened = [self.note(each, row.summary) for each in notes]
        return Extended311(*(*self._values(row), told, happened))

    def _values(self, row: Found) -> tuple[Any, ...]:
        kind = row.category
        name = self.kinds.get(kind.pk) or self.kinds.setdefault(kind.pk, plain(kind))
        address, door = self._place(row)
        moved = row.moved or row.requested
        is_open = row.state in OPEN
        return (
            row.number, "open" if is_open else "closed", self.labels[row.state], name, kind.key, plain(row.summary),
            plain(row.post) or self.community, None, stamp(row.requested, self.zone),
            stamp(moved if is_open else row.ended or moved, self.zone), stamp(row.due, self.zone), address, door, None,
            row.lat, row.lon, None,
        )  # fmt: skip

    def _place(self, row: Found) -> tuple[str, str | None]:
        building, entrance, grid = row.building, row.entrance, row.grid
        key = (building and building.pk, entrance and entrance.pk, grid and grid.pk)
        if key not in self.places:
            named = f"{building} {entrance.name}" if building and entrance else str(building or grid or "")
            self.places[key] = (plain(named), entrance.code if entrance else None)
        return self.places[key]

    def note(self, note: Note, summary: str) -> dict[str, Any]:
        """Write what happened, as everyone may read it."""
        return {"datetime": stamp(note.at, self.zone), "description": self._said(note, summary), "type": note.verb}

    def update(self, note: Note, number: str, summary: str) -> dict[str, Any]:
        """Write what happened as an update."""
        return {
            "update_id": str(note.seq), "service_request_id": number, "status": status_of(note.after),
            "updated_datetime": stamp(note.at, self.zone), "description": self._said(note, summary), "media_url": None,
        }  # fmt: skip

    def _said(self, note: Note, summary: str) -> str:
        said = plain(SAID[note.verb][1])
        return f"{said}: {plain(summary)}" if note.verb == "solve" and summary else said

    def bulk(self, row: Found) -> list[Any]:
        """Write one row of the bulk table."""
        one = self.request(row)
        closed = "" if row.is_open else one.updated_datetime
        return [
            one.service_request_id, one.requested_datetime, one.updated_datetime, closed, one.status, one.status_notes,
            "mulin", one.service_name, one.service_code, one.description, one.agency_responsible, one.address,
            one.lat, one.long,
        ]  # fmt: skip


BULK = (
    "service_request_id", "requested_datetime", "updated_datetime", "closed_date", "status_description",
    "status_notes", "source", "service_name", "service_subtype", "description", "agency_responsible", "address",
    "lat", "long",
)  # fmt: skip

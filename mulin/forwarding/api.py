"""What forwarding offers to programs: connections, and cases that were sent on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from mulin.api.http import Call
from mulin.api.queries import Filter
from mulin.api.simple import Shown, simple

from .models import Connection, Forwarding


class ConnectionShown(Shown, kw_only=True):
    """Another server to which cases are sent on. Its key is never shown."""

    name: str
    url: str
    format: str
    jurisdiction: str


class ForwardingShown(Shown, kw_only=True):
    """A case that was sent on, and how it stands there. `proposal` is what they say was done."""

    case: UUID
    case_number: str
    connection: str
    service_code: str
    words: str
    remote_id: str
    remote_state: str
    proposal: str
    trouble: str
    sent_at: datetime | None
    heard_at: datetime | None


def _connection(call: Call, row: Connection) -> dict[str, Any]:
    return {"format": row.form}


def _forwarding(call: Call, row: Forwarding) -> dict[str, Any]:
    return {"case": row.case_id, "case_number": row.case.number, "connection": row.connection.name}


def _narrow(call: Call, asked: Any, rows: Any) -> Any:
    return rows.filter(case__number=asked["case"].upper()) if asked["case"] else rows


RESOURCES = (
    replace(
        simple(
            "connections", Connection, ConnectionShown, _connection, create="connect", related=("community",),
        ), scope="open311",
    ),
    simple(
        "forwardings", Forwarding, ForwardingShown, _forwarding, create="forward", asks_first=False, narrow=_narrow,
        related=("community", "connection", "case__category", "case__community"),
        filters=(Filter("case", "string", "The number of a case.", most=24),),
    ),
)  # fmt: skip

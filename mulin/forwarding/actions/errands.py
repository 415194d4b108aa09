"""The worker's part: goes to other servers for what is due, and writes down what it found.

No transaction stays open on the way.
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.refusals import Refused

from .. import queries
from ..figures.limits import AT_A_TIME, LEASE, MOST_HEARD, next_look, next_try
from ..flow import State
from ..models import Errand, Forwarding
from . import remote
from .forwardings import deliver, finish, give_up, hear, number
from .remote import Far, Parcel, Standing, Trouble

log = logging.getLogger(__name__)
AT_ONCE = 8
BUDGET = 8.0  # seconds until the worker looks at its clock again


@dataclass(frozen=True)
class Trip:
    """All that is needed on the way, so that the database is not."""

    far: Far
    parcel: Parcel
    state: str
    token: str
    number: str
    first_at: datetime | None
    is_doubtful: bool


@dataclass(frozen=True)
class Brought:
    """What came of a trip: a number, a token, how it stands, or what went wrong."""

    number: str = ""
    token: str = ""
    standing: Standing | None = None
    trouble: Trouble | None = None


def do_errands(budget: float = BUDGET) -> int:
    """Go to the other servers for what is due; return how many errands were done."""
    until, done = time.monotonic() + budget, 0
    with translation.override(settings.LANGUAGE_CODE):  # what is written into cases is read by many
        while time.monotonic() < until and (held := [row for row in queries.due(AT_ONCE) if _take(row)]):
            trips = [_trip(row) for row in held]
            with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="open311") as pool:
                found = list(pool.map(go, trips))
            for row, brought in zip(held, found, strict=True):
                _record(row, brought)
            done += len(held)
    return done


def _take(row: Errand) -> bool:
    # A conditional update: of two workers only one sees a row changed.
    at = now()
    rows = Errand.objects.filter(pk=row.pk, community=row.community_id, next_at=row.next_at)
    changes: dict[str, Any] = {"next_at": at + LEASE}
    if row.forwarding.state == State.WAITING:
        # Written before it is sent: a worker that dies on the way leaves the doubt behind.
        row.first_at = row.first_at or at
        changes |= {"first_at": row.first_at, "is_doubtful": True, "insists": False}
    return bool(rows.update(**changes))


def _trip(row: Errand) -> Trip:
    forwarding: Forwarding = row.forwarding
    connection, case = forwarding.connection, forwarding.case
    mapping = queries.mapping(connection, case.category_id)
    parcel = Parcel(
        reference=f"mulin-{forwarding.pk.hex}", code=forwarding.service_code, words=forwarding.words,
        lon=case.shown_lon, lat=case.shown_lat, address=_address(case), email=connection.email,
        attributes=mapping.attributes if mapping else {},
    )  # fmt: skip
    return Trip(
        Far(connection.url, connection.form, connection.jurisdiction, connection.key), parcel, forwarding.state,
        forwarding.token, forwarding.remote_id, row.first_at, row.is_doubtful and not row.insists,
    )  # fmt: skip


def _address(case: Any) -> str:
    """Name the place as everyone may know it."""
    place = case.entrance or case.building or case.grid
    return ", ".join(str(part) for part in (case.community.name, place) if part)


def go(trip: Trip) -> Brought:
    """Make one trip: send, ask for the number, or ask how it stands. Runs in a thread; never raises."""
    try:
        if trip.state == State.WAITING:
            if trip.is_doubtful and (found := remote.find_sent(trip.far, trip.parcel, trip.first_at or now())):
                return Brought(number=found)
            sent, token = remote.send(trip.far, trip.parcel)
            return Brought(number=sent, token=token)
        if not trip.number:
            return Brought(number=remote.by_token(trip.far, trip.token))
        return Brought(standing=remote.standing(trip.far, trip.number))
    except Trouble as trouble:
        return Brought(trouble=trouble)
    except Exception:  # whatever a strange server makes us stumble over is its own trouble, and no other errand's
        log.exception("A trip to another server failed")
        return Brought(trouble=Trouble(_("Their answer could not be understood."), may_have_arrived=True))


def _record(row: Errand, brought: Brought) -> None:
    try:
        (_failed if brought.trouble else _arrived)(row, brought)
    except Refused as refused:  # somebody gave it up meanwhile
        log.info("Errand %s: %s", row.pk, refused.code)


def _arrived(row: Errand, brought: Brought) -> None:
    forwarding, standing = row.forwarding, brought.standing
    if forwarding.state == State.WAITING:
        deliver(forwarding, by=SYSTEM, remote_id=brought.number, token=brought.token)
        _later(row, quiet=0)
    elif standing is None:
        if brought.number:
            number(forwarding, by=SYSTEM, remote_id=brought.number)
        _later(row, quiet=0 if brought.number else row.quiet + 1)
    else:
        _heard(row, standing)


def _heard(row: Errand, standing: Standing) -> None:
    forwarding, known = row.forwarding, set(row.heard)
    # A flood of notes is read, not written into the case.
    marks = {sha256(text.encode()).hexdigest()[:16]: text for text in standing.notes}
    fresh = {mark: text for mark, text in marks.items() if mark not in known}
    room = max(MOST_HEARD - len(known), 0)
    told = list(fresh.items())[:room][-AT_A_TIME:]
    heard = [*row.heard, *list(fresh)[:room]]
    notes = [text for _mark, text in told]
    has_news = bool(notes) or standing.state != forwarding.remote_state
    if standing.is_closed:
        finish(forwarding, by=SYSTEM, state=standing.state, notes=notes, said=standing.said)
        _keep(row, next_at=None, heard=heard, tries=0)
        return
    if has_news:
        hear(forwarding, by=SYSTEM, state=standing.state, notes=notes or [standing.state])
    _later(row, quiet=0 if has_news else row.quiet + 1, heard=heard)


def _failed(row: Errand, brought: Brought) -> None:
    forwarding, trouble = row.forwarding, brought.trouble
    if trouble is None:
        return
    doubt = row.is_doubtful or trouble.may_have_arrived
    again = now() + next_try(row.tries + 1)
    _keep(row, next_at=again, tries=row.tries + 1, is_doubtful=doubt, trouble=trouble.words[:300])
    if forwarding.state == State.WAITING and trouble.is_final:
        give_up(forwarding, by=SYSTEM, trouble=trouble.words)


def _later(row: Errand, *, quiet: int, heard: list[str] | None = None) -> None:
    changes: dict[str, Any] = {"is_doubtful": False, "tries": 0, "quiet": quiet, "trouble": ""}
    _keep(row, next_at=now() + next_look(quiet), **changes, **({} if heard is None else {"heard": heard}))


def _keep(row: Errand, **changes: Any) -> None:
    Errand.objects.filter(pk=row.pk, community=row.community_id).update(**changes)

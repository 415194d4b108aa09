"""A noun's clocks: started, paused, spanned anew and stopped after every move. Nothing else touches them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .clock import ALWAYS, CLOCK, Calendar
from .flow import Limit, Move, Span

_BACK_OFF = (1, 5, 30, 240, 1440)  # minutes before the clock tries a refused move again
_TRIES = "_tries"  # stands beside the clocks: how often it was refused


def entries(noun: Any) -> dict[str, Any]:
    """Return the noun's clocks, each under the name of its limit."""
    return {name: entry for name, entry in noun.clocks.items() if name != _TRIES}


def wind(noun: Any, move: Move, by: Any, at: datetime) -> None:
    """Bring every clock of the noun in line with its new state."""
    kept = entries(noun)
    for limit in noun.flow.limits:
        span = limit.span(noun) if noun.state in limit.states else None
        if span is None:
            kept.pop(limit.name, None)
            continue
        calendar = noun.calendar if span.working else ALWAYS
        entry = kept.get(limit.name)
        if entry is None or move.name in limit.restarts:
            entry = _start(span, calendar, at)
        elif by is CLOCK and move.name == limit.then and _is_up(entry, at):
            later = {"rings": calendar.add(at, span.amount).isoformat()} if limit.again else {"rang": True}
            entry = {**entry, **later}
        elif move.name in limit.respans:
            entry = _respan(entry, span, calendar, at)
        if not limit.rings(noun):
            entry = {**entry, "rang": True}
        kept[limit.name] = _pause(entry, limit, noun, calendar, at)
    noun.clocks = kept
    dues = [datetime.fromisoformat(entry["due"]) for entry in kept.values() if "due" in entry]
    noun.due_at = min(dues, default=None)
    noun.rings_at = min((at for at in map(_rings_at, kept.values()) if at), default=None)


def ringing(noun: Any, at: datetime) -> Limit | None:
    """Return the limit whose time is up and whose move was not made yet, the earliest first."""
    up = min(((_rings_at(entry), name) for name, entry in entries(noun).items() if _is_up(entry, at)), default=None)
    return noun.flow.limit(up[1]) if up else None


def _rings_at(entry: dict[str, Any]) -> datetime | None:
    if "due" not in entry or entry.get("rang"):
        return None
    return datetime.fromisoformat(entry.get("rings", entry["due"]))


def _is_up(entry: dict[str, Any], at: datetime) -> bool:
    rings = _rings_at(entry)
    return rings is not None and rings <= at


def put_off(noun: Any, at: datetime) -> dict[str, Any]:
    """Return what to write so that the clock looks at a noun later, further apart each time it happens."""
    tries = noun.clocks.get(_TRIES, {"n": 0})["n"]
    return {"rings_at": at + back_off(tries), "clocks": {**noun.clocks, _TRIES: {"n": tries + 1}}}


def back_off(tries: int) -> timedelta:
    """Say how long to wait before a refused or failed thing is tried again."""
    return timedelta(minutes=_BACK_OFF[min(tries, len(_BACK_OFF) - 1)])


def _start(span: Span, calendar: Calendar, at: datetime) -> dict[str, Any]:
    return {
        "since": at.isoformat(),
        "span": int(span.amount.total_seconds()),
        "due": calendar.add(at, span.amount).isoformat(),
    }


def _respan(entry: dict[str, Any], span: Span, calendar: Calendar, at: datetime) -> dict[str, Any]:
    """Keep the time already used: only the rest changes."""
    seconds = int(span.amount.total_seconds())
    left = _left(entry, calendar, at) + timedelta(seconds=seconds - entry["span"])
    fresh = {"since": entry["since"], "span": seconds}
    if "left" in entry:
        return {**fresh, "left": int(left.total_seconds())}
    return {**fresh, "due": calendar.add(at, left).isoformat()}


def _pause(entry: dict[str, Any], limit: Limit, noun: Any, calendar: Calendar, at: datetime) -> dict[str, Any]:
    paused = limit.pauses(noun)
    kept = {name: value for name, value in entry.items() if name in ("since", "span", "rang")}
    if paused and "due" in entry:
        return {**kept, "left": int(_left(entry, calendar, at).total_seconds())}
    if not paused and "left" in entry:
        return {**kept, "due": calendar.add(at, timedelta(seconds=entry["left"])).isoformat()}
    return entry


def _left(entry: dict[str, Any], calendar: Calendar, at: datetime) -> timedelta:
    if "left" in entry:
        return timedelta(seconds=entry["left"])
    return calendar.between(at, datetime.fromisoformat(entry["due"]))

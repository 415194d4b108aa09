"""Settling each row before anything is written: its state, its times, its place, and what is said about it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ..flow import State
from .mapping import POINT, TIMES, Condition, Map
from .reading import Row

LONGEST_ID = 60


@dataclass
class Judged:
    """One row with all that is settled about it. `problem` says why it cannot come in, and what would work."""

    row: Row
    id: str
    state: str = ""
    category: str = ""
    lon: float | None = None
    lat: float | None = None
    times: dict[str, datetime | None] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)  # contradictions that hold
    has_point: bool = True  # no: the source gives one, and the map file says that it is none of ours
    is_anonymous: bool = False
    is_skipped: bool = False
    was_reopened: bool = False
    twin: str = ""  # the first row that says the same of the same place
    problem: str = ""

    @property
    def is_wanted(self) -> bool:
        return not self.problem and not self.is_skipped

    @property
    def point(self) -> tuple[float | None, float | None]:
        """Return where the case lies here, as longitude and latitude."""
        return (self.lon, self.lat) if self.has_point else (None, None)


@dataclass
class Plan:
    """What a whole file comes to, before anything is written."""

    map: Map
    judged: list[Judged]
    found: Counter[str]
    twin_groups: int = 0
    twins: int = 0

    @property
    def wanted(self) -> list[Judged]:
        return [row for row in self.judged if row.is_wanted]

    @property
    def problems(self) -> list[Judged]:
        return [row for row in self.judged if row.problem]

    def counts(self) -> list[tuple[str, int | None, int]]:
        """List what the map file expects and what was found: rows, contradictions, duplicates."""
        counts: list[tuple[str, int | None, int]] = [("rows", self.map.rows, len(self.judged))]
        counts += [(one.name, one.found, self.found[one.name]) for one in self.map.contradictions]
        if said := self.map.duplicates:
            counts.append(("duplicate_groups", said.get("found_groups"), self.twin_groups))
            counts.append(("duplicate_rows", said.get("found"), self.twins))
        return counts

    def differences(self) -> list[str]:
        """List where the file is not the one that the map file was written for."""
        return [
            _("%(name)s: %(seen)s instead of %(said)s") % {"name": name, "seen": f"{seen:,}", "said": f"{said:,}"}
            for name, said, seen in self.counts()
            if said not in (None, seen)
        ]

    def findings(self) -> Iterable[tuple[int, str, str, str]]:
        """List row number, id, what was found, and what is done about it or would work."""
        done = {one.name: f"{_done(one.then)} {one.why}".strip() for one in self.map.contradictions}
        for row in self.judged:
            yield from ((row.row.number, row.id, name, done[name]) for name in row.names)
            if row.twin:
                words = _("Brought in, not merged. Same words and place as %(id)s.") % {"id": row.twin}
                yield row.row.number, row.id, "duplicate", words
            if row.problem:
                yield row.row.number, row.id, "problem", row.problem


def judge(rows: Iterable[Row], map_: Map) -> Plan:
    """Settle every row of a file."""
    judged = [_judge(row, map_) for row in rows]
    seen: dict[str, int] = {}
    for one in judged:
        first = seen.setdefault(one.id, one.row.number)
        if one.id and first != one.row.number:
            words = _("Row %(row)s has the same id. Take one of them out, or give it another id.")
            one.problem = one.problem or words % {"row": first}
    plan = Plan(map_, judged, Counter(name for one in judged for name in one.names))
    _find_twins(plan)
    return plan


def _judge(row: Row, map_: Map) -> Judged:
    one, said = Judged(row, row.said["id"].strip()), row.said
    try:
        _read(one, map_)
    except ValueError as error:
        one.problem = str(error)
        return one
    meant = dict(one.times)  # conditions speak of the source, not of what an earlier contradiction made of it
    for contradiction in map_.contradictions:
        if all(_holds(condition, said, meant, one, map_) for condition in contradiction.when):
            one.names.append(contradiction.name)
            for verb, what in contradiction.then:
                _apply(one, verb, what)
    if one.state == State.CLOSED:
        one.times["closed_at"] = one.times.get("closed_at") or one.times.get("solved_at")
    return one


def _read(one: Judged, map_: Map) -> None:
    said = one.row.said
    if not one.id or len(one.id) > LONGEST_ID:
        raise ValueError(_("It needs an id of 1 to %(most)s letters.") % {"most": LONGEST_ID})
    if said["status"] not in map_.status:
        words = _('The map file does not know the status "%(word)s". Add it under [status].')
        raise ValueError(words % {"word": said["status"][:60]})
    if said["category"] not in map_.categories:
        words = _('The map file does not know the category "%(word)s". Add it under [categories].')
        raise ValueError(words % {"word": said["category"][:60]})
    one.state, one.category = map_.status[said["status"]], map_.categories[said["category"]]
    for name in TIMES:
        try:
            one.times[name] = map_.moment(said.get(name, ""))
        except ValueError:
            example = datetime(2014, 1, 31, 17, 5).strftime(map_.time_format)
            words = _('The time "%(text)s" (%(name)s) is not written like %(example)s.')
            raise ValueError(words % {"text": said[name][:60], "name": name, "example": example}) from None
    if one.times["reported_at"] is None:
        raise ValueError(_("It does not say when it was reported."))
    one.was_reopened = one.times["reopened_at"] is not None
    one.lon, one.lat = _point(said.get("lon", ""), said.get("lat", ""))


def _point(lon: str, lat: str) -> tuple[float | None, float | None]:
    if not lon and not lat:
        return None, None
    try:
        x, y = float(lon), float(lat)
    except ValueError:
        x = y = math.nan
    if not (abs(x) <= 180 and abs(y) <= 90):
        words = _('"%(lon)s, %(lat)s" is no point: give longitude and latitude in degrees.')
        raise ValueError(words % {"lon": lon[:20], "lat": lat[:20]})
    return x, y


def _holds(condition: Condition, said: dict[str, str], times: dict[str, Any], one: Judged, map_: Map) -> bool:
    column, operator, value = condition.column, condition.operator, condition.value
    if operator == "outside":
        return one.lon is not None and one.lat is not None and map_.is_outside(one.lon, one.lat)
    text = said.get(column, "")
    match operator:
        case "empty":
            return not text
        case "present":
            return bool(text)
        case "is":
            return text == value
        case "is not":
            return text != value
        case "in":
            return text in [word.strip() for word in value.split(",")]
        case "=":
            return text == said.get(value, value)
    mine, theirs = (_sized(name, said, times) for name in (column, value))
    if mine is None or theirs is None or type(mine) is not type(theirs):
        return False
    return bool(mine < theirs or (operator == "<=" and mine == theirs))


def _sized(name: str, said: dict[str, str], times: dict[str, Any]) -> Any:
    if name in times:
        return times[name]
    try:
        return float(said.get(name, name))
    except ValueError:
        return None


def _apply(one: Judged, verb: str, what: str) -> None:
    match verb:
        case "clear" if what == POINT:
            one.has_point = False
        case "clear":
            one.times[what] = None
        case "state":
            one.state = what
        case "skip":
            one.is_skipped = True
        case "anonymous":
            one.is_anonymous = True


def _find_twins(plan: Plan) -> None:
    columns, decimals = plan.map.duplicates.get("columns", []), plan.map.duplicates.get("decimals", 4)
    if not columns:
        return
    groups: dict[tuple[Any, ...], list[Judged]] = defaultdict(list)
    for one in plan.judged:
        point = {"lat": one.lat, "lon": one.lon}
        groups[tuple(_rounded(point.get(name, one.row.said.get(name)), decimals) for name in columns)].append(one)
    for group in groups.values():
        if len(group) > 1:
            plan.twin_groups, plan.twins = plan.twin_groups + 1, plan.twins + len(group)
            for one in group[1:]:
                one.twin = group[0].id


def _rounded(value: Any, decimals: int) -> Any:
    return round(value, decimals) if isinstance(value, float) else value


def _done(then: tuple[tuple[str, str], ...]) -> str:
    sentences = {
        "clear": _("Brought in without: %(what)s."), "state": _("Brought in as: %(what)s."),
        "skip": _("Not brought in."), "anonymous": _("Brought in without a reporter."),
    }  # fmt: skip
    said = [sentences[verb] % {"what": what} for verb, what in then]
    return " ".join(said) or _("Brought in as it is.")

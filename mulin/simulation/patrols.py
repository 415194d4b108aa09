"""Rounds of the demo: two routes, one of them under way and one missed, and what is done to lamps, lifts and bins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mulin.kernel.clock import SYSTEM
from mulin.kernel.worker import drain
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.rounds import actions
from mulin.rounds.models import Round, Route
from mulin.territory.actions import add_spot
from mulin.territory.models import Entrance, Grid, Spot

from .calling import FIRM, TEAM

LAMPS = ("一号路灯", "二号路灯", "三号路灯", "四号路灯")
AROUND = ("南门", "一号垃圾桶", "中心花园", "民情茶馆", "北门")
LINES = [
    {"kind": "lamp", "words": "灯亮，灯罩没破"}, {"kind": "entrance", "words": "楼道没堆东西，没有电动车充电"},
    {"kind": "entrance", "words": "楼门和楼道灯完好"}, {"kind": "gate", "words": "门能开关，通道没被堵"},
    {"kind": "bin", "words": "没有满溢，周围干净"}, {"kind": "", "words": "地面没有绊脚的东西"},
]  # fmt: skip
FOUND = "二号路灯灯罩裂了一道，下雨怕进水。"
LIFTS = ((6, 40), (11, 12), (21, -6))  # the house, and for how many days its inspection is valid still


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Draw the routes four days before the end; two rounds are walked, the third is missed."""
    life.begin(_course(stage, end), end - timedelta(days=4))


def _course(stage: Any, end: datetime) -> Iterator[datetime]:
    community, officer = stage.community, stage.cast["officers"][0]
    held = next(term for term in officer.terms if term.place_kind == "grid")
    grid = Grid.objects.get(community=community, pk=held.place_id)
    doors = Entrance.objects.filter(community=community, building__grid=grid).order_by("building__number", "name")
    places = [("spot", spot.pk) for spot in _spots(stage, *LAMPS)] + [("entrance", door.pk) for door in doors[:4]]
    evening = _route(stage, places, name="路灯和楼门", walker={"post": held.kind}, grid=grid, every_days=1)
    team = Organisation.objects.get(community=community, name=TEAM)
    places = [("spot", spot.pk) for spot in _spots(stage, *AROUND)]
    last = end.astimezone(community.zone_info)
    _route(stage, places, name="红马甲巡园", walker={"team": team}, weekdays=str(last.weekday()))
    _maintain(stage, stage.cast["workers"][0])
    for days, found in ((3, FOUND), (2, "")):
        yield (last - timedelta(days=days)).replace(hour=9, minute=30)
        _walk(evening, officer, found)


def set_out(stage: Any) -> None:
    """Let the officer set out on what is due today, and look at the first stops."""
    drain()
    officer = stage.cast["officers"][0]
    for row in Round.objects.for_list().filter(community=stage.community, state="due"):
        if row.is_walked_by(officer):
            row = actions.set_out(row, by=officer)
            for look in row.looks[:3]:
                every = range(len(look.lines))
                actions.look(row, by=officer, stop=look.pk, result="well", ticked=every)


def _spots(stage: Any, *names: str) -> list[Spot]:
    found = {spot.name: spot for spot in Spot.objects.filter(community=stage.community, name__in=names)}
    return [found[name] for name in names]


def _route(stage: Any, places: list[Any], **said: Any) -> Route:
    by, community = stage.cast["workers"][0], stage.community
    route = actions.draw(by=by, community=community, checklist=LINES, **said)
    route = actions.add_stops(route, by=by, places=places)
    today = today_in(community)
    return actions.activate(route, by=by, starts_on=today + timedelta(days=1), until=today + timedelta(days=120))


def _walk(route: Route, officer: Any, found: str) -> None:
    row = Round.objects.for_list().filter(route=route, state="due").first()
    if row is None:
        return
    row = actions.set_out(row, by=officer)
    for look in row.looks:
        every = range(len(look.lines))
        if found and look.position == 2:
            actions.look(row, by=officer, stop=look.pk, result="finding", words=found)
        elif look.position == len(row.looks):
            actions.look(row, by=officer, stop=look.pk, result="missed", reason="单元门在换锁，进不去。")
        else:
            actions.look(row, by=officer, stop=look.pk, result="well", ticked=every)
    actions.finish(row, by=officer)
    drain()


def _maintain(stage: Any, worker: Any) -> None:
    community, today = stage.community, today_in(stage.community)
    firm = Organisation.objects.get(community=community, name=FIRM)
    for number, lamp in enumerate(_spots(stage, *LAMPS)):
        row = actions.plan(
            by=worker, community=community, spot=lamp, what="查线路、擦灯罩", every_days=180, organisation=firm,
            due_on=today + timedelta(days=2 + 45 * number), last_on=today - timedelta(days=178 - 45 * number),
        )  # fmt: skip
        if number == 1:
            actions.record(row, by=worker, done_on=today, note="灯罩裂缝已用胶封住，等新罩到货再换。")
    for spot in _spots(stage, "一号垃圾桶", "二号垃圾桶"):
        due = today + timedelta(days=9)
        actions.plan(by=worker, community=community, spot=spot, what="冲洗消毒", every_days=14, due_on=due)
    for house, days in LIFTS:
        door = next(door for door in stage.entrances if door.building.number == house)
        lift = add_spot(community, f"{house}号楼电梯", "lift", by=SYSTEM, lon=door.lon, lat=door.lat)
        actions.plan(
            by=worker, community=community, spot=lift, what="电梯年度检验", every_days=365, organisation=firm,
            is_inspection=True, due_on=today + timedelta(days=days), last_on=today + timedelta(days=days - 365),
        )  # fmt: skip

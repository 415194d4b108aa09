"""What stands open in the demo today: for every role something to do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mulin.cases import actions, queries
from mulin.cases.models import Case
from mulin.kernel import clock
from mulin.kernel.viewer import NOBODY
from mulin.kernel.worker import drain
from mulin.participation.actions import declare
from mulin.people.actions import reveal
from mulin.people.models import Organisation, Person

from . import calling, pictures
from .furnishing import DANCERS

# What was said, the category, at which house, by which resident (none: a guest), and how far it has come.
Row = tuple[str, str, int, int | None, str]

EARLIER: tuple[Row, ...] = (
    ("一楼门厅的灯一闪一闪，晃眼睛。", "stair_light", 1, 1, "accept"),
    ("二楼窗台往里渗水，墙皮鼓包了。", "seepage", 2, 0, "ask"),
    ("楼门口的灯不亮，晚上看不见台阶。", "stair_light", 6, 0, "solve"),
    ("地下室墙角返潮，有霉味。", "seepage", 7, 5, "wait"),
    ("草坪边的长椅螺丝松了。", "bench", 18, 7, "accept"),
    ("北门的道闸前，早上总有车堵着。", "fire_lane", 14, 3, "accept"),
)
JUST_NOW: tuple[Row, ...] = (
    ("五楼拐角的灯坏了，声控也没反应。", "stair_light", 7, 4, ""),
    ("单元门前的地砖碎了一块。", "paving", 12, 6, ""),
    ("又有人推电动车上楼充电。", "ebike", 22, None, ""),
)
LONG: Row = ("西门外的井盖松了，车一过就响，夜里睡不着。", "sewer", 9, 2, "")


def one_goes_up(stage: Any) -> None:
    """Let one matter go up to the subdistrict, where nobody has taken it on."""
    case = report(stage, *LONG)
    case = actions.pass_up(case, by=stage.town.handler(case), reason="井盖在红线外，社区管不着")
    actions.pass_up(case, by=stage.cast["workers"][0], reason="要请街道找市政")
    drain()


def today(stage: Any, end: datetime) -> None:
    """Let matters come in and be dealt with until now; the last ones nobody could take on yet."""
    _belong_and_look(stage)
    calling.earlier_today(stage)
    for row in EARLIER:
        report(stage, *row)
        clock.advance(timedelta(minutes=40))
        drain()
    clock.set(end - timedelta(minutes=20))
    drain()
    calling.just_now(stage)
    for row in JUST_NOW:
        report(stage, *row)
        clock.advance(timedelta(minutes=5))


def _belong_and_look(stage: Any) -> None:
    """Let somebody wait for a club's answer, and some look at others' data for a reason that these can read."""
    residents, (worker, colleague) = stage.cast["residents"], stage.cast["workers"]
    dancers = Organisation.objects.get(community=stage.community, name=DANCERS)
    declare(by=residents[8], community=stage.community, organisation=dancers)
    for number, by, reason in ((0, worker, "约时间看窗台渗水"), (5, colleague, "地下室返潮，问何时方便进门")):
        reveal(Person.objects.get(pk=residents[number].person_id), by=by, reason=reason)
        clock.advance(timedelta(minutes=7))


def report(stage: Any, words: str, key: str, house: int, who: int | None, deed: str = "") -> Case:
    """Let somebody report at a house, nobody by name where there is none, and let it come so far."""
    door = next(door for door in stage.entrances if door.building.number == house)
    stage.number += 1
    case = actions.report(
        by=NOBODY if who is None else stage.cast["residents"][who],
        community=stage.community,
        words=words,
        place=queries.where(stage.community, entrance=door),
        category=next(row for row in queries.leaves(stage.community.pk) if row.key == key),
        disclosure="anonymous" if who is None else "named",
        photos=[pictures.before(stage.number)] if stage.number % 2 else [],
    )
    return _deal_with(stage, case, deed) if deed else case


def _deal_with(stage: Any, case: Case, deed: str) -> Case:
    by = stage.town.handler(case)
    clock.advance(timedelta(minutes=9))
    case = actions.accept(case, by=by)
    clock.advance(timedelta(minutes=15))
    if deed == "ask":
        return actions.ask(case, by=by, words="是只有下雨天渗，还是天天渗？")
    if deed == "wait":
        until = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
        return actions.wait(case, by=by, reason="等物业买防水涂料", until=until)
    if deed == "solve":
        photos = [pictures.after(stage.number)]
        return actions.solve(case, by=by, cause="灯头进水", remedy="换了灯头，擦干了灯座", photos=photos)
    return case

"""The weeks behind the demo, lived through actions alone; the clock is moved only while it is built."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from mulin.cases import actions, queries
from mulin.cases.models import Case
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.kernel.viewer import NOBODY
from mulin.kernel.worker import drain
from mulin.territory.actions import add_division, found
from mulin.territory.models import Community, Division

from . import pictures
from .people import people
from .places import places

DAYS = 21
SEED = 20261122

# What people say, the category, and what it came to: (words, category, cause, remedy)
MATTERS = (
    ("三楼到四楼的灯不亮，老人下楼看不清台阶。", "stair_light", "灯头进水，接线老化", "换了灯头，重新接了线"),
    ("连下几天雨，厨房外墙渗水，墙皮都起泡了。", "seepage", "落水管破了，管里淤了泥", "换了一截落水管，清了淤泥"),
    ("北门口有人停车，把消防通道堵住了。", "fire_lane", "外来车辆临停", "联系车主挪走，补画了黄线"),
    ("垃圾桶满了两天没人收，味道很大。", "overflow", "清运车改了线路", "当天清运，线路改回来了"),
    ("楼上半夜搬桌椅，睡不着。", "noise", "", ""),
    ("单元门口地砖翘起来了，昨天差点绊倒人。", "paving", "雨水泡空了垫层", "重新铺了六块砖"),
    ("电梯一停一顿的，坐着害怕。", "lift", "抱闸磨损", "维保换了抱闸片"),
    ("花园的长椅断了一根木条。", "bench", "木条朽了", "换了三根防腐木"),
    ("有人把电动车推进楼道充电。", "ebike", "车棚插座坏了", "修好车棚插座，和住户谈妥了"),
    ("下水道堵了，一楼往外返水。", "sewer", "油污结块", "疏通了主管，提醒了餐馆"),
    ("草地上有狗粪，孩子没法玩。", "pet_mess", "", ""),
    ("路灯从昨晚开始一闪一闪的。", "lamp", "镇流器坏了", "换了镇流器"),
)


def build() -> Community:
    """Found the community, its places and people, and let three weeks pass."""
    start = clock.now().replace(minute=5, second=0, microsecond=0) - timedelta(days=DAYS)
    clock.set(start)
    try:
        street = add_division("瑞景街道", 4, parent=add_division("北辰区", 3))
        community = found(
            slug="baocui", name="宝翠花都社区", name_en="Baocui Huadu", letter="B", division=street
        )
        spots = places(community)
        cast = people(community, spots["grids"], spots["buildings"], spots["entrances"])
        actions.load_categories(community, by=SYSTEM)
        _live(community, spots["entrances"], cast, start)
        drain()
    finally:
        clock.reset()
    drain()
    return community


def _divisions() -> Division:
    above: Division | None = None
    for level, name in ((1, "天津市"), (3, "北辰区"), (4, "瑞景街道")):
        above, _made = Division.objects.get_or_create(level=level, name=name, parent=above)
    if above is None:
        raise RuntimeError("The demo has no street.")
    return above


def _live(community: Any, entrances: list[Any], cast: Any, start: datetime) -> None:
    chance = random.Random(SEED)
    end = start + timedelta(days=DAYS)
    moment = start
    number = 0
    while moment < end - timedelta(minutes=20):
        clock.set(moment)
        drain()
        _one(community, entrances, cast, chance, number, last=end - moment < timedelta(days=2))
        number += 1
        moment += timedelta(minutes=chance.randint(90, 900))


def _one(community: Any, entrances: list[Any], cast: Any, chance: random.Random, number: int, last: bool) -> None:
    words, key, cause, remedy = MATTERS[number % len(MATTERS)]
    door = chance.choice(entrances)
    residents = cast["residents"]
    by = NOBODY if number % 11 == 7 else chance.choice(residents)
    disclosure = "anonymous" if by is NOBODY else "confidential" if number % 13 == 5 else "named"
    case = actions.report(
        by=by, community=community, words=words, place=queries.where(community, entrance=door),
        category=_category(community, key, words), disclosure=disclosure,
        photos=[pictures.before(number)] if number % 3 == 0 else [],
    )  # fmt: skip
    steps: list[Callable[[Case], Case]] = list(_course(community, cast, chance, by, cause, remedy, number))
    stop = chance.randint(0, 3) if last else len(steps)
    for step in steps[:stop]:
        clock.advance(timedelta(minutes=chance.randint(4, 50)))
        case = step(case)
    drain()


def _course(
    community: Any, cast: Any, chance: random.Random, by: Any, cause: str, remedy: str, number: int
) -> list[Callable[[Case], Case]]:
    worker, other = cast["workers"][0], cast["workers"][1]

    def handler(case: Case) -> Any:
        return next((one for one in cast["officers"] if case.post_id in one.posts), worker)

    def neighbours(case: Case) -> Case:
        for one in chance.sample(cast["residents"], 3):
            if case.flow.why_not("me_too", one, case) is None:
                case = actions.me_too(case, by=one)
        return case

    def refuse(case: Case) -> Case:
        case = actions.refuse(
            case, by=handler(case), why="not_a_matter", words="这类事可以先请楼栋长出面，谈不拢再申请调解。"
        )
        return second(case, "refuse", by=other if handler(case) is worker else worker, agree=True)

    def summarise(case: Case) -> Case:
        if case.flow.why_not("summarise", worker, case):
            return case
        return actions.summarise(case, by=worker, summary=f"{case.category}：{remedy}")

    if not cause:
        return [neighbours, refuse]

    def confirm(case: Case) -> Case:
        if by is NOBODY or number % 5 == 4:
            return case  # silence, or the desk still has to call back
        return actions.confirm(case, by=by, rating=chance.choice((3, 3, 3, 2, 1)), words="")

    return [
        neighbours,
        lambda case: actions.accept(case, by=handler(case)),
        lambda case: actions.note(case, by=handler(case), words="去看过了，下午带工具来。", audience="reporter"),
        lambda case: actions.solve(
            case, by=handler(case), cause=cause, remedy=remedy, photos=[pictures.after(number)]
        ),
        lambda case: _told(case),
        confirm,
        summarise,
    ]


def _told(case: Case) -> Case:
    drain()
    return Case.objects.get(pk=case.pk)


def _category(community: Any, key: str, words: str) -> Any:
    rows = {row.key: row for row in queries.leaves(community.pk)}
    if key in rows:
        return rows[key]
    return next(iter(queries.suggest(community.pk, words, most=1)), None)

"""The weeks behind the demo, lived through actions alone; the clock is moved only while it is built."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
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
from mulin.territory.models import Community

from . import pictures
from .people import people
from .places import places
from .today import one_goes_up, today

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
    # Nobody reads the mail of invented weeks.
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    end = clock.now()
    clock.set(end.replace(minute=5, second=0, microsecond=0) - timedelta(days=DAYS))
    try:
        street = add_division("瑞景街道", 4, parent=add_division("北辰区", 3))
        community = found(slug="baocui", name="宝翠花都社区", name_en="Baocui Huadu", letter="B", division=street)
        spots = places(community)
        cast = people(community, spots["grids"], spots["buildings"], spots["entrances"])
        actions.load_categories(community, by=SYSTEM)
        weeks = Weeks(community, spots["entrances"], cast)
        weeks.live_until(end - timedelta(days=4))
        one_goes_up(weeks)
        weeks.live_until(end - timedelta(days=2))
        weeks.live_until(end - timedelta(hours=11), recent=True)
        today(weeks, end)
        drain()
    finally:
        clock.reset()
    drain()
    return community


@dataclass
class Weeks:
    """What happens in the demo: one matter after the other, each by its own people."""

    community: Any
    entrances: list[Any]
    cast: dict[str, Any]
    number: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))

    def live_until(self, moment: datetime, recent: bool = False) -> None:
        """Let one matter after the other happen until a moment."""
        while clock.now() < moment:
            self.something_happens(recent)
            clock.set(min(clock.now() + timedelta(minutes=self.chance.randint(90, 700)), max(moment, clock.now())))

    def something_happens(self, recent: bool) -> None:
        """Let someone report something, and the neighbourhood deal with it; recent matters are still under way."""
        words, key, cause, remedy = MATTERS[self.number % len(MATTERS)]
        case = self._report(words, key)
        steps = [self._neighbours, self._refuse] if not cause else [
            self._neighbours, self._accept, self._note, lambda one: self._solve(one, cause, remedy), self._told,
            self._confirm, lambda one: self._summarise(one, remedy),
        ]  # fmt: skip
        stop = self.chance.randint(0, 3) if recent else len(steps)
        for step in steps[:stop]:
            clock.advance(timedelta(minutes=self.chance.randint(4, 50)))
            case = step(case)
        self.number += 1
        drain()

    def _report(self, words: str, key: str) -> Case:
        rows = {row.key: row for row in queries.leaves(self.community.pk)}
        unnamed, hushed = self.number % 11 == 7, self.number % 13 == 5
        return actions.report(
            by=NOBODY if unnamed else self.chance.choice(self.cast["residents"]),
            community=self.community,
            words=words,
            place=queries.where(self.community, entrance=self.chance.choice(self.entrances)),
            category=rows[key],
            disclosure="anonymous" if unnamed else "confidential" if hushed else "named",
            photos=[pictures.before(self.number)] if self.number % 3 == 0 else [],
        )

    def handler(self, case: Case) -> Any:
        """Return who has the post in charge, or the worker at the desk."""
        return next((one for one in self.cast["officers"] if case.post_id in one.posts), self.cast["workers"][0])

    def _neighbours(self, case: Case) -> Case:
        for one in self.chance.sample(self.cast["residents"], 3):
            if case.flow.why_not("me_too", one, case) is None:
                case = actions.me_too(case, by=one)
        return case

    def _accept(self, case: Case) -> Case:
        return actions.accept(case, by=self.handler(case))

    def _note(self, case: Case) -> Case:
        return actions.note(case, by=self.handler(case), words="去看过了，下午带工具来。", audience="reporter")

    def _solve(self, case: Case, cause: str, remedy: str) -> Case:
        photos = [pictures.after(self.number)]
        return actions.solve(case, by=self.handler(case), cause=cause, remedy=remedy, photos=photos)

    def _told(self, case: Case) -> Case:
        drain()
        return Case.objects.get(pk=case.pk)

    def _confirm(self, case: Case) -> Case:
        reporter = next((one for one in self.cast["residents"] if one.person_id == case.reporter_id), None)
        if reporter is None or self.number % 5 == 4:
            return case  # silence, or the desk still has to call back
        return actions.confirm(case, by=reporter, rating=self.chance.choice((3, 3, 3, 2, 1)))

    def _summarise(self, case: Case, remedy: str) -> Case:
        worker = self.cast["workers"][0]
        if case.flow.why_not("summarise", worker, case):
            return case
        return actions.summarise(case, by=worker, summary=f"{case.category}：{remedy}")

    def _refuse(self, case: Case) -> Case:
        worker, other = self.cast["workers"]
        handler = self.handler(case)
        words = "这类事可以先请楼栋长出面，谈不拢再申请调解。"
        case = actions.refuse(case, by=handler, why="not_a_matter", words=words)
        return second(case, "refuse", by=other if handler is worker else worker, agree=True)

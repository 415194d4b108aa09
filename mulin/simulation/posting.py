"""Notices of the demo: one settled, one corrected, one with objections, one with a list of people. All is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mulin.kernel import clock
from mulin.kernel.engine import second
from mulin.notices import actions
from mulin.notices.models import Notice

GATE = """北门自行车棚改造方案，征求大家意见：
一、旧棚拆除，原址建钢架棚，顶装太阳能板，车位由 46 个增到 80 个。
二、装 24 个充电口，带烟感和断电保护，与住宅楼外墙相距 8 米。
三、预算 86,000 元：社区保障资金 60,000 元，物业公司 26,000 元，居民不出钱。
四、施工 20 天，期间车辆停到西侧空地，有人值守。"""
AFFAIRS = """本月居务公开：
一、接到居民反映的事 71 件，办结 64 件，其余 7 件写明了办结日期。
二、保障资金支出 12,480 元：楼道灯 6,200 元，北门坡道 4,980 元，树木修剪 1,300 元，票据在社区可查。
三、下月要办：地下室除湿，12号楼单元门更换。"""
FAMILIES = (
    ("罗秀芬", "6号楼2单元301", 1, 735), ("何建国", "11号楼1单元502", 3, 1480), ("马玉兰", "18号楼3单元104", 2, 960),
)  # fmt: skip


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Plan the notices of the past weeks."""
    life.begin(_affairs(stage), (end - timedelta(days=22)).replace(hour=1, minute=10))
    life.begin(_corrected(stage), (end - timedelta(days=13)).replace(hour=2, minute=20))
    life.begin(_gate(stage), (end - timedelta(days=5)).replace(hour=3, minute=0))
    life.begin(_families(stage), (end - timedelta(days=3)).replace(hour=7, minute=30))


def _now(noun: Any) -> Any:
    return type(noun).objects.for_list().get(community=noun.community_id, pk=noun.pk)


def _draft(stage: Any, **said: Any) -> Notice:
    return actions.draft(by=stage.cast["workers"][0], community=stage.community, **said)


def _affairs(stage: Any) -> Iterator[datetime]:
    actions.post(_draft(stage, kind="affairs", title="十月份居务公开", text=AFFAIRS), by=stage.cast["workers"][0])
    yield clock.now() + timedelta(days=4)


def _corrected(stage: Any) -> Iterator[datetime]:
    worker = stage.cast["workers"][0]
    given = {"kind": "general", "title": "水箱清洗，停水通知"}
    wrong = actions.post(_draft(stage, text="星期四 9 时到 12 时清洗二次供水水箱，高层停水。", **given), by=worker)
    yield clock.now() + timedelta(hours=3)
    right = "星期五 9 时到 12 时清洗二次供水水箱，七层以上停水，请提前存水。"
    actions.post(_draft(stage, text=right, replaces=wrong, reason="日子写错了，是星期五。", **given), by=worker)


def _gate(stage: Any) -> Iterator[datetime]:
    worker, residents = stage.cast["workers"][0], stage.cast["residents"]
    plan = actions.post(_draft(stage, kind="plan", title="北门自行车棚改造方案", text=GATE, days=10), by=worker)
    yield clock.now() + timedelta(hours=9)
    first = actions.lodge(
        by=residents[3], community=stage.community, notice=plan, wish="充电口离我家窗户远一些。",
        words="我住一楼，充电棚正对我家窗，夜里提示音响，万一起火烟先进我家。",
    )  # fmt: skip
    yield clock.now() + timedelta(days=1)
    actions.answer(
        _now(first), by=worker, outcome="partly", words="和施工方看过现场，充电口移到东头，离您家窗 15 米，夜里不响。",
        published="充电口改到车棚东头，离住户窗户 15 米以上，夜间不响提示音；车棚位置不变。",
    )  # fmt: skip
    yield clock.now() + timedelta(hours=5)
    actions.accept(_now(first), by=residents[3])
    yield clock.now() + timedelta(days=2)
    actions.lodge(
        by=residents[5], community=stage.community, notice=plan,
        words="80 个车位里没有给三轮车留地方，送孙子的老人都骑三轮。", wish="留六个宽车位。",
    )  # fmt: skip


def _families(stage: Any) -> Iterator[datetime]:
    worker, colleague = stage.cast["workers"]
    words = "下列家庭申请最低生活保障，街道初审符合条件。有不同意见的，公示期内可以提出。"
    made = _draft(stage, kind="assistance", title="最低生活保障申请初审公示", text=words)
    rows = [dict(zip(("name", "door", "people", "amount"), row, strict=True)) for row in FAMILIES]
    asked = actions.post_list(actions.fill(made, by=worker, rows=rows), by=worker)
    yield clock.now() + timedelta(hours=2)
    second(_now(asked), "post_list", by=colleague, agree=True)
    yield clock.now() + timedelta(days=1)
    _draft(stage, kind="candidates", title="业主委员会候选人公示", text="十二月换届，候选人名单核对后张贴。")

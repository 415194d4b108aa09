"""What the demo's desk has to do with others: another server, another program, a group chat, a table, the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mulin.cases import actions as cases
from mulin.cases import queries
from mulin.channels import actions as channels
from mulin.forwarding import actions as forwarding
from mulin.forwarding.models import Forwarding
from mulin.joining import actions as joining
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.doors import Once
from mulin.news import actions as news
from mulin.open311 import actions as open311
from mulin.open311.models import Question
from mulin.people import actions as people
from mulin.people.models import Person

from .today import report

SERVER, ADDRESS = "市政设施养护所", "https://shizheng.example/open311/v2"
MAPPED = {"sewer": "PAISHUI", "lamp": "LUDENG", "paving": "DAOLU"}
DRAIN = ("瑞景路边的雨水箅子碎了两块，车轮能陷进去。", "sewer", 9, 6, "accept")
THEIRS = "雨水箅子已更换为铸铁箅子，周边路面已找平。"
CALLED = "16号楼南边的路灯白天一直亮着，晚上反而不亮。"
TWINS = (
    ("24号楼南头的路灯杆歪了，底座的螺丝都露出来了。", "lamp", 24, 9, "accept"),
    ("南头那根路灯杆又歪了些，风大怕倒下来砸到人。", "lamp", 24, 10, ""),
)
TOLD = ("cases.case.report", "cases.case.pass_up", "cases.case.due_soon")
TWICE = (("宋雅琴", 5), ("韩立群", 6), ("董海燕", 8))  # a name as it was entered once more, and whose number it has


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Plan what happened in the last days."""
    life.begin(_sent_on(stage), (end - timedelta(days=6)).replace(hour=1, minute=30))
    life.begin(_told(stage), (end - timedelta(days=5)).replace(hour=2, minute=0))
    life.begin(_reported_twice(stage), (end - timedelta(days=2)).replace(hour=1, minute=50))
    life.begin(_entered_twice(stage), (end - timedelta(days=3)).replace(hour=3, minute=10))


def _sent_on(stage: Any) -> Iterator[datetime]:
    """Send a case on to the town's own system, which closes it in the end; the desk has not decided yet."""
    worker, leaves = stage.cast["workers"][0], queries.leaves(stage.community.pk)
    connection = forwarding.connect(
        by=worker, community=stage.community, name=SERVER, url=ADDRESS, jurisdiction="beichen"
    )
    for category in leaves:
        if category.key in MAPPED:
            forwarding.map_category(connection, by=worker, category=category, service_code=MAPPED[category.key])
    case = report(stage, *DRAIN)
    by = stage.town.handler(case)
    sent = forwarding.forward(by=by, community=stage.community, case=case, connection=connection, words=DRAIN[0])
    forwarding.deliver(sent, by=SYSTEM, remote_id="SZ-20261117-0086")
    yield clock.now() + timedelta(hours=20)
    sent = _again(stage, sent)
    forwarding.hear(sent, by=SYSTEM, state="open", notes=["已派养护三队，明天上午到现场。"])
    yield clock.now() + timedelta(hours=26)
    forwarding.finish(_again(stage, sent), by=SYSTEM, state="closed", notes=[THEIRS], said=THEIRS)


def _again(stage: Any, sent: Forwarding) -> Forwarding:
    rows = Forwarding.objects.select_related("connection", "case").filter(community=stage.community)
    found: Forwarding = rows.get(pk=sent.pk)
    return found


def _told(stage: Any) -> Iterator[datetime]:
    """Let a group chat hear of what happens, and another program report what somebody told it."""
    worker = stage.cast["workers"][0]
    news.add(
        by=worker, community=stage.community, name="网格员工作群", service="mail", address="wangge@demo.mulin",
        events=list(TOLD),
    )  # fmt: skip
    yield clock.now() + timedelta(hours=1)
    category = next(row for row in queries.leaves(stage.community.pk) if row.key == "lamp")
    asked = Question.objects.get(community=stage.community, category=category, code="how")
    pole = Question.objects.get(community=stage.community, category=category, code="pole")
    door = next(door for door in stage.entrances if door.building.number == 16)
    receipt = open311.take_in(
        by=worker, community=stage.community, answers=[(asked, ["day"]), (pole, ["RJ-0316"])], is_batch=False,
        reference="12345-1117-0352", name="刘女士", email="liu@example.org", media=[], words=CALLED, category=category,
        place=queries.where(stage.community, entrance=door), disclosure="named", behalf=True, contact_name="刘女士",
        once=Once("demo-open311", b""),
    )  # fmt: skip
    yield clock.now() + timedelta(minutes=8)
    cases.accept(receipt.case, by=stage.town.handler(receipt.case))


def _reported_twice(stage: Any) -> Iterator[datetime]:
    """Let two neighbours report one thing, and the desk make one matter of it."""
    first = report(stage, *TWINS[0])
    yield clock.now() + timedelta(hours=3)
    again = report(stage, *TWINS[1])
    yield clock.now() + timedelta(minutes=20)
    cases.merge(again, by=stage.cast["workers"][0], into=first)


def _entered_twice(stage: Any) -> Iterator[datetime]:
    """Find some in the register twice: one pair to look at, two who share a number, and one that waits for another."""
    worker, colleague = stage.cast["workers"]
    for name, number in TWICE:
        known = Person.objects.get(community=stage.community, pk=stage.cast["residents"][number].person_id)
        made = people.add_person(by=worker, community=stage.community, name=name, entrance=known.entrance)
        people.correct(made, by=worker, phone=known.phone)
    yield clock.now() + timedelta(days=1)
    joining.propose(by=colleague, community=stage.community, stays=known, gone=made)


def today(stage: Any) -> None:
    """Have a table with people's words ready for who asked, and another one wait for a second person."""
    worker, colleague = stage.cast["workers"]
    asked = channels.ask(
        by=worker, community=stage.community, reason="给楼道灯改造方案附报修清单", category="stair_light", form="csv"
    )
    channels.agree(asked, by=colleague)
    channels.make_waiting()
    channels.ask(by=colleague, community=stage.community, reason="和物业对十一月的渗漏水报修", category="seepage")

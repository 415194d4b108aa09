"""Deputies of the demo: a suggestion that was answered and judged, one in hand, and one to hand on. All is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mulin.cases.models import Case
from mulin.deputies import actions
from mulin.deputies.models import Suggestion
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.people.actions import add_organisation
from mulin.people.queries import viewer_of

from .founding import person

ROADS, STREET = "区城市管理委员会", "瑞景街道办事处"


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Enter the departments, and plan the suggestions of the past weeks."""
    clerk = person(stage.community, "苗青", phone="13900000120", kind="staff")
    stage.clerk = viewer_of(clerk)
    stage.roads, stage.street = (
        add_organisation(by=SYSTEM, community=stage.community, kind="department", name=name, contact=contact)
        for name, contact in ((ROADS, clerk), (STREET, None))
    )
    life.begin(_answered(stage), (end - timedelta(days=27)).replace(hour=1, minute=30))
    life.begin(_in_hand(stage), (end - timedelta(days=9)).replace(hour=6, minute=15))
    life.begin(_to_hand_on(stage), (end - timedelta(days=1)).replace(hour=2, minute=45))


def _now(suggestion: Suggestion) -> Suggestion:
    found: Suggestion = Suggestion.objects.for_list().get(community=suggestion.community_id, pk=suggestion.pk)
    return found


def _brought(stage: Any, by: Any, **said: Any) -> Suggestion:
    return actions.bring(actions.draft(by=by, community=stage.community, **said), by=by)


def _answered(stage: Any) -> Iterator[datetime]:
    deputy, worker = stage.cast["deputy"], stage.cast["workers"][0]
    about = Case.objects.filter(community=stage.community, is_public=True, category__key__in=("fire_lane", "paving"))
    made = _brought(
        stage, deputy, title="小学门口的路口装红绿灯", source="residents", residents=23, department=stage.roads,
        matter="瑞景小学放学时，三百多个孩子过没有信号灯的路口，家长把车停在斑马线上，老人孩子都躲着走。",
        proposal="路口装红绿灯和减速带，放学时段请交警疏导，划出家长临时停车的地方。", cases=list(about[:2]),
    )  # fmt: skip
    yield clock.now() + timedelta(hours=5)
    actions.hand_on(_now(made), by=worker, department=stage.roads, partners=[stage.street])
    yield clock.now() + timedelta(days=2)
    actions.receive(_now(made), by=stage.clerk)
    yield clock.now() + timedelta(days=6)
    actions.report_on(_now(made), by=stage.clerk, words="已到现场看过两次，减速带本周施工，红绿灯要接电，正在办手续。")
    yield clock.now() + timedelta(days=11)
    actions.answer(
        _now(made), by=stage.clerk, klass="B", signed="区城市管理委员会市政科",
        promised_on=(clock.now() + timedelta(days=75)).date(),
        text="减速带已装好，放学时段有人疏导。红绿灯列入计划，寒假期间接电安装，开学前启用。临时停车位划在菜市场西侧，十二个。",
    )  # fmt: skip
    yield clock.now() + timedelta(days=1, hours=3)
    actions.judge(_now(made), by=deputy, judgement=3, words="减速带第二天就见效了。红绿灯我开学前再去看。")


def _in_hand(stage: Any) -> Iterator[datetime]:
    member, worker = stage.cast["member"], stage.cast["workers"][0]
    made = _brought(
        stage, member, title="老楼加装电梯，先把一楼的采光算清楚", source="visit", department=stage.street,
        matter="走了九个单元，想装电梯的多，一楼担心挡光、贬值，谈了两年没有一部开工。",
        proposal="请街道找设计院做一次采光测算，结果贴出来；一楼的补偿给个参考办法。",
    )  # fmt: skip
    yield clock.now() + timedelta(hours=20)
    actions.hand_on(_now(made), by=worker, department=stage.street)
    yield clock.now() + timedelta(days=1)
    actions.co_sign(_now(made), by=stage.cast["deputy"])
    actions.receive(_now(made), by=worker)
    yield clock.now() + timedelta(days=4)
    actions.report_on(_now(made), by=worker, words="设计院选好了，下周三先测 3号楼和 9号楼。")


def _to_hand_on(stage: Any) -> Iterator[datetime]:
    _brought(
        stage, stage.cast["deputy"], title="夜里的救护车进不来，通道要留死", source="residents", residents=9,
        matter="上月两次救护车停在北门外，担架推了两百米。通道画了线，没有人管。", department=stage.roads,
        proposal="通道加隔离桩，值班室有钥匙；占用的车当天拖走。",
    )  # fmt: skip
    yield clock.now() + timedelta(minutes=1)

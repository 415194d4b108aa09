"""Mediations of the demo: one that was settled and is kept so far, and one in session. All of it is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mulin.kernel import clock
from mulin.mediation import actions
from mulin.mediation.models import Mediation
from mulin.people.models import Organisation, Person

TEXT = (
    "一、楼上每天晚上九点半以后不在客厅跳绳、拖家具，周末中午十二点到两点也安静。\n"
    "二、楼上在客厅铺一块垫子，费用自己出，十天内铺好。\n"
    "三、楼下再听到响动，先发消息，不敲暖气管。"
)
FIRM = "宝翠物业服务有限公司"


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Plan both: one began weeks ago, the other some days ago."""
    life.begin(_settled(stage), (end - timedelta(days=27)).replace(hour=2, minute=20))
    life.begin(_in_session(stage), (end - timedelta(days=8)).replace(hour=3, minute=40))


def _now(mediation: Mediation) -> Mediation:
    found: Mediation = Mediation.objects.get(community=mediation.community_id, pk=mediation.pk)
    return found


def _chosen(stage: Any, mediation: Mediation, one: Any, two: Any) -> Iterator[datetime]:
    """Let the other side say yes, and both choose the mediator, who takes it on."""
    mediator = stage.cast["mediator"]
    yield clock.now() + timedelta(hours=3)
    actions.agree(_now(mediation), by=two)
    yield clock.now() + timedelta(hours=2)
    person = Person.objects.get(community=stage.community, pk=mediator.person_id)
    actions.propose(_now(mediation), by=one, person=person)
    yield clock.now() + timedelta(hours=15)
    actions.choose(_now(mediation), by=two)
    yield clock.now() + timedelta(hours=5)
    actions.take_on(_now(mediation), by=mediator, no_conflict=True)


def _evening(stage: Any, days: int) -> datetime:
    """Return half past seven so many days from now: both sides are home by then."""
    later = clock.now().astimezone(stage.community.zone_info) + timedelta(days=days)
    return later.replace(hour=19, minute=30, second=0, microsecond=0)


def _settled(stage: Any) -> Iterator[datetime]:
    one, two = stage.cast["residents"][0], stage.cast["residents"][3]
    mediator = stage.cast["mediator"]
    mediation = actions.ask(
        by=one, community=stage.community, kind="noise", other_name="楼上孙家",
        matter="楼上晚上十点多还在客厅跳绳、拖椅子，我家老人睡不着，说过两次，后来见面都不打招呼了。",
    )  # fmt: skip
    yield clock.now() + timedelta(hours=4)
    actions.enter(by=two, community=stage.community, code=_now(mediation).side(2).code)
    yield from _chosen(stage, mediation, one, two)
    at = _evening(stage, 2)
    actions.plan(_now(mediation), by=mediator, at=at, place="居委会二楼调解室")
    yield at + timedelta(hours=2)
    actions.hold(
        _now(mediation), by=mediator, came="双方都来了，孙家的儿子也来了。",
        summary="楼上不知道响动这么大，孩子要练体育考试。楼下不该敲暖气管。双方都愿意改。",
        notes="孙家最近有病人，心里急，不愿意在会上说。",
    )  # fmt: skip
    days = [(clock.now() + timedelta(days=days)).date() for days in (12, 60)]
    actions.draft(_now(mediation), by=mediator, text=TEXT, days=days)
    for by, hours in ((one, 12), (two, 9)):
        yield clock.now() + timedelta(hours=hours)
        found = _now(mediation)
        actions.confirm(found, by=by, fingerprint=found.agreement.fingerprint if found.agreement else "")
    yield clock.now() + timedelta(days=13)
    actions.note_kept(_now(mediation), by=mediator)


def _in_session(stage: Any) -> Iterator[datetime]:
    one, two, mediator = stage.cast["residents"][1], stage.cast["liaison"], stage.cast["mediator"]
    firm = Organisation.objects.get(community=stage.community, name=FIRM)
    mediation = actions.ask(
        by=one, community=stage.community, kind="firm", other_organisation=firm,
        matter="地下室返水泡坏了一楼几家的东西，物业说是住户自己堵的。清管的钱谁出，东西怎么赔，说不到一起。",
    )  # fmt: skip
    yield from _chosen(stage, mediation, one, two)
    at = _evening(stage, 2)
    actions.plan(_now(mediation), by=mediator, at=at, place="居委会二楼调解室")
    yield at + timedelta(hours=2)
    actions.hold(
        _now(mediation), by=mediator, came="李秀珍和两户邻居，物业胡建军。",
        summary="先一起请人看管子，看清楚再说钱。物业先垫清管费。", notes="物业怕开了口子，别的楼也来要。",
    )  # fmt: skip
    actions.plan(
        _now(mediation), by=mediator, at=_evening(stage, 6), place="5号楼地下室，看完上楼谈"
    )  # fmt: skip

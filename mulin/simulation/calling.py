"""Call-ups in the demo: some of the past weeks, and what stands open today at different stages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mulin.callups import actions
from mulin.callups.models import CallUp, Turnout
from mulin.cases import actions as cases
from mulin.cases import queries
from mulin.cases.models import Case
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.viewer import Viewer
from mulin.kernel.worker import drain
from mulin.people.actions import add_post
from mulin.people.models import Organisation, Person, PostKind

from .founding import hold

FIRM, MARKET, SOCIAL, SCHOOL, TEAM = (
    "宝翠物业服务有限公司", "便民菜市场", "邻里社工服务中心", "瑞景小学", "红马甲巡楼队",
)  # fmt: skip
# What was reported, its category, at which house; what was asked of whom; what came of it.
PAST: tuple[tuple[int, str, str, int, str, str, str, tuple[str, ...]], ...] = (
    (26, "化粪池往外溢，一楼几家都闻得到。", "sewer", 5, "5号楼化粪池外溢", "管在物业，井在绿化带，路面要有人守。",
     "物业抽排，巡楼队守住路口，社工上门告诉一楼住户。", (FIRM, TEAM, SOCIAL)),
    (19, "放学时校门口的消防通道全是接孩子的车。", "fire_lane", 14, "放学时段消防通道被堵",
     "车是家长的，通道归物业，路口挨着菜市场。",
     "学校错开放学，菜市场让出卸货位，物业画线。", (SCHOOL, MARKET, FIRM)),
    (11, "下雨后地下车库入口积水，推车过不去。", "sewer", 12, "车库入口积水", "水泵归物业，沙袋在巡楼队，要一起干。",
     "物业换泵，巡楼队垒沙袋，清一遍雨水箅子。", (FIRM, TEAM)),
)  # fmt: skip
SOLVED = "几家一起到场，当天处理完，第二天又看过一遍。"


def name_liaison(community: Any, cast: dict[str, Any]) -> None:
    """Let the property firm have somebody who reports in for it."""
    kind = PostKind.objects.get(community=community, key="unit_liaison")
    firm = Organisation.objects.get(community=community, name=FIRM)
    post = add_post(by=SYSTEM, community=community, kind=kind, organisation=firm, title="宝翠物业联络员")
    cast["liaison"] = hold(post, Person.objects.get(pk=cast["liaison"].person_id))


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Plan the call-ups of the past weeks."""
    for days, words, key, house, title, why, task, names in PAST:
        at = (end - timedelta(days=days)).replace(hour=2, minute=10)  # the morning of a working day, or of the next
        course = _past(stage, words, key, house, title, why, task, names)
        life.begin(course, stage.community.calendar.add(at, timedelta(minutes=5)))


def _report(stage: Any, words: str, key: str, house: int, who: int) -> Case:
    door = next(door for door in stage.entrances if door.building.number == house)
    category = next(row for row in queries.leaves(stage.community.pk) if row.key == key)
    case = cases.report(
        by=stage.cast["residents"][who], community=stage.community, words=words, category=category,
        place=queries.where(stage.community, entrance=door),
    )  # fmt: skip
    return cases.accept(case, by=stage.town.handler(case))


def _units(stage: Any, *names: str) -> list[Organisation]:
    found = {row.name: row for row in Organisation.objects.filter(community=stage.community, name__in=names)}
    return [found[name] for name in names]


def _call(stage: Any, case: Case, names: tuple[str, ...], by: Viewer | None = None, **said: Any) -> CallUp:
    units = _units(stage, *names)
    return actions.propose(
        by=by or stage.cast["workers"][0], community=stage.community, subject=case, organisations=units,
        lead=units[0], place=case.entrance, contact="周敏，社区值班", **said,
    )  # fmt: skip


def _turnout(callup: CallUp, name: str) -> Turnout:
    found: Turnout = Turnout.objects.for_list().get(
        community=callup.community_id, callup=callup.pk, organisation__name=name
    )
    return found


def _speaker(stage: Any, name: str) -> Viewer:
    """Return who reports in: the firm's liaison, and for units without an account whoever takes the call."""
    found: Viewer = stage.cast["liaison"] if name == FIRM else stage.cast["workers"][0]
    return found


def _past(
    stage: Any, words: str, key: str, house: int, title: str, why: str, task: str, names: tuple[str, ...]
) -> Iterator[datetime]:
    after = stage.community.calendar.add
    case, worker = _report(stage, words, key, house, 0), stage.cast["workers"][0]
    yield after(clock.now(), timedelta(minutes=25))
    callup = _call(stage, case, names, title=title, why=why, task=task, report_hours=2, done_days=1)
    for place, name in enumerate(names):
        # The market hears of it late: its time is over by then, and it comes all the same.
        yield after(clock.now(), timedelta(minutes=150 if name == MARKET else 20))
        code = case.entrance.code if place == 0 and case.entrance else ""
        actions.report_in(_turnout(callup, name), by=_speaker(stage, name), people=place + 2, code=code)
    for name in names:
        yield after(clock.now(), timedelta(minutes=60))
        actions.finish(_turnout(callup, name), by=_speaker(stage, name), outcome=SOLVED)
    yield after(clock.now(), timedelta(minutes=50))
    for name in names:
        actions.appraise(_turnout(callup, name), by=worker, rating=2 if name == MARKET else 3)
    firm = _turnout(callup, FIRM)
    actions.judge(firm, by=stage.cast["liaison"], was_right=True, was_clear=True, was_needed=True)
    case = Case.objects.get(community=stage.community, pk=case.pk)
    handler = stage.town.handler(case)
    cases.solve(case, by=handler, cause="几家的管和路连在一起", remedy=SOLVED, summary=f"{title}：{task}")
    yield after(clock.now(), timedelta(minutes=90))
    reporter = stage.cast["residents"][0]
    actions.rate(_turnout(callup, names[0]), by=reporter, rating=3)
    cases.confirm(Case.objects.get(community=stage.community, pk=case.pk), by=reporter, rating=3)


def earlier_today(stage: Any) -> None:
    """Call three units to one matter and let the first come; some hours later one of them will have been silent."""
    case = _report(stage, "北门外的雨水井往上返水，路面积了一大片，老人绕不过去。", "sewer", 10, 0)
    said: dict[str, Any] = {
        "title": "北门外雨水井返水", "why": "井在路上，泵在物业，老人要有人接。", "urgency": "urgent",
        "task": "物业抽水并围起来，社工中心接送几位老人，学校开后门绕行。", "report_hours": 2, "done_days": 1,
    }  # fmt: skip
    callup = _call(stage, case, (FIRM, SOCIAL, SCHOOL), **said)
    clock.advance(timedelta(minutes=18))
    firm = _turnout(callup, FIRM)
    code = case.entrance.code if case.entrance else ""
    actions.report_in(firm, by=stage.cast["liaison"], people=3, came="值班班长带两人", code=code)
    actions.arrange(
        callup, by=stage.cast["liaison"], arrangement="物业先抽水，围挡放好后学校再开后门。社工在北门接人。"
    )
    clock.advance(timedelta(minutes=20))
    actions.refuse(_turnout(callup, SCHOOL), by=stage.cast["workers"][0], reason="后门正在换锁，今天开不了。")
    stage.callup = callup
    wall = _report(stage, "7号楼外墙落水管断了一截，雨水顺着墙往下淌。", "seepage", 7, 5)
    said = {"title": "7号楼落水管断了", "why": "要登高车，也要有人看住楼下。", "task": "物业接管，巡楼队看住楼下。"}
    pipe = _call(stage, wall, (FIRM, TEAM), report_hours=1, done_days=1, urgency="urgent", **said)
    clock.advance(timedelta(minutes=15))
    actions.report_in(_turnout(pipe, FIRM), by=stage.cast["liaison"], people=2)
    actions.report_in(_turnout(pipe, TEAM), by=stage.cast["workers"][0], people=4)
    clock.advance(timedelta(minutes=40))
    actions.finish(_turnout(pipe, FIRM), by=stage.cast["liaison"], outcome="接上了一截新管，放水试过，不漏。")
    drain()


def just_now(stage: Any) -> None:
    """Call another unit to it, wait for somebody to sign what an officer proposes, and call the firm once more."""
    actions.add(stage.callup, by=stage.cast["workers"][0], organisations=_units(stage, MARKET))
    paving = _report(stage, "2号楼门前的地砖塌下去一片，踩上去往外冒水。", "paving", 2, 6)
    said: dict[str, Any] = {
        "title": "2号楼门前地砖塌陷", "why": "砖归物业，底下可能是水管，还要有人看住路。",
        "task": "物业围起来查水管，巡楼队看住绕行的路。", "report_hours": 4, "done_days": 3,
    }  # fmt: skip
    _call(stage, paving, (FIRM, TEAM), by=stage.town.handler(paving), **said)
    lamp = _report(stage, "18号楼前的路灯全灭了，晚上一片黑。", "lamp", 18, 7)
    said = {"title": "18号楼前路灯全灭", "why": "线路归物业，夜里要有人带路。", "urgency": "urgent"}
    said |= {"task": "物业查线路，巡楼队今晚在路口带路。"}
    _call(stage, lamp, (FIRM, TEAM), report_hours=4, done_days=1, **said)
    drain()

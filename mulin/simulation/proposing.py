"""Proposals of the demo, one in every step of its way, and how some of them ended. All of it is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mulin.comments.actions import write
from mulin.kernel import clock
from mulin.kernel.engine import second
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.people.queries import viewer_of
from mulin.proposals import actions, queries
from mulin.proposals.models import Proposal, Step
from mulin.territory.models import Building

RACKS = [{"what": "不锈钢晾衣架 12 组", "fen": 960_000}, {"what": "地面硬化 30 平方米", "fen": 420_000}]


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Plan the proposals of the past weeks: how many days ago each was brought."""
    lives = (
        (27, _carried_out), (21, _voted_on), (20, _judged_now), (15, _turned_down), (13, _published), (12, _in_work),
        (10, _pitched), (9, _stopped), (6, _left_to_supervisors), (4, _returned), (3, _discussed), (2, _draft),
        (1, _sent_in),
    )  # fmt: skip
    for at, (days, way) in enumerate(lives):
        life.begin(way(stage), (end - timedelta(days=days)).replace(hour=2 + at % 9, minute=20))


def _now(noun: Any) -> Any:
    return type(noun).objects.for_list().get(community=noun.community_id, pk=noun.pk)


def _step(proposal: Proposal) -> Step | None:
    rows = Step.objects.filter(community=proposal.community_id, proposal=proposal.pk, state="open")
    found: Step | None = rows.for_list().first()
    return found


def _until(proposal: Proposal, kind: str) -> Iterator[datetime]:
    while (step := _step(proposal)) is None or step.kind != kind:
        yield clock.now() + timedelta(hours=6)


def _neighbours(stage: Any, proposal: Proposal, many: int) -> list[Any]:
    rows = Person.objects.filter(community=stage.community, kind="resident", account__isnull=True)
    return [viewer_of(each) for each in rows.exclude(pk=proposal.proposer_id).order_by("pk")[:many]]


def _brought(stage: Any, by: Any, way: str, matter: str, backers: int, **told: Any) -> Proposal:
    place = told.get("place")
    made = actions.pitch(by=by, community=stage.community, title=told["title"], wrong=told["wrong"], place=place)
    actions.amend(_now(made), by=by, **told)
    actions.submit(_now(made), by=by, template=way, matter=matter)
    for each in _neighbours(stage, made, backers):
        actions.support(_now(made), by=each)
    return made


def _sent(stage: Any, by: Any, way: str, matter: str, backers: int, **told: Any) -> Proposal:
    made = _brought(stage, by, way, matter, backers, **told)
    words = "现场看过，地方够，不占消防通道，可以办。"
    actions.review(_now(made), by=stage.cast["workers"][0], verdict="feasible", words=words)
    return made


def _resident(stage: Any, number: int) -> Any:
    residents = stage.cast["residents"]
    return residents[number % len(residents)]


def _by_hands(stage: Any, proposal: Proposal, where: str, yes: int, no: int, words: str) -> None:
    """Let those who came raise their hands: counted by the officer, confirmed at the desk."""
    day = today_in(stage.community).isoformat()
    told = {"where": where, "held_on": day, "words": words, "present": yes + no + 2, "abstain": 2}
    actions.count_hands(_now(_step(proposal)), by=stage.cast["workers"][0], yes=yes, no=no, **told)
    second(_now(_step(proposal)), "count_hands", by=stage.cast["workers"][1], agree=True)


def _carried_out(stage: Any) -> Iterator[datetime]:
    worker = stage.cast["workers"][0]
    actions.copy_template(by=worker, community=stage.community, key="hands_in_a_grid")
    made = _sent(
        stage, _resident(stage, 0), "hands_in_a_grid", "public_space", 14, title="2号楼门口添两张长椅",
        wrong="买菜回来的老人没地方歇脚，常坐在花坛边的水泥沿上，凉。", plan="门口东侧放两张带靠背的长椅，离门 3 米。",
        budget=[{"what": "长椅 2 张", "fen": 180_000}], money="社区保障资金", asked=38, agreed=33,
    )  # fmt: skip
    yield from _until(made, "vote")
    _by_hands(stage, made, "2号楼门口", 26, 2, "有人担心夜里有人聊天，说好九点后不坐。")
    yield from _until(made, "carry_out")
    actions.entrust(_now(_step(made)), by=worker, carrier="desk")
    yield clock.now() + timedelta(days=3)
    actions.report_on(_now(_step(made)), by=worker, words="长椅到货了，周五上午装。")
    yield clock.now() + timedelta(days=2)
    actions.conclude(_now(_step(made)), by=worker, words="两张长椅装好了，脚下打了膨胀螺栓。", measured="长椅 2 张")
    yield from _until(made, "judge")
    for at, each in enumerate(_neighbours(stage, made, 23)):
        actions.rate(_now(_step(made)), by=each, mark=2 if at % 4 == 3 else 3, words="坐着舒服。" if at == 5 else "")


def _voted_on(stage: Any) -> Iterator[datetime]:
    worker = stage.cast["workers"][0]
    house = Building.objects.filter(community=stage.community, name="4号楼").first()
    place = ("building", house.pk, str(house)) if house else None
    made = _sent(
        stage, _resident(stage, 3), "plain_five", "public_works", 12, title="4号楼门厅装一面布告栏", place=place,
        wrong="通知贴得到处都是，电梯里一层盖一层。", plan="门厅右手边装一面带锁的布告栏，宽 1.2 米。",
        budget=[{"what": "布告栏 1 面", "fen": 68_000}], money="公共收益", asked=52, agreed=40,
    )  # fmt: skip
    yield from _until(made, "vote")
    actions.call_vote(_now(_step(made)), by=worker)


def _judged_now(stage: Any) -> Iterator[datetime]:
    worker = stage.cast["workers"][0]
    made = _sent(
        stage, _resident(stage, 4), "hands_in_a_grid", "public_space", 9, title="9号楼后面的土坡种上麦冬",
        wrong="一下雨泥水淌到路上，鞋底都是泥。", plan="土坡平整后种麦冬，坡脚码一排石头。",
        budget=[{"what": "麦冬和石头", "fen": 92_000}], money="社区保障资金", asked=30, agreed=27,
    )  # fmt: skip
    yield from _until(made, "vote")
    _by_hands(stage, made, "9号楼后面", 19, 1, "都说早该种了。")
    yield from _until(made, "carry_out")
    actions.entrust(_now(_step(made)), by=worker, carrier="desk")
    yield clock.now() + timedelta(days=9)
    done = {"words": "种好了，头一个月物业早晚浇水。", "measured": "麦冬 60 平方米"}
    actions.conclude(_now(_step(made)), by=worker, **done)
    yield from _until(made, "judge")
    for at, each in enumerate(_neighbours(stage, made, 8)):
        actions.rate(_now(_step(made)), by=each, mark=3 if at % 3 else 2)


def _turned_down(stage: Any) -> Iterator[datetime]:
    made = _sent(
        stage, _resident(stage, 5), "hands_in_a_grid", "house_rules", 6, title="中心花园晚上八点关灯",
        wrong="灯正对着卧室，拉上窗帘还是亮。", plan="花园六盏灯八点后关四盏。",
    )  # fmt: skip
    yield from _until(made, "vote")
    _by_hands(stage, made, "中心花园", 7, 22, "多数人怕老人夜里走路看不见。改成加灯罩，另外再提。")


def _in_work(stage: Any) -> Iterator[datetime]:
    worker = stage.cast["workers"][0]
    made = _sent(
        stage, _resident(stage, 6), "hands_in_a_grid", "public_works", 11, title="5号楼楼道换声控灯",
        wrong="三层到六层的灯拉绳断了，晚上摸黑上楼。", plan="六层楼道都换成声控灯，一层两盏。",
        budget=[{"what": "声控灯 12 盏", "fen": 57_600}], money="公共收益", asked=24, agreed=24,
    )  # fmt: skip
    yield from _until(made, "vote")
    _by_hands(stage, made, "5号楼门口", 21, 0, "没有人反对。")
    yield from _until(made, "carry_out")
    actions.entrust(_now(_step(made)), by=worker, carrier="desk")
    yield clock.now() + timedelta(days=4)
    actions.report_on(_now(_step(made)), by=worker, words="一到三层换好了，剩下三层等电工周末来。")


def _stopped(stage: Any) -> Iterator[datetime]:
    made = _sent(
        stage, _resident(stage, 7), "plain_five", "public_works", 17, title="南门加一道自动道闸",
        wrong="外面的车穿小区抄近路，放学时候最多。", plan="南门装一道识别车牌的道闸，行人走边门。",
        budget=[{"what": "道闸和安装", "fen": 3_860_000}], money="公共收益", asked=120, agreed=88,
    )  # fmt: skip
    yield from _until(made, "publish")
    step = _now(_step(made))
    seats = step.supervisor.open_seats().values("post") if step.supervisor else ()
    above = Person.objects.filter(community=stage.community, state="here", terms__post__in=seats).first()
    if above is not None:
        words = "预算只有一家报价。请补两家，写明为什么选这一家，再接着公示。"
        actions.object_to(step, by=viewer_of(above), words=words)


def _left_to_supervisors(stage: Any) -> Iterator[datetime]:
    worker = stage.cast["workers"][0]
    own = actions.copy_template(by=worker, community=stage.community, key="hands_in_a_grid", own=True)
    actions.rename_template(own, by=worker, zh="网格举手（留异议期）", en="Hands in a grid, with days to object")
    actions.save_step(own, by=worker, at=0, step={**own.steps[0], "days": 1})
    later = {"kind": "object", "zh": "监督委员会异议期", "en": "Days to object", "actor": "supervisors", "days": 7}
    own = actions.add_step(own, by=worker, step=later)
    for at in (4, 3):
        own = actions.move_step(own, by=worker, at=at, up=True)
    made = _sent(
        stage, _resident(stage, 8), own.key, "events", 8, title="重新排活动室的用房时间",
        wrong="合唱队和书法班总撞在一起，来了只能回去。", plan="周一三五合唱，周二四书法，周末留给孩子。",
    )  # fmt: skip
    yield from _until(made, "vote")
    _by_hands(stage, made, "活动室", 28, 3, "周末上午再分给棋友一个小时。")


def _returned(stage: Any) -> Iterator[datetime]:
    made = _brought(
        stage, _resident(stage, 9), "plain_five", "public_space", 5, title="消防通道边上划六个车位",
        wrong="晚上八点以后找不到车位。", plan="北侧通道靠墙划六个。",
    )  # fmt: skip
    yield clock.now() + timedelta(hours=20)
    words = "消防通道不能停车，哪怕靠边。可以改成和对面单位商量夜间错时停车，我们帮着联系。"
    actions.review(_now(made), by=stage.cast["workers"][0], verdict="not_feasible", words=words)


def _discussed(stage: Any) -> Iterator[datetime]:
    made = _sent(
        stage, _resident(stage, 10), "plain_five", "public_works", 16, title="自行车棚加一排充电插座",
        wrong="有人从二楼拉线下来充电，雨天看着害怕。", plan="车棚东侧装 16 个插座，刷卡断电，带烟感。",
        budget=[{"what": "插座和烟感", "fen": 1_240_000}], money="公共收益", asked=80, agreed=66,
    )  # fmt: skip
    twin = _brought(
        stage, _resident(stage, 11), "plain_five", "public_works", 4, title="车棚里装几个充电口",
        wrong="电动车没地方充电，只能推上楼。",
    )  # fmt: skip
    yield clock.now() + timedelta(hours=5)
    for by, words in (
        (_resident(stage, 2), "插座离车远一点，别让线拖在地上。"),
        (stage.cast["leads"][0], "我问过消防，烟感要连到值班室才算数。"),
        (_resident(stage, 5), "刷卡的钱归谁，写清楚我就赞成。"),
    ):
        write(by=by, community=stage.community, on=_now(made), words=words)
        yield clock.now() + timedelta(hours=3)
    reason = "两件说的是同一个车棚，合在一起商量。"
    actions.merge(_now(twin), by=stage.cast["workers"][0], other=_now(made), reason=reason)


def _sent_in(stage: Any) -> Iterator[datetime]:
    yield clock.now() + timedelta(minutes=1)
    _brought(
        stage, _resident(stage, 1), "hands_in_a_grid", "public_space", 3, title="快递柜往南挪五米",
        wrong="柜子正对着单元门，取件的电动车堵着出不去。", plan="挪到南边花坛旁，那里有电。",
    )  # fmt: skip


def _published(stage: Any) -> Iterator[datetime]:
    yield clock.now() + timedelta(minutes=1)
    _sent(
        stage, _resident(stage, 1), "plain_five", "public_space", 21,
        title="3号楼后面装一排晾衣架", wrong="一到晴天被子搭在树上、栏杆上，树压断过，栏杆也不干净。",
        plan="楼后空地装 12 组晾衣架，每组两层，高度老人够得着。", budget=RACKS, money="公共收益", asked=96, agreed=71,
        opinion="一楼有两户担心挡光，方案里离窗 5 米。",
    )  # fmt: skip


def _pitched(stage: Any) -> Iterator[datetime]:
    worker, community = stage.cast["workers"][0], stage.community
    own = actions.copy_template(by=worker, community=community, key="courtyard_council", own=True)
    actions.rename_template(own, by=worker, zh="院落议事会（小项目）", en="Courtyard council, small projects")
    actions.save_step(own, by=worker, at=0, step={**own.steps[0], "days": 1})
    actions.remove_step(own, by=worker, at=1)
    pitched = (
        ("北院墙边种一排爬藤", "墙面旧，夏天晒得发烫。", "凌霄 20 株", 64_000, 41),
        ("活动室换六扇隔音窗", "排练声音大，楼上孩子写作业听得见。", "隔音窗 6 扇", 1_080_000, 55),
    )
    for title, wrong, what, fen, agreed in pitched:
        told = {"title": title, "wrong": wrong, "budget": [{"what": what, "fen": fen}], "money": "社区保障资金"}
        _sent(stage, stage.cast["residents"][0], own.key, "public_works", 8, asked=60, agreed=agreed, **told)
        yield clock.now() + timedelta(hours=3)
    yield clock.now() + timedelta(days=2)
    waiting = Step.objects.filter(community=community, state="open", kind="consult", actor="proposer").for_list()
    for step in waiting:
        actions.conclude(step, by=worker, words="两次院坝会，来了四十多人，多数赞成。")
    yield clock.now() + timedelta(hours=2)
    steps = list(queries.to_pitch(community))
    if steps:
        actions.arrange(
            by=worker, community=community, body=steps[0].body, held_on=today_in(community) + timedelta(days=9),
            where="楼梯小教室", words="谁都可以来听。", steps=steps, minutes=12,
        )  # fmt: skip


def _draft(stage: Any) -> Iterator[datetime]:
    yield clock.now() + timedelta(minutes=1)
    actions.pitch(
        by=stage.cast["residents"][0], community=stage.community, title="楼下那盏路灯晚点关",
        wrong="十一点就灭了，下晚班的邻居摸黑走。",
    )  # fmt: skip

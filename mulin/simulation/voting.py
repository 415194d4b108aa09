"""Votes of the demo: a council one seat short, then not; owners of two houses, and all of them. All is invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from mulin.bodies.models import Body
from mulin.kernel import clock
from mulin.kernel.engine import second
from mulin.people.figures import today_in
from mulin.people.queries import viewer_of
from mulin.territory.models import Building
from mulin.votes import actions, queries
from mulin.votes.models import RollEntry, RollOwner, Vote

BALLOTS = 120  # cast so far by owners of whom nobody plays a part
AT_ONCE = 8  # ballots between two moments
LIFTS = (
    "同意给1号楼三个门都加装电梯吗？",
    "三部电梯预算 138 万元，政府补贴 36 万元，其余按建筑面积分摊，每平方米约 355 元，一层也在内。\n\n"
    "赞成：去报规划，明年春天动工。反对：不装，分摊办法重新商量。",
)
ROPES = (
    "同意动用维修资金 9.6 万元，换3号楼电梯的钢丝绳和门机吗？",
    "去年困人四次，检测报告建议更换。从3号楼自己的维修资金里出，每户平均约 2,180 元，换完公示结算单。\n\n"
    "赞成：下个月换。反对：先修不换。",
)
GATE = ("后门改造方案和 23 万元预算，通过吗？", "拓宽后门、修岗亭、装人行闸机。方案公示过七天，没有没答复的意见。")
GATE_AGAIN = (
    "后门改造方案和 18 万元预算，通过吗？",
    "上次 24 席赞成，差一席。岗亭不修了，预算从 23 万元减到 18 万元，又公示了七天，没有没答复的意见。",
)
SHED = (
    "同意在北门空地建电动车充电棚吗？",
    "预算 86,400 元，从公共收益支出，不动维修资金。棚子离 3号楼外墙 12 米，带喷淋和断电保护，由物业看管。\n\n"
    "赞成：今年动工。反对：维持现状，明年再议。",
)


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Plan the votes of the past weeks."""
    # In 3 the small part says no; in 1 those with the largest homes do, who would pay most: heads pass, area does not.
    life.begin(_house(stage, 3, "CN-278-ordinary", ROPES, largest=False), end - timedelta(days=29, hours=3))
    life.begin(_house(stage, 1, "CN-278-special", LIFTS, largest=True), end - timedelta(days=26, hours=5))
    life.begin(_one_short(stage), end - timedelta(days=24, hours=2))
    life.begin(_owners(stage), (end - timedelta(days=22)).replace(hour=2, minute=10))
    life.begin(_council(stage), (end - timedelta(days=14)).replace(hour=3, minute=20))


def _now(vote: Vote) -> Vote:
    found: Vote = Vote.objects.for_list().get(community=vote.community_id, pk=vote.pk)
    return found


def _opened(stage: Any, pack: str, opens: int, days: int, said: Sequence[str], **more: Any) -> Any:
    first = today_in(stage.community) + timedelta(days=opens)
    vote = actions.prepare(
        by=stage.cast["workers"][0], community=stage.community, rules=queries.packs()[pack].rules, opens_on=first,
        closes_on=first + timedelta(days=days - 1), title=said[0], words=said[1], **more,
    )  # fmt: skip
    actions.notice(_now(vote), by=stage.cast["workers"][0])
    while _now(vote).state == "noticed":
        yield clock.now() + timedelta(hours=9)
    return vote


def _cast(vote: Vote, entries: Any, choices: Sequence[str], pause: timedelta) -> Iterator[datetime]:
    """Let entries say one after the other what they say; of several owners the first names themself."""
    for at, (entry, choice) in enumerate(zip(entries, choices, strict=False)):
        owners = RollOwner.objects.filter(community=vote.community_id, entry=entry, person__isnull=False)
        owner = owners.select_related("person").order_by(F("person__account").asc(nulls_last=True), "pk")[0]
        by, found = viewer_of(owner.person), _now(vote)
        if not owner.speaks:
            actions.nominate(found, by=by, owner=str(owner.pk))
        actions.cast(_now(vote), by=by, entry=entry.key, choice=choice)
        if at % AT_ONCE == AT_ONCE - 1:
            yield clock.now() + pause


def _of_people(vote: Vote, **which: Any) -> Any:
    here = {"community": vote.community_id, "vote": vote, "owners__person__isnull": False}
    return RollEntry.objects.filter(**here, **which).distinct()


def _house(stage: Any, number: int, pack: str, said: Sequence[str], *, largest: bool) -> Iterator[datetime]:
    house = Building.objects.get(community=stage.community, number=number)
    vote = yield from _opened(stage, pack, 15, 5, said, place=("building", house.pk, str(house)))
    entries = list(_of_people(vote).order_by("-area" if largest else "area", "key"))
    against = (len(entries) - 3) // 4  # so that three quarters of the heads say yes
    choices = ["no"] * (against - 1) + ["abstain"] + ["yes"] * (len(entries) - 3 - against)
    yield from _cast(vote, entries, choices, timedelta(hours=13))


def _seats(stage: Any) -> Body:
    found: Body = Body.objects.filter(community=stage.community, state="in_office").for_list().order_by("-seats")[0]
    return found


def _one_short(stage: Any) -> Iterator[datetime]:
    vote = yield from _opened(stage, "council-2/3", 4, 2, GATE, body=_seats(stage))
    choices = ["yes"] * 24 + ["no"] * 7 + ["abstain"] * 2
    yield from _cast(vote, _of_people(vote).order_by("source"), choices, timedelta(hours=2))


def _council(stage: Any) -> Iterator[datetime]:
    vote, desk = (yield from _opened(stage, "council-2/3", 4, 1, GATE_AGAIN, body=_seats(stage))), stage.cast["workers"]
    actions.count_hands(_now(vote), by=desk[0], yes=25, no=7, abstain=2, present=34)
    second(_now(vote), "count_hands", by=desk[1], agree=True)


def _owners(stage: Any) -> Iterator[datetime]:
    vote, wang = (yield from _opened(stage, "CN-278-special", 16, 12, SHED)), stage.cast["residents"][0]
    for row in queries.co_owners(wang, _now(vote)):  # whoever plays her can vote for all of her home
        if row.person_id == wang.person_id:
            actions.nominate(_now(vote), by=wang, owner=str(row.pk))
    quiet = _of_people(vote, owners__speaks=True, owners__person__account__isnull=True).order_by("key")
    choices = ["abstain" if at % 17 == 5 else "no" if at % 6 == 2 else "yes" for at in range(BALLOTS)]
    yield from _cast(vote, quiet[: 6 * BALLOTS : 6], choices, timedelta(hours=5))

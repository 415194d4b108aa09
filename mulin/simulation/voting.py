"""Votes of the demo: a council that decided by hands, and the owners' vote that is on. All of it is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from mulin.bodies.models import Body
from mulin.kernel import clock
from mulin.kernel.engine import second
from mulin.people.figures import today_in
from mulin.people.queries import viewer_of
from mulin.votes import actions, queries
from mulin.votes.models import RollOwner, Vote

BALLOTS = 120  # cast so far by owners of whom nobody plays a part


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Plan the votes of the past weeks."""
    life.begin(_owners(stage), (end - timedelta(days=22)).replace(hour=2, minute=10))
    life.begin(_council(stage), (end - timedelta(days=14)).replace(hour=3, minute=20))


def _now(vote: Vote) -> Vote:
    found: Vote = Vote.objects.for_list().get(community=vote.community_id, pk=vote.pk)
    return found


def _prepared(stage: Any, pack: str, opens: int, days: int, **said: Any) -> Vote:
    first: date = today_in(stage.community) + timedelta(days=opens)
    vote = actions.prepare(
        by=stage.cast["workers"][0], community=stage.community, rules=queries.packs()[pack].rules, opens_on=first,
        closes_on=first + timedelta(days=days - 1), **said,
    )  # fmt: skip
    return actions.notice(_now(vote), by=stage.cast["workers"][0])


def _owners(stage: Any) -> Iterator[datetime]:
    vote = _prepared(
        stage, "CN-278-special", 16, 12, title="同意在北门空地建电动车充电棚吗？",
        words="预算 86,400 元，从公共收益支出，不动维修资金。棚子离 3号楼外墙 12 米，带喷淋和断电保护，由物业看管。\n\n"
        "赞成：今年动工。反对：维持现状，明年再议。",
    )  # fmt: skip
    while _now(vote).state == "noticed":
        yield clock.now() + timedelta(hours=12)
    wang = stage.cast["residents"][0]
    _name(vote, wang)
    there = RollOwner.objects.filter(community=stage.community, entry__vote=vote, speaks=True, person__isnull=False)
    quiet = there.exclude(person=wang.person_id).exclude(person__account__isnull=False).order_by("entry__key")
    for at, row in enumerate(quiet.select_related("entry", "person")[: 6 * BALLOTS : 6]):
        choice = "abstain" if at % 17 == 5 else "no" if at % 6 == 2 else "yes"
        actions.cast(_now(vote), by=viewer_of(row.person), entry=row.entry.key, choice=choice)
        if at % 10 == 9:
            yield clock.now() + timedelta(hours=5)


def _name(vote: Vote, owner: Any) -> None:
    """Let her vote for all with whom she owns her home, so that whoever plays her can."""
    for row in queries.co_owners(owner, _now(vote)):
        if row.person_id == owner.person_id:
            actions.nominate(_now(vote), by=owner, owner=str(row.pk))


def _council(stage: Any) -> Iterator[datetime]:
    bodies = Body.objects.filter(community=stage.community, state="in_office").for_list().order_by("-seats")
    if (body := bodies.first()) is None:
        return
    vote = _prepared(
        stage, "council-2/3", 4, 1, title="后门改造方案和 18 万元预算，通过吗？", body=body,
        words="谈了三个月，方案公示七天，没有没答复的意见。路演时讲了做什么、花多少、业主怎么看。",
    )  # fmt: skip
    while _now(vote).state == "noticed":
        yield clock.now() + timedelta(hours=9)
    there = vote.entries.filter(community=stage.community).count()
    yes = -(-2 * body.seats // 3)
    told = {"yes": min(yes, there), "no": min(2, max(there - yes, 0)), "abstain": 0, "present": there}
    actions.count_hands(_now(vote), by=stage.cast["workers"][0], **told)
    second(_now(vote), "count_hands", by=stage.cast["workers"][1], agree=True)

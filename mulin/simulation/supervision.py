"""A confidential report of the demo: a painting society's leader collects savings; its members are warned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mulin.concerns import actions
from mulin.concerns.models import Concern, Finding
from mulin.kernel import clock
from mulin.kernel.engine import second
from mulin.kernel.viewer import Viewer
from mulin.participation import actions as participation
from mulin.people import actions as people
from mulin.people.models import Organisation, Person, Post

SOCIETY, ABOUT = "金秋书画社", "周四上午在楼梯小教室画画写字，笔墨自备。"
LEADER, TELLER, MEMBERS = 9, 7, (0, 6, 7, 8)  # of the residents
WORDS = (
    "书画社的负责人让我们把养老钱交给他“投书画基金”，说一年给两成利。已经有三四位老人交了，有一位交了六万。"
    "只给手写收条，问他公司叫什么，他不说。"
)
QUESTION = "收条上写的是谁收的钱？有没有照片？您不用出面。"
REPLY = "写的是他本人的名字，没有公章。我手里有一张，可以当面给您看。"
NOTE = "看过收条原件，三张，合计十一万。市场监管所答复：此人名下没有登记过任何基金或公司。"
GROUND = "以书画社名义向成员收钱、许诺高息，没有任何登记和许可。请立即停止收钱，十五天内把已收的钱退清。"
APPEAL = "钱已经退了两户，其余的月底前退清，请不要影响大家画画。"
FIRM = "物业门岗有人收外卖员的“进门费”，一次两块，不给就不让进。"


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Name who reads, found the society, and plan what came of it."""
    cast, community = stage.cast, stage.community
    first, reads, stands_in = (
        Post.objects.get(community=community, kind__key=key, place_kind="community")
        for key in ("discipline_inspector", "supervision_head", "supervisor")
    )
    actions.name_readers(by=cast["secretary"], community=community, first=first, second=reads, stand_in=stands_in)
    life.begin(_savings(stage), (end - timedelta(days=9)).replace(hour=1, minute=20))
    life.begin(_fees(stage), (end - timedelta(days=1)).replace(hour=11, minute=40))


def _savings(stage: Any) -> Iterator[datetime]:
    cast, community = stage.cast, stage.community
    leader, teller, residents = cast["residents"][LEADER], cast["residents"][TELLER], cast["residents"]
    society = people.add_organisation(
        by=cast["workers"][0], community=community, kind="interest_group", name=SOCIETY, about=ABOUT,
        contact=Person.objects.get(community=community, pk=leader.person_id),
    )  # fmt: skip
    for number in MEMBERS:
        participation.declare(by=residents[number], community=community, organisation=society)
    yield clock.now() + timedelta(hours=30)
    told = actions.tell(by=teller, community=community, about=society, words=WORDS, happened="上个月开始")
    yield clock.now() + timedelta(hours=20)
    told = actions.ask(actions.take_up(told, by=cast["inspector"]), by=cast["inspector"], words=QUESTION)
    yield clock.now() + timedelta(hours=5)
    actions.reply(_again(told), by=teller, words=REPLY)
    yield clock.now() + timedelta(hours=40)
    told = actions.note(_again(told), by=cast["head"], words=NOTE)
    told = actions.draft(told, by=cast["inspector"], outcome="founded", measure="warn", ground=GROUND)
    actions.decide(told, by=cast["inspector"], fingerprint=told.fingerprint)
    yield clock.now() + timedelta(hours=18)
    told = second(_again(told), "decide", by=cast["head"], agree=True)
    yield clock.now() + timedelta(hours=3)
    actions.follow(Finding.objects.get(community=community, pk=str(told.finding_id)), by=cast["workers"][0])
    yield clock.now() + timedelta(hours=26)
    people.appeal(Organisation.objects.get(community=community, pk=society.pk), by=leader, words=APPEAL)


def _fees(stage: Any) -> Iterator[datetime]:
    """Let somebody tell of the gate without a name; nobody took it up yet."""
    guest = Viewer(community_id=stage.community.pk)
    firm = Organisation.objects.filter(community=stage.community, kind="property_firm").order_by("name")[0]
    actions.tell(by=guest, community=stage.community, about=firm, words=FIRM, happened="这两周", unnamed=True)
    yield clock.now()


def _again(told: Concern) -> Concern:
    rows = Concern.objects.select_related("community", "organisation__community")
    found: Concern = rows.get(community=told.community_id, pk=told.pk)
    return found

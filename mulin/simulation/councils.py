"""Councils and committees of the demo: seats mostly filled, rules, a mandate and what was decided under it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from mulin.bodies import actions
from mulin.bodies.models import Body, Mandate
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import second
from mulin.people.actions import accept, add_organisation
from mulin.people.figures import is_under_age, today_in
from mulin.people.models import Organisation, Person
from mulin.people.queries import viewer_of

COUNCIL, SUPERVISORS = "宝翠花都居民议事会", "宝翠花都居务监督委员会"
COMMITTEE, OWNERS = "宝翠花都社区居民委员会", "宝翠花都业主委员会"
ABOUT = {
    COUNCIL: "每栋楼选一位，三个网格各再选三位，一共三十七席。每月第一个周六晚上在楼梯小教室开会，谁都可以来听。",
    SUPERVISORS: "看居委会和议事会的账、事、会，有疑问当面问，问不清就写出来贴在公开栏。",
}
STARTED, MEETING = date(2025, 6, 15), "2025年6月15日居民会议"
LIMITS = {"public_works": 3_000_000, "public_space": 0, "events": 500_000, "house_rules": 0}  # fen for one decision
YEAR = 20_000_000
VACANT_HOUSES, OWNERS_HERE = (6, 17, 23), 6


def begin(stage: Any, life: Any, end: datetime) -> None:
    """Found the bodies as they have been for a year and more, and plan what the council decides."""
    worker, people = stage.cast["workers"][0], _People(stage)
    above = _body(stage, people, SUPERVISORS, "supervision_committee", 5, years=3)
    _body(stage, people, COMMITTEE, "residents_committee", 7, supervisor=above)
    _body(stage, people, OWNERS, "owners_committee", 7, filled=OWNERS_HERE, years=3)
    council = _body(
        stage, people, COUNCIL, "council", 37, one_each="building", supervisor=above, years=3, left=VACANT_HOUSES
    )
    today = today_in(stage.community)
    mandate = actions.propose(
        by=worker, community=stage.community, body=council, matters=LIMITS, year_fen=YEAR,
        starts_on=today - timedelta(days=200), ends_on=today + timedelta(days=500),
    )  # fmt: skip
    given = {
        "granted_by": f"{MEETING}，1,126 户中 689 户同意",
        "granted_ref": "居民会议〔2025〕3 号",
    }
    actions.grant(mandate, by=worker, granted_on=STARTED.isoformat(), **given)
    second(mandate, "grant", by=stage.cast["secretary"], agree=True)
    life.begin(_decide(stage, mandate), (end - timedelta(days=16)).replace(hour=12, minute=40))


def _body(stage: Any, people: _People, name: str, kind: str, seats: int, **more: Any) -> Body:
    found = Organisation.objects.filter(community=stage.community, name=name).first()
    organisation = found or add_organisation(
        by=SYSTEM, community=stage.community, kind="council", name=name, about=ABOUT[name]
    )  # fmt: skip
    filled, left, worker = more.pop("filled", seats), more.pop("left", ()), stage.cast["workers"][0]
    body = actions.found(
        by=worker, community=stage.community, organisation=organisation, kind=kind, seats=seats, founded_by=MEETING,
        founded_on=STARTED, **more,
    )  # fmt: skip
    last = date(STARTED.year + 3, STARTED.month, STARTED.day)
    for seat in body.open_seats().select_related("post"):
        if seat.number <= filled and seat.number not in left:
            person = people.next_at(seat.post.place_id)
            actions.offer_seat(body, by=worker, seat=seat, person=person, starts_on=STARTED, ends_on=last)
            accept(person.terms.get(post=seat.post_id), by=viewer_of(person))
    return actions.take_office(body, by=worker, term_by=f"{MEETING}选出", ends_on=last)


class _People:
    """Grown-up residents, each taken once: of a building where one is named."""

    def __init__(self, stage: Any) -> None:
        rows = Person.objects.filter(community=stage.community, kind="resident", state="here", entrance__isnull=False)
        today = today_in(stage.community)
        known = rows.select_related("entrance", "community").order_by("created_at", "pk")
        self._free = [person for person in known if not is_under_age(person.born_on, today)]

    def next_at(self, house: Any) -> Person:
        """Take the next one of a building; for the whole community anybody."""
        found: Person = next((each for each in self._free if each.entrance.building_id == house), self._free[-1])
        self._free.remove(found)
        return found


def _decide(stage: Any, mandate: Mandate) -> Iterator[datetime]:
    decided = (("public_works", 1_280_000, "9号楼门口修一段无障碍坡道"), ("events", 260_000, "重阳节敬老饭，六桌"),
               ("house_rules", 0, "晚上十点后楼下不放音响"))  # fmt: skip
    for matter, amount, what in decided:
        now = Mandate.objects.for_list().get(community=stage.community, pk=mandate.pk)
        actions.use(now, by=stage.cast["workers"][0], matter=matter, amount_fen=amount, what=what)
        yield clock.now() + timedelta(days=5)

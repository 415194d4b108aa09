"""Furnishing the demo: dwellings, households, owners, posts and organisations, brought in by tables as it is done;
then what its people take upon themselves."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO
from random import Random
from typing import Any

from mulin.kernel.clock import SYSTEM
from mulin.kernel.viewer import Viewer
from mulin.participation import actions as participation
from mulin.people.actions import amend
from mulin.people.models import Organisation, Person
from mulin.privacy.actions import give
from mulin.privacy.models import Purpose
from mulin.tables import examine, importer
from mulin.territory.actions import add_spot
from mulin.territory.models import Community

from . import places
from .register import DEVELOPER, Register, Row

BRANCHES = ("第一网格党支部", "第二网格党支部", "第三网格党支部")
DANCERS = "枫叶舞蹈队"
ORGANISATIONS = (
    ("居委会", "宝翠花都社区居民委员会", "", "组织居民一起商量、一起办、一起评。"),
    ("党支部", "宝翠花都社区党委", "", "社区党委，下设三个网格党支部。"),
    ("党支部", "第一网格党支部", "宝翠花都社区党委", ""),
    ("党支部", "第二网格党支部", "宝翠花都社区党委", ""),
    ("党支部", "第三网格党支部", "宝翠花都社区党委", ""),
    ("业委会", "宝翠花都业主委员会", "", "由业主大会选出，任期三年。"),
    ("物业公司", "宝翠物业服务有限公司", "", "管电梯、楼道灯、门岗和保洁。"),
    ("企业", DEVELOPER, "", "建设单位，尚有少量房屋未售出。"),
    ("单位", "瑞景小学", "", "周末开放操场，寒暑假借教室。"),
    ("单位", "便民菜市场", "", "给行动不便的老人送菜上门。"),
    ("社会组织", "邻里社工服务中心", "", "社工每周三在社区驻点。"),
    ("志愿队", "红马甲巡楼队", "宝翠花都社区居民委员会", "每周五一起巡楼、清楼道。"),
    ("社团", "墨香书法社", "", "每周二下午在小教室写字，带笔就来。"),
    ("社团", DANCERS, "", "天好就在花园里跳。"),
)
# Posts of every grid, and how many there are of each.
IN_EACH_GRID = ("网格组长", "调解员", "治安员", "卫生员", "监督员")
VACANT = 0.06
WITH_LEADS = 5  # the first houses have their leads, or look for one, already
SPOTS = (
    ("南门", "大门", 360, 10), ("北门", "大门", 360, 530), ("一号垃圾桶", "垃圾桶", 250, 300),
    ("二号垃圾桶", "垃圾桶", 560, 260), ("三号垃圾桶", "垃圾桶", 240, 110),
    ("中心花园", "花园", 365, 270), ("东花园", "花园", 650, 250),
    ("一号路灯", "路灯", 150, 360), ("二号路灯", "路灯", 500, 360), ("三号路灯", "路灯", 150, 170),
    ("四号路灯", "路灯", 500, 170), ("民情茶馆", "活动场所", 330, 255), ("楼梯小教室", "活动场所", 200, 265),
    ("认养花圃一", "花圃", 395, 290), ("认养花圃二", "花圃", 405, 290), ("认养花圃三", "花圃", 415, 290),
)  # fmt: skip
TALENTS = (
    ("教写毛笔字", "craft", "退休前教语文，写了四十年，欢迎孩子来。"),
    ("修小家电", "repair", "电饭锅、风扇、台灯，拿来看看。"),
    ("拉二胡", "music", "茶馆里缺个伴奏就叫我。"), ("量血压、看化验单", "health", "在医院做过三十年护士。"),
    ("辅导初中数学", "teaching", ""), ("讲合同里的坑", "law", "租房、装修合同，签字前可以问我。"),
)  # fmt: skip
KEEPERS = (("中心花园看护人", "浇水、捡垃圾、花坏了报一声"), ("北门守望人", "早晚看看通道有没有被堵"))
AREAS = ("patrol", "children", "green", "visits", "events", "repairs")


def furnish(community: Community, cast: dict[str, Any], spots: dict[str, list[Any]], chance: Random) -> None:
    """Bring everything in, the way a community does from its own lists."""
    known = [
        (person.name, person.phone, person.entrance)
        for person in Person.objects.filter(community=community, entrance__isnull=False).select_related("entrance")
    ]
    register = Register(spots["entrances"], known, chance)
    organisations = ({"kind": kind, "name": name, "parent": parent, "about": about}
                     for kind, name, parent, about in ORGANISATIONS)  # fmt: skip
    bring_in(community, "organisations", organisations)
    bring_in(community, "dwellings", register.dwellings())
    bring_in(community, "households", register.households())
    bring_in(community, "ownerships", register.ownerships())
    bring_in(community, "posts", _posts(register, spots, chance))
    for name, kind, x, y in SPOTS:
        lon, lat = places.on_map(x, y)
        add_spot(community, name, _SPOT_KINDS[kind], by=SYSTEM, lon=lon, lat=lat)
    _take_part(community, cast, chance)


_SPOT_KINDS = {
    "大门": "gate", "垃圾桶": "bin", "花园": "garden", "路灯": "lamp", "活动场所": "venue", "花圃": "plot",
}  # fmt: skip


def bring_in(community: Community, key: str, rows: Iterable[Row]) -> int:
    """Bring rows in through the importer of their kind, as the page and the command do."""
    kind, text = importer(key), StringIO()
    writer = csv.writer(text)
    writer.writerow([column.heads[0] for column in kind.layout.columns])
    for row in rows:
        writer.writerow([row.get(column.name, "") for column in kind.layout.columns])
    file = BytesIO(text.getvalue().encode())
    table, plan = examine(kind, community, file, by=SYSTEM, filename=f"{key}.csv")
    if not table.report.is_clean:
        raise RuntimeError(f"The demo's own table of {key} has faults: {table.report.problems[:5]}")
    return kind.write(community, plan, by=SYSTEM, advance=lambda count: None)


def _posts(register: Register, spots: dict[str, list[Any]], chance: Random) -> Iterable[Row]:
    for building in spots["buildings"]:
        doors = [door for door in spots["entrances"] if door.building_id == building.pk]
        willing = register.willing(doors)
        if building.number > WITH_LEADS:
            yield _post("楼栋长", next(willing, None), chance, building=building.name)
        for door in doors:
            who = next(register.willing([door]), None)
            yield _post("楼门长", who, chance, building=building.name, entrance=door.name)
    for grid in spots["grids"]:
        houses = {building.pk for building in spots["buildings"] if building.grid_id == grid.pk}
        willing = register.willing([door for door in spots["entrances"] if door.building_id in houses])
        for kind in IN_EACH_GRID:
            yield _post(kind, next(willing, None), chance, grid=grid.name)


def _post(kind: str, who: Any, chance: Random, **place: str) -> Row:
    row = {"kind": kind, **place, "starts_on": "2026-01-01", "ends_on": "2028-12-31"}
    if who is None or not who.phone or chance.random() < VACANT:
        return {**row, "starts_on": "", "ends_on": ""}
    return {**row, "holder": who.name, "phone": who.phone}


def _name_contacts(community: Community, cast: dict[str, Any]) -> dict[Any, Viewer]:
    """Name whom branches and the dancers are asked through; return these by organisation."""
    named = dict(zip(BRANCHES, cast["officers"], strict=False)) | {DANCERS: cast["residents"][0]}
    for organisation in Organisation.objects.filter(community=community, name__in=named).select_related("parent"):
        viewer = named[organisation.name]
        organisation = amend(
            organisation, by=cast["workers"][0], name=organisation.name, about=organisation.about,
            parent=organisation.parent, contact=Person.objects.get(pk=viewer.person_id),
        )  # fmt: skip
        participation.set_admission(organisation, by=viewer, asks=True)
    return {row.pk: named[row.name] for row in Organisation.objects.filter(community=community, name__in=named)}


def _take_part(community: Community, cast: dict[str, Any], chance: Random) -> None:
    residents: list[Viewer] = cast["residents"]
    contacts = _name_contacts(community, cast)
    branches = list(Organisation.objects.filter(community=community, name__endswith="网格党支部").order_by("name"))
    groups = Organisation.objects.filter(community=community, kind__in=("interest_group", "volunteer_team"))
    for number, (title, kind, words) in enumerate(TALENTS):
        participation.share(by=residents[number], community=community, title=title, kind=kind, words=words)
    for number, resident in enumerate(residents[:8]):
        participation.register(by=resident, community=community, areas=chance.sample(AREAS, 2))
        organisation = list(groups.order_by("name"))[number % 3] if number % 2 else branches[number % len(branches)]
        member = participation.declare(by=resident, community=community, organisation=organisation)
        if organisation.pk in contacts and number:  # the first one's answer is still out
            participation.approve(member, by=contacts[organisation.pk])
    for resident, sign in zip(residents[:4], ("volunteer", "first_aider", "volunteer", "translator"), strict=True):
        participation.put_up(by=resident, community=community, kind=sign, on_page=True)
    on_duty = Purpose.objects.get(community=community, key="duty_phone", ends_on=None)
    for officer in cast["officers"][:4]:
        give(by=officer, community=community, purpose=on_duty)
    keeper = cast["workers"][0]
    for (title, duties), who in zip(KEEPERS, (residents[3], None), strict=True):
        claim = participation.offer(by=keeper, community=community, title=title, duties=duties, term_days=180)
        if who:
            participation.keep(participation.claim(claim, by=who), by=who)

"""The people of the demo, all of them invented, and the posts that they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mulin.entry.queries import Role
from mulin.kernel.clock import SYSTEM
from mulin.kernel.viewer import Viewer
from mulin.people import actions, queries
from mulin.people.figures import today_in
from mulin.people.models import Person, PostKind
from mulin.territory.models import Building, Community, Entrance, Grid

from .founding import POST_KINDS, hold, open_post, person

# Whom a visitor may play, on the sign-in page.
ROLES = [
    Role("王桂兰", _("Resident"), "wang@demo.mulin", _("Reports what is wrong and says whether it was put right.")),
    Role("陈晓梅", _("Grid officer"), "chen@demo.mulin", _("Goes there, puts it right, or has it put right.")),
    Role("刘建国", _("Building lead"), "liu@demo.mulin", _("Speaks for the neighbours of one building.")),
    Role("周敏", _("Community worker"), "zhou@demo.mulin", _("Sends cases to the right person and minds the clocks.")),
    Role("赵志强", _("Community secretary"), "zhao@demo.mulin", _("Decides what the desk cannot, fills the posts.")),
    Role("马秀英", _("Mediator"), "ma@demo.mulin", _("Brings neighbours to one table.")),
    Role("胡建军", _("Unit liaison"), "hu@demo.mulin", _("Reports in for the property firm when it is called up.")),
    Role("白洁", _("Data auditor"), "bai@demo.mulin", _("Reads who looked at whose data, and nothing else.")),
    Role("孟庆兰", _("Discipline inspector"), "meng@demo.mulin", _("Reads confidential reports, with one other.")),
    Role("杜怀远", _("Deputy"), "du@demo.mulin", _("Brings what residents tell them to the departments.")),
    Role("何静", _("Subdistrict"), "he@demo.mulin", _("Sees how all communities of the subdistrict stand.")),
]

RESIDENTS = (
    ("王桂兰", "wang"), ("李秀珍", "li"), ("张立新", "zhang"), ("孙丽华", "sun"), ("高文博", "gao"), ("宋雅琴", "song"),
    ("韩磊", "han"), ("冯玉梅", "feng"), ("董海燕", "dong"), ("程国栋", "cheng"), ("曹慧", "cao"), ("袁小宁", "yuan"),
)  # fmt: skip
OFFICERS = (
    ("陈晓梅", "chen"), ("杨帆", "yang"), ("吴倩", "wu"), ("徐东升", "xu"), ("郭玲", "guo"), ("林浩然", "lin"),
    ("罗婷", "luo"),
)  # fmt: skip
LEADS = (("刘建国", "liu"), ("梁素芬", "liang"), ("唐永福", "tang"), ("许淑贤", "xushu"))


def people(
    community: Community, grids: Sequence[Grid], buildings: Sequence[Building], entrances: Sequence[Entrance]
) -> dict[str, Any]:
    """Let invented people move in and take their posts; return those who act in the demo, as viewers."""
    kinds = actions.load_post_kinds(community, POST_KINDS)
    doors = cycle(entrances)
    residents = [_person(community, *who, number=number, at=next(doors)) for number, who in enumerate(RESIDENTS)]
    leads = [_person(community, *who, number=40 + number, at=next(doors)) for number, who in enumerate(LEADS)]
    staff = {
        key: _person(community, name, mail, number=60 + number, kind="staff")
        for number, (key, name, mail) in enumerate((
            ("secretary", "赵志强", "zhao"), ("worker", "周敏", "zhou"), ("colleague", "沈悦", "shen"),
            ("mediator", "马秀英", "ma"), ("supervisor", "潘德明", "pan"), ("auditor", "白洁", "bai"),
            ("liaison", "胡建军", "hu"), ("deputy", "杜怀远", "du"), ("member", "方静怡", "fang"),
            ("inspector", "孟庆兰", "meng"), ("head", "沙建平", "sha"),
        ))
    }  # fmt: skip
    officers = [_person(community, *who, number=80 + number, kind="staff") for number, who in enumerate(OFFICERS)]
    _community_posts(community, kinds, staff)
    for grid, officer in zip(grids, officers, strict=False):
        hold(open_post(community, kinds["grid_officer"], "grid", grid), officer)
    for building, lead in zip(buildings, leads, strict=False):
        hold(open_post(community, kinds["building_lead"], "building", building), lead)
    if len(buildings) > len(leads):  # one house still looks for its lead: a vacant post is seen
        open_post(community, kinds["building_lead"], "building", buildings[len(leads)])
    _oversee(community)
    return {
        "roles": ROLES, "residents": _viewers(residents), "leads": _viewers(leads), "officers": _viewers(officers),
        "workers": _viewers([staff["worker"], staff["colleague"]]), **{key: _viewers([staff[key]])[0] for key in staff},
    }  # fmt: skip


def _community_posts(community: Community, kinds: dict[str, PostKind], staff: dict[str, Person]) -> None:
    held = {
        "secretary": "secretary", "worker": "community_worker", "colleague": "community_worker",
        "mediator": "mediator", "supervisor": "supervisor", "auditor": "auditor",
        "deputy": "congress_deputy", "member": "cppcc_member", "inspector": "discipline_inspector",
        "head": "supervision_head",
    }  # fmt: skip
    for who, kind in held.items():
        hold(open_post(community, kinds[kind], "community"), staff[who])


def _person(
    community: Community, name: str, mail: str, *, number: int, kind: str = "resident", at: Entrance | None = None
) -> Person:
    email, phone = f"{mail}@demo.mulin", f"1390000{number:04}"
    # Only those who are offered on the sign-in page get a password, and only in a demo; nobody reads the others' mail.
    playable = email in {role.account for role in ROLES}
    password = "demo" if playable and settings.DEMO else ""
    email = email if playable else ""
    return person(community, name, mail=email, phone=phone, at=at, kind=kind, password=password)


def _oversee(community: Community) -> None:
    overseer = _person(community, "何静", "he", number=99, kind="staff")
    if community.division and overseer.account:
        today = today_in(community)
        actions.give_oversight(
            by=SYSTEM, account=overseer.account, division=community.division, kind="subdistrict", starts_on=today,
            ends_on=today + timedelta(days=3 * 365),
        )  # fmt: skip


def _viewers(persons: list[Person]) -> list[Viewer]:
    return [queries.viewer_of(person) for person in persons]

"""The tables of persons, posts and organisations: which columns each has, and by what headings they are found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mulin.tables import Column, Layout, choice, day, phone, plain, text_of

from ..figures import registration_code

_NAME = text_of(40)
PERSON_KINDS = choice({"resident": ("居民", "Resident"), "staff": ("工作人员", "Staff", "Works here")})
ORGANISATION_KINDS = choice({
    "party_branch": ("党支部", "党组织", "Party branch"), "residents_committee": ("居委会", "Residents' committee"),
    "owners_committee": ("业委会", "业主委员会", "Owners' committee"),
    "council": ("议事会", "委员会", "代表会议", "Council"),
    "property_firm": ("物业公司", "物业", "Property firm"), "department": ("政府部门", "部门", "Department"),
    "resident_unit": ("驻区单位", "单位", "Unit"),
    "social_organisation": ("社会组织", "Social organisation"),
    "volunteer_team": ("志愿队", "志愿服务队", "Volunteer team"),
    "interest_group": ("兴趣小组", "社团", "Interest group"), "firm": ("企业", "公司", "Firm"),
})  # fmt: skip


def code(value: Any) -> str:
    """Read a unified social credit code."""
    return registration_code(plain(value))


PERSONS = Layout(_("Persons"), "居民", (
    Column("name", ("姓名", "Name"), text_of(60), required=True, example="王小明"),
    Column("phone", ("手机号", "电话", "联系电话", "Phone"), phone, example="13900000000", empty="",
           help=_("Name and number together find someone who is in the register already.")),
    Column("building", ("楼栋", "楼号", "Building"), _NAME, example="3号楼", empty="",
           help=_("The name of the building as it is here, or its number.")),
    Column("entrance", ("楼门", "门", "单元", "Entrance"), _NAME, example="2门", empty=""),
    Column("born_on", ("出生日期", "生日", "Date of birth"), day, example="1958-06-01"),
    Column("kind", ("类别", "Kind"), PERSON_KINDS, example="居民", empty="resident",
           help=_("Empty means a resident.")),
), key=("name", "phone", "building", "entrance", "born_on"))  # fmt: skip

POSTS = Layout(_("Posts and who holds them"), "岗位", (
    Column("kind", ("岗位", "岗位类别", "Post"), _NAME, required=True, example="楼门长",
           help=_("The name of a kind of post as it is here.")),
    Column("grid", ("网格", "Grid"), _NAME, empty="", help=_("The name or number of the grid, for a post of a grid.")),
    Column("building", ("楼栋", "楼号", "Building"), _NAME, example="3号楼", empty="",
           help=_("For a post of a building or entrance. Without any place it is a post of the whole community.")),
    Column("entrance", ("楼门", "门", "单元", "Entrance"), _NAME, example="2门", empty=""),
    Column("title", ("名称", "Title"), text_of(80), empty="", help=_("Empty: called by its kind.")),
    Column("holder", ("姓名", "任职人", "Holder"), text_of(60), example="刘建国", empty="",
           help=_("Someone in the register. Empty: the post is vacant.")),
    Column("phone", ("手机号", "电话", "Phone"), phone, example="13900000000", empty="",
           help=_("Needed where several people have this name.")),
    Column("starts_on", ("任职日期", "任期开始", "Since"), day, example="2026-01-01", help=_("Empty is today.")),
    Column("ends_on", ("到期日期", "任期结束", "Until"), day, example="2029-01-01",
           help=_("The first day without the post. Empty: a year after the first.")),
), key=("kind", "grid", "building", "entrance", "title", "holder", "phone"))  # fmt: skip

ORGANISATIONS = Layout(_("Organisations"), "组织", (
    Column("kind", ("类型", "类别", "Kind"), ORGANISATION_KINDS, required=True, example="志愿队"),
    Column("name", ("名称", "组织名称", "Name"), text_of(80), required=True, example="银龄志愿队"),
    Column("parent", ("上级组织", "上级", "Belongs to"), text_of(80), empty="",
           help=_("The name of the organisation that it belongs to, here or in this table.")),
    Column("number", ("统一社会信用代码", "登记号", "Registration number"), code, empty=""),
    Column("about", ("简介", "About"), text_of(1000), empty=""),
), key=("name",))  # fmt: skip

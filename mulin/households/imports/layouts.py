"""The tables of households and owners: which columns each has, and by what headings they are found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mulin.tables import Column, Layout, choice, day, decimal_area, phone, plain, text_of, yes_no

from ..figures import Relation, Share, read_share

RELATIONS = choice({
    Relation.HEAD.value: ("户主", "本人", "Head"), Relation.SPOUSE.value: ("配偶", "妻", "夫", "Spouse"),
    Relation.CHILD.value: ("子女", "子", "女", "儿子", "女儿", "Child"),
    Relation.PARENT.value: ("父母", "父", "母", "父亲", "母亲", "Parent"),
    Relation.GRANDPARENT.value: ("祖父母", "外祖父母", "祖父", "祖母", "Grandparent"),
    Relation.TENANT.value: ("租户", "承租人", "Tenant"), Relation.FLATMATE.value: ("合租", "室友", "Flatmate"),
    Relation.CARER.value: ("照料人", "保姆", "护工", "Carer"), Relation.OTHER.value: ("其他", "其它", "Other"),
})  # fmt: skip


def share(value: Any) -> Share:
    """Read a share; a cell that Excel shows as 50% holds 0.5."""
    if isinstance(value, float) and 0 < value < 1:
        return read_share(f"{round(value * 100, 4):.4f}%")
    return read_share(plain(value))


_NAME = text_of(40)
_DOOR = (
    Column("building", ("楼栋", "楼号", "Building"), _NAME, required=True, example="3号楼",
           help=_("The name of the building as it is here, or its number.")),
    Column("entrance", ("楼门", "门", "单元", "Entrance"), _NAME, example="2门",
           help=_("The entrance it is reached by; empty where the building has none.")),
    Column("door", ("房号", "门牌", "户号", "Door"), _NAME, True, _("What stands on the door."), "1201"),
)  # fmt: skip

HOUSEHOLDS = Layout(_("Households"), "住户", (
    *_DOOR,
    Column("label", ("户", "户别", "Label"), _NAME, help=_("Only where several households live behind one door."),
           empty=""),
    Column("name", ("姓名", "Name"), text_of(60), required=True, example="王小明"),
    Column("phone", ("手机号", "电话", "联系电话", "Phone"), phone, example="13900000000", empty="",
           help=_("Name and number together find someone who is in the list already.")),
    Column("born_on", ("出生日期", "生日", "Date of birth"), day, example="2015-06-01",
           help=_("Who is under 14 needs a guardian.")),
    Column("relation", ("与户主关系", "关系", "Relation"), RELATIONS, example="子女", empty=Relation.OTHER.value),
    Column("starts_on", ("入住日期", "入住时间", "Since"), day, example="2020-03-01", help=_("Empty is today.")),
    Column("is_second", ("第二住所", "Second home"), yes_no, example="否", empty=False,
           help=_("Yes, where the main home is elsewhere.")),
    Column("guardian", ("同意的监护人", "监护人", "Guardian who agreed"), text_of(60), example="王建国", empty="",
           help=_("Under 14: the name of an adult of the household who agreed in writing.")),
), key=("building", "entrance", "door", "label", "name", "phone"))  # fmt: skip

OWNERSHIPS = Layout(_("Owners"), "业主", (
    *_DOOR,
    Column("area", ("建筑面积", "面积", "面积(㎡)", "Area", "Area (m²)"), decimal_area, example="89.50",
           help=_("In square metres with at most two decimals, as in the deed.")),
    Column("owner", ("业主姓名", "业主", "产权人", "Owner"), text_of(60), example="王建国", empty="",
           help=_("A person; or fill in the organisation instead.")),
    Column("phone", ("业主手机号", "手机号", "电话", "Phone"), phone, example="13900000000", empty=""),
    Column("organisation", ("产权单位", "单位", "Organisation"), text_of(80), empty="",
           help=_("The name of an organisation that is registered here, such as the developer.")),
    Column("share", ("产权份额", "份额", "Share"), share, example="1/2", empty=(1, 1),
           help=_("1/2 or 50%; empty is the whole.")),
    Column("is_delivered", ("是否交付", "交付", "Delivered"), yes_no, example="是", empty=False),
    Column("starts_on", ("取得日期", "登记日期", "Owner since"), day, example="2020-03-01", help=_("Empty is today.")),
), key=("building", "entrance", "door", "owner", "phone", "organisation"))  # fmt: skip

"""The tables of places: which columns each has, and by what headings they are found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mulin.tables import Choice, Column, Layout, choice, decimal_area, number_between, text_of, whole_between

from ..models import SpotKind, Use

# The first word stands in templates; the label in the viewer's language is shown on pages.
USES = choice({
    Use.HOME: ("住宅", "住房", "住户", "Home"), Use.SHOP: ("商铺", "底商", "店铺", "Shop"),
    Use.OFFICE: ("办公", "写字间", "Office"), Use.GARAGE: ("车库", "车位", "Garage"), Use.OTHER: ("其他", "Other"),
})  # fmt: skip
KINDS = choice({
    SpotKind.PLOT: ("绿地", "Green plot"), SpotKind.BIN: ("垃圾桶", "垃圾投放点", "Waste bins"),
    SpotKind.LAMP: ("路灯", "Lamp"), SpotKind.LIFT: ("电梯", "Lift"), SpotKind.GATE: ("大门", "门岗", "Gate"),
    SpotKind.GARDEN: ("花园", "菜园", "Garden"), SpotKind.VENUE: ("活动场所", "场地", "Venue"),
    SpotKind.OTHER: ("其他", "Other"),
})  # fmt: skip
DATUMS: Choice = choice({"wgs84": ("WGS84", "GPS"), "gcj02": ("GCJ02", "GCJ-02", "高德", "腾讯", "火星坐标")})

_NAME = text_of(40)
_BUILDING = Column("building", ("楼栋", "楼号", "Building"), _NAME, required=True, example="3号楼",
                   help=_("The name of the building as it is here, or its number."))  # fmt: skip


def _point(*, required: bool) -> tuple[Column, ...]:
    return (
        Column("lon", ("经度", "Longitude"), number_between(-180, 180), required, _("In degrees."), "117.10284"),
        Column("lat", ("纬度", "Latitude"), number_between(-90, 90), required, _("In degrees."), "39.19591"),
        Column("datum", ("坐标系", "Datum"), DATUMS, help=_("Empty is WGS84. Amap and Tencent give GCJ-02."),
               example="WGS84", empty="wgs84"),
    )  # fmt: skip


BUILDINGS = Layout(_("Buildings"), "楼栋", (
    Column("name", ("楼栋名称", "楼栋", "名称", "Building", "Name"), _NAME, True, _("As people call it."), "3号楼"),
    Column("number", ("楼栋编号", "编号", "Number"), whole_between(1, 32_767), help=_("A whole number."), example="3"),
    Column("address", ("地址", "Address"), text_of(200), example="宝翠路1号", empty=""),
    *_point(required=True),
), key=("name",))  # fmt: skip

ENTRANCES = Layout(_("Entrances"), "楼门", (
    _BUILDING,
    Column("name", ("楼门", "门", "单元", "Entrance"), _NAME, True, _("As people call it."), "2门"),
    *_point(required=False),
), key=("building", "name"))  # fmt: skip

DWELLINGS = Layout(_("Dwellings"), "房屋", (
    _BUILDING,
    Column("entrance", ("楼门", "门", "单元", "Entrance"), _NAME, example="2门",
           help=_("The entrance it is reached by; empty where the building has none.")),
    Column("name", ("房号", "门牌", "户号", "Door"), _NAME, True, _("What stands on the door."), "1201"),
    Column("floor", ("楼层", "Floor"), whole_between(-9, 200), help=_("Below ground it is negative."), example="12"),
    Column("area", ("建筑面积", "面积", "面积(㎡)", "Area", "Area (m²)"), decimal_area, example="89.50",
           help=_("In square metres with at most two decimals, as in the deed.")),
    Column("use", ("用途", "房屋用途", "Use"), USES, help=_("Empty is a home."), example="住宅", empty=Use.HOME.value),
), key=("building", "entrance", "name"))  # fmt: skip

SPOTS = Layout(_("Spots"), "点位", (
    Column("name", ("点位名称", "点位", "名称", "Spot", "Name"), _NAME, True, _("As people call it."), "东门垃圾桶"),
    Column("kind", ("类型", "点位类型", "Kind"), KINDS, True, example="垃圾桶"),
    *_point(required=True),
    Column("building", ("楼栋", "楼号", "Building"), _NAME, example="3号楼",
           help=_("Where it belongs to a building; may stay empty.")),
), key=("name",))  # fmt: skip

"""The table of categories: a tree that the community takes over, corrects, and takes out of use row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.cases import queries as cases
from mulin.cases.models import Category
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import change, writing
from mulin.kernel.refusals import Refused
from mulin.people.models import PostKind
from mulin.tables import Column, Importer, Layout, Plan, Row, Table
from mulin.tables.cells import text_of, whole_between, yes_no

FIELDS = (
    "zh", "en", "accept_minutes", "solve_days", "silence_days", "opens", "closes", "post_kind", "is_household", "words",
    "notice", "notice_en", "icon", "is_active",
)  # fmt: skip
_LONG = text_of(2000)


def _key(value: Any) -> str:
    said = text_of(40)(value)
    if not said.isascii() or not said.replace("-", "").replace("_", "").isalnum():
        raise ValueError(_("A key has letters, digits, - and _ only, such as street-lamp."))
    return said


def _words(value: Any) -> list[str]:
    said = _LONG(value).replace("，", ",").replace("、", ",").replace(";", ",").replace("；", ",")
    return [word.strip()[:40] for word in said.split(",") if word.strip()][:60]


CATEGORIES = Layout(_l("Categories"), "类别", (
    Column("key", ("代码", "Key", "Code"), _key, True, _l("It never changes: cases are kept by it."), "street-lamp"),
    Column("parent", ("上级代码", "上级", "Parent"), _key,
           help=_l("The key of the class it stands in; empty for a class."), example="facilities"),
    Column("zh", ("名称", "中文名称", "Name"), text_of(40), True, example="路灯"),
    Column("en", ("英文名称", "English"), text_of(80), help=_l("Empty: the Chinese name."), example="Street lamp"),
    Column("opens", ("立案条件", "Opens when"), _LONG, help=_l("When such a matter is taken on."), 
           example="路灯不亮或破损"),
    Column("closes", ("结案条件", "Closes when"), _LONG, help=_l("When it is solved; the slip shows it as a list."),
           example="路灯亮起；灯罩完好"),
    Column("accept_minutes", ("接单时限（分钟）", "接单时限", "Accept within"), whole_between(1, 100_000),
           help=_l("Working minutes; empty is 30."), example="30"),
    Column("solve_days", ("办结时限（工作日）", "办结时限", "Solve within"), whole_between(1, 366),
           help=_l("Working days; empty is 5."), example="3"),
    Column("silence_days", ("沉默期（天）", "沉默期", "Silence"), whole_between(1, 90),
           help=_l("Days without an answer after which it is closed; empty is 14."), example="14"),
    Column("post_kind", ("岗位类别", "负责岗位", "Post"), _key,
           help=_l("The key of a kind of post; empty is grid_officer."), example="grid_officer"),
    Column("is_household", ("家事", "Household"), yes_no, help=_l("Never public, never on the map."), example="否"),
    Column("words", ("关键词", "Words"), _words, help=_l("Words by which it is suggested, with commas between."),
           example="路灯,灯不亮", say=",".join),
    Column("notice", ("先做什么", "Notice"), _LONG, help=_l("What comes before reporting."), example=""),
    Column("notice_en", ("先做什么（英文）", "Notice in English"), _LONG, example=""),
    Column("icon", ("图标", "Icon"), text_of(40), example=""),
    Column("is_active", ("在用", "In use"), yes_no, help=_l("No takes it out of use; its cases stay."), example="是"),
), key=("key",))  # fmt: skip
STANDARD: dict[str, Any] = {
    "accept_minutes": 30, "solve_days": 5, "silence_days": 14, "post_kind": "grid_officer", "is_household": False,
    "is_active": True, "words": [],
}  # fmt: skip


class Categories(Importer):
    """Categories by key; what a cell leaves empty stays as it is, and what is not in the file stays, too."""

    key, label, layout, capability = "categories", _l("Categories"), CATEGORIES, "cases.desk"
    here: ClassVar[tuple[str, ...]] = FIELDS

    def check(self, community: Any, table: Table, *, by: Any) -> Plan:
        """Find what is new and what is set right; say which rows do not fit into the tree."""
        known = {row.key: row for row in Category.objects.filter(community=community).select_related("parent")}
        posts = set(PostKind.objects.filter(community=community).values_list("key", flat=True))
        plan, rows = Plan(counts={"new": 0, "known": 0}), {row.values["key"]: row for row in table.good}
        for row in list(table.good):
            if not self._fits(table, row, rows, known, posts):
                continue
            found = known.get(row.values["key"])
            said = self._said(row, found)
            if found is not None and all(getattr(found, name) == value for name, value in said.items()) and (
                row.values["parent"] is None or row.values["parent"] == _parent_key(found)
            ):  # fmt: skip
                plan.counts["known"] += 1
                continue
            name = "new" if found is None else "corrected"
            plan.counts[name] = plan.counts.get(name, 0) + 1
            plan.rows.append((row.values["key"], row.values["parent"], said))
        self._leaves_some(table, known, plan)
        # Classes before what stands in them, however the file is ordered.
        plan.rows.sort(key=lambda each: each[1] is not None)
        return plan

    def _said(self, row: Row, found: Category | None) -> dict[str, Any]:
        said = {name: row.values[name] for name in FIELDS if row.values[name] is not None}
        if found is not None:
            return said
        blank = dict.fromkeys(FIELDS, "")
        return {**blank, **STANDARD, "en": row.values["zh"], **said}

    def _fits(self, table: Table, row: Row, rows: dict[str, Row], known: dict[str, Category], posts: set[str]) -> bool:
        key, parent, post = row.values["key"], row.values["parent"], row.values["post_kind"]
        stops = row.number in table.report.stopped
        if parent is not None:
            above = rows.get(parent)
            grand = above.values["parent"] if above else _parent_key(known[parent]) if parent in known else None
            if above is None and parent not in known:
                table.stop(row, "parent", _("There is no class with this key: %(key)s.") % {"key": parent})
                stops = True
            elif parent == key or grand or any(each.parent and each.parent.key == key for each in known.values()):
                table.stop(row, "parent", _("A category stands in a class, and a class in none."))
                stops = True
        if post is not None and post not in posts:
            words = _("There is no such kind of post here: %(key)s. There are: %(keys)s.")
            table.stop(row, "post_kind", words % {"key": post, "keys": _(", ").join(sorted(posts))})
            stops = True
        return not stops

    def _leaves_some(self, table: Table, known: dict[str, Category], plan: Plan) -> None:
        used = {key: row.is_active for key, row in known.items()}
        used |= {key: said["is_active"] for key, _up, said in plan.rows if "is_active" in said}
        if plan.rows and not any(used.values()):
            table.report.stop(0, "", _("No category would be left in use. Leave at least one."))
            plan.rows.clear()

    def write(self, community: Any, plan: Plan, *, by: Any, advance: Callable[[int], Any] = int) -> int:
        """Write what is new and what is set right, with a line for each, in one turn: a tree is whole or it is not."""
        if by is not SYSTEM and not (by.can(self.capability) and by.community_id == community.pk):
            raise Refused("not_yours", _("Who can do this: the community's desk."), status=403)
        made = 0
        with writing(community.pk):
            known = {row.key: row for row in Category.objects.filter(community=community).select_related("parent")}
            last = max((row.place for row in known.values()), default=-1)
            for key, parent, said in plan.rows:
                row = known.get(key)
                verb = "add" if row is None else "correct"
                if row is None:
                    last += 1
                    row = known[key] = Category(community=community, key=key, place=last)
                before = {
                    name: getattr(row, name) for name in said if verb == "correct" and getattr(row, name) != said[name]
                }
                up = known[parent] if parent else row.parent
                if verb == "correct" and not before and up == row.parent:
                    continue  # a second run
                for name, value in said.items():
                    setattr(row, name, value)
                row.parent = up
                row.save()
                change(row, by=by, kind="cases.category", verb=verb, details={"key": key, "before": before})
                made += 1
        cases.forget_categories()
        advance(len(plan.rows))
        return made

    def rows(self, community: Any, *, by: Any) -> Iterator[dict[str, Any]]:
        """Give out the tree as it stands, what is out of use included."""
        for row in Category.objects.filter(community=community).select_related("parent").order_by("place", "key"):
            yield {"key": row.key, "parent": _parent_key(row), **{name: getattr(row, name) for name in FIELDS}}


def _parent_key(row: Category) -> str | None:
    return row.parent.key if row.parent else None

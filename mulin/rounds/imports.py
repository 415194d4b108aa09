"""The table of maintenance plans: which spot, what, how often, when it is due; in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.kernel.engine import writing
from mulin.people.models import Organisation
from mulin.tables import Column, Importer, Layout, Plan, Row, Table, day, text_of, whole_between, yes_no
from mulin.territory.models import Community, Spot

from .actions import plan as make
from .figures import MOST_EVERY
from .flow import KEPT
from .models import Upkeep

UPKEEPS = Layout(_l("Maintenance plans"), "保养计划", (
    Column("spot", ("点位", "点位名称", "设施", "Spot"), text_of(40), required=True, example="一号路灯",
           help=_l("The name of a spot as it is here.")),
    Column("what", ("项目", "保养项目", "内容", "What"), text_of(80), required=True, example="检查线路和灯罩"),
    Column("every_days", ("间隔天数", "周期", "Days"), whole_between(1, MOST_EVERY), required=True, example="180",
           help=_l("A whole number of days.")),
    Column("due_on", ("下次日期", "有效期至", "检验有效期", "Due"), day, required=True, example="2027-03-01"),
    Column("last_on", ("上次日期", "最近保养", "Last"), day, example="2026-09-01"),
    Column("organisation", ("负责单位", "维保单位", "Organisation"), text_of(80), empty="",
           help=_l("An organisation that is registered here; empty is the community.")),
    Column("is_inspection", ("法定检验", "检验", "Inspection"), yes_no, example="否", empty=False,
           help=_l("Yes for an inspection by law; then the day is how long it is valid.")),
), key=("spot", "what"))  # fmt: skip


class Upkeeps(Importer):
    """Maintenance plans; a second run adds none."""

    key, label, layout, capability = "maintenance", _l("Maintenance plans"), UPKEEPS, "cases.desk"

    def check(self, community: Community, table: Table, *, by: Any) -> Plan:
        """Find spots and organisations, and say which rows name what is not here."""
        plan = Plan(counts={"new": 0, "known": 0})
        spots = {spot.name: spot for spot in Spot.objects.filter(community=community)}
        firms = {firm.name: firm for firm in Organisation.objects.living().filter(community=community)}
        known, seen = _here(community), dict[tuple[str, str], int]()
        for row in table.good:
            said = row.values
            key = (said["spot"], said["what"])
            if said["spot"] not in spots:
                table.stop(
                    row, "spot", _("There is no such spot: %(name)s. Bring the spots in first.") % {"name": key[0]}
                )
            if said["organisation"] and said["organisation"] not in firms:
                words = _("There is no such organisation: %(name)s. Bring the organisations in first.")
                table.stop(row, "organisation", words % {"name": said["organisation"]})
            if said["last_on"] and said["last_on"] > said["due_on"]:
                table.stop(row, "due_on", _("It cannot be due before it was done last. Look at both days."))
            if row.number in table.report.stopped:
                continue
            if (first := seen.setdefault(key, row.number)) != row.number:
                words = _("This row says the same as row %(first)s. Take one of them out.")
                table.stop(row, "what", words % {"first": first})
            elif key in known:
                plan.counts["known"] += 1
            else:
                plan.counts["new"] += 1
                plan.rows.append(_answers(row, spots, firms))
        return plan

    def write(self, community: Community, plan: Plan, *, by: Any, advance: Callable[[int], Any] = int) -> int:
        """Write what is new, each with its clock; it can be stopped and repeated."""
        made = 0
        for batch in plan.batches():
            with writing(community.pk):
                known = _here(community)
                new = [row for row in batch if (row["spot"].name, row["what"]) not in known]
                for row in new:
                    make(by=by, community=community, **row)
            made += len(new)
            advance(len(batch))
        return made

    def rows(self, community: Community, *, by: Any) -> Iterator[dict[str, Any]]:
        """Give out the plans."""
        kept = Upkeep.objects.filter(community=community, state__in=KEPT).for_list()
        for row in kept.order_by("spot__name", "what"):
            yield {
                "spot": row.spot.name, "what": row.what, "every_days": row.every_days, "due_on": row.due_on,
                "last_on": row.last_on, "organisation": str(row.organisation or ""), "is_inspection": row.is_inspection,
            }  # fmt: skip


def _answers(row: Row, spots: dict[str, Spot], firms: dict[str, Organisation]) -> dict[str, Any]:
    said = row.values
    return {**said, "spot": spots[said["spot"]], "organisation": firms.get(said["organisation"])}


def _here(community: Community) -> set[tuple[str, str]]:
    rows = Upkeep.objects.filter(community=community, state__in=KEPT)
    return set(rows.values_list("spot__name", "what"))

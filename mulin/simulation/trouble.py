"""An incident of the demo: a burnt-out switch box leaves the north without lights, lifts, pumps and gates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.cases import actions as cases
from mulin.cases.models import Case
from mulin.incidents import actions
from mulin.kernel import clock
from mulin.kernel.worker import drain

from .today import report

# What was said, its category, at which house, by which resident.
PARTS = (
    ("北区路灯昨晚起全黑，老人不敢下楼。", "lamp", 20, 1),
    ("21号楼两部电梯都停了，八楼有坐轮椅的。", "lift", 21, 3),
    ("22号楼五楼以上没水，说是泵停了。", "sewer", 22, 4),
    ("北门道闸抬不起来，车出不去。", "fire_lane", 14, 5),
)
TITLE = "3号配电箱烧坏，北区停电"
WORDS = (
    "周四夜里3号配电箱烧坏，19至24号楼的路灯、电梯、水泵和北门道闸受影响，住户家里用电不受影响。供电和物业正在抢修。"
)
FIRST = "供电所已到场，判断要换整箱，新箱两天内到。电梯先由临时发电机带一部，夜里值班电话贴在单元门上。"
SECOND = "水泵和电梯已恢复。路灯和道闸等新箱接好，预计明天晚上。"


def begin(stage: Any) -> Any:
    """Let it break, declare it, and say how it stands."""
    found = [report(stage, *part) for part in PARTS]
    clock.advance(timedelta(minutes=50))
    worker = stage.cast["workers"][0]
    made = actions.declare(by=worker, community=stage.community, title=TITLE, words=WORDS, cases=found, tell=True)
    clock.advance(timedelta(hours=2))
    actions.report_on(made, by=worker, words=FIRST, tell=True)
    drain()
    return made


def go_on(stage: Any, incident: Any) -> None:
    """Let two of its four parts be solved, and say so."""
    worker = stage.cast["workers"][0]
    for part in incident.parts[1:3]:
        case = cases.accept(Case.objects.get(community=stage.community, pk=part.case_id), by=worker)
        cases.solve(case, by=worker, cause="3号配电箱烧坏", remedy="接临时电源，恢复运行")
    actions.report_on(incident, by=worker, words=SECOND, tell=True)
    drain()

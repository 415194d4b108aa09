"""The rates of the demo: one case left out by two, one that waits for a second person, and all of it counted."""

from __future__ import annotations

from typing import Any

from mulin.cases.flow import State
from mulin.cases.models import Case
from mulin.rates import actions

LAW = "小区外的市政道路不由社区管理，已转告诉求人向市政部门反映。"
DECIDED = "同一件事三月已有书面答复，没有新的情况。"


def count(stage: Any) -> None:
    """Leave one case out, ask it of another, and count what happened in the month."""
    first, second = stage.town.workers[:2]
    solved = Case.objects.filter(community=stage.community, state=State.CLOSED).exclude(category__is_household=True)
    one, other = solved.exclude(solver=second.actor).order_by("happened_at")[:2]
    asked = {"community": stage.community, "by": first}
    made = actions.ask(case=one, ground="law", reason=LAW, **asked)
    actions.agree(made, by=second)
    actions.ask(case=other, ground="decided", reason=DECIDED, **asked)
    actions.count_all()

"""By which rules a step is voted on, who is asked, on which days; and whether it is beyond a body's mandate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from mulin.bodies.models import Body
from mulin.bodies.queries import within
from mulin.people.figures import today_in
from mulin.tally.ruleset import RuleSet, Test
from mulin.votes.queries import packs

from ..figures import BODYS, HANDS
from ..models import Proposal, Step

TO_ALL = "residents-agree"
# The representatives' meeting decides for the residents by law, without a mandate.
BY_LAW = ("residents_representatives",)


def rules_name(key: str) -> str:
    """Name the rules of a step that votes."""
    own = {HANDS: _("Show of hands, more than half"), BODYS: _("The body's own rules")}
    pack = packs().get(key)
    return own.get(key) or (pack.name if pack else key)


def decides_by_law(body: Body) -> bool:
    """Tell whether a body decides for the residents without a mandate."""
    return body.kind in BY_LAW


def nobody_in_office() -> str:
    """Say why all residents vote where the body is not there."""
    return _("The body that should decide is not in office. The matter goes to all residents.")


def beyond(proposal: Proposal, body: Body) -> str:
    """Say why a matter is beyond what a body may decide alone; empty where it may."""
    if decides_by_law(body):
        return ""
    place = (proposal.place_kind, proposal.place_id)
    answer = within(body, matter=proposal.matter, amount_fen=proposal.sum_fen, place=place)
    return "" if answer.ok else answer.why[:300]


def ruleset(step: Step) -> RuleSet:
    """Return the rules by which a step is voted on."""
    known = packs()
    if step.to_all:
        return known[TO_ALL].rules
    if step.rules == BODYS and step.body is not None:
        pack = known.get(step.body.pack)
        return pack.rules if pack else _of_body(step.body, known["council-2/3"].rules)
    return known[step.rules].rules


def _of_body(body: Body, like: RuleSet) -> RuleSet:
    quorum, decision = body.rules.quorum, body.rules.decision
    base: Any = {"seats": "members", "present": "present", "cast": "cast"}[decision.base]
    return msgspec.structs.replace(
        like, key="body", title_zh=f"{body}自己的议事规则", title_en=f"{body}: its own rules", source=str(body),
        takes_part=(Test("heads", "present", "members", quorum.num, quorum.den, quorum.strict),),
        passes=(Test("heads", "yes", base, decision.num, decision.den, decision.strict),),
    )  # fmt: skip


def days_for(step: Step, rules: RuleSet, opens_on: date | None, closes_on: date | None) -> tuple[date, date]:
    """Return the days of voting: those that are named, else the first that the rules allow."""
    first = opens_on or today_in(step.community) + timedelta(days=max(rules.notice_days, 1))
    usual = max(min(7, rules.open_days_max), rules.open_days_min, 1)
    return first, closes_on or first + timedelta(days=usual - 1)

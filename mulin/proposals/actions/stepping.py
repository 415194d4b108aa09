"""What those do whose turn it is: publish, announce a vote, count hands, meet, carry out, judge."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import link, moves
from mulin.kernel.refs import Ref
from mulin.notices.actions import post_for
from mulin.people.figures import today_in
from mulin.people.models import Organisation
from mulin.uploads.actions import keep
from mulin.votes.actions import notice as announce
from mulin.votes.actions import prepare

from .. import queries
from ..figures import DECIDED, DONE, PROPOSER
from ..flow import STEP, Stand
from ..forms.steps import NOT_AGREED
from ..models import Proposal, Rating, Step
from .way import ask_whom, say

MOST_TEXT = 3500
NOTICES = {DECIDED: "decision", DONE: "outcome"}


@moves(STEP)
def post(step: Step, *, by: Any) -> None:
    """Publish it on the notice board; whoever objects does so there, and the step is done when it settles."""
    with translation.override(settings.LANGUAGE_CODE):
        proposal, kind = step.proposal, NOTICES.get(step.phase, "plan")
        title = _("%(step)s: %(title)s") % {"step": step.title, "title": proposal.title}
        text = "\n\n".join(_told(step, proposal))[:MOST_TEXT]
    step.notice = post_for(
        step, by=by, kind=kind, title=title, text=text, days=step.days, organisation=proposal.organisation
    )  # fmt: skip
    step.ends_on = None


def _told(step: Step, proposal: Proposal) -> list[str]:
    told = [f"{proposal.number} {proposal.title}", proposal.wrong, proposal.plan]
    if proposal.budget:
        lines = [f"{what} {cost}" for what, cost in proposal.budget_lines]
        told.append("\n".join([*lines, _("Together: %(sum)s yuan") % {"sum": proposal.sum_yuan}]))
    told += [proposal.money, proposal.opinion]
    if proposal.asked is not None and proposal.agreed is not None:
        said = _("Of %(asked)s owners asked, %(agreed)s agreed.")
        told.append(said % {"asked": proposal.asked, "agreed": proposal.agreed})
    rows = Step.objects.filter(community=step.community_id, proposal=proposal.pk, number__lt=step.number)
    for before in rows.order_by("number"):
        done = before.result
        cost = _("It cost %(cost)s yuan.") % {"cost": before.cost_yuan} if before.cost_yuan else ""
        if step.phase == DONE and before.kind == "carry_out":
            told += [str(done.get("words", "")), str(done.get("measured", "")), cost]
    return [each for each in told if each]


@moves(STEP)
def call_vote(step: Step, *, by: Any, opens_on: date | None = None, closes_on: date | None = None) -> None:
    """Announce the vote by the rules of this step; rules and roll are frozen from now on."""
    ask_whom(step)  # a mandate may have ended since the step opened
    proposal, rules = step.proposal, queries.ruleset(step)
    first, last = queries.days_for(step, rules, opens_on, closes_on)
    of_seats = rules.electorate == "seats"
    place = None if of_seats else (proposal.place_kind, proposal.place_id, proposal.place_name)
    words = "\n\n".join(_told(step, proposal))[:4000]
    vote = prepare(
        by=by, community=step.community, title=proposal.title, words=words, rules=rules, opens_on=first,
        closes_on=last, body=step.body if of_seats else None, place=place,
    )  # fmt: skip
    step.vote = announce(vote, by=by)
    step.ends_on = None
    link(Ref.of(step), Ref.of(vote), "origin")


@moves(STEP)
def count_hands(
    step: Step, *, by: Any, where: str, held_on: str, present: int, yes: int, no: int, abstain: int, words: str = ""
) -> dict[str, int]:
    """Write down a show of hands: more than half of those present decide."""
    step.state = Stand.MET if 2 * yes > present else Stand.FAILED
    told = {"present": present, "yes": yes, "no": no, "abstain": abstain}
    step.result = {"where": where.strip(), "held_on": held_on, "words": words.strip(), **told}
    step.closed_at = now()
    return told


@moves(STEP)
def entrust(step: Step, *, by: Any, carrier: str, by_when: date | None = None) -> None:
    """Say who carries it out, and by when."""
    step.entrusted_at, step.person, step.organisation = now(), None, None
    if carrier == PROPOSER:
        step.organisation = step.proposal.organisation
        step.person = None if step.organisation else step.proposal.proposer
    elif carrier not in ("", "desk"):
        step.organisation = Organisation.objects.get(community=step.community_id, pk=carrier)
    step.ends_on = by_when or today_in(step.community) + timedelta(days=step.days or 30)
    say(step.proposal, "entrust", step.carrier, "desk", step)


@moves(STEP)
def report_on(step: Step, *, by: Any, words: str, photos: Any = ()) -> None:
    """Say how far it is, with pictures."""
    say(step.proposal, "report_on", words, step.carrier, step)
    keep(photos, Ref.of(step), "progress", by)


@moves(STEP)
def conclude(
    step: Step, *, by: Any, words: str = "", held_on: str = "", where: str = "", spoke: str = "", decision: str = "",
    measured: str = "", cost: Decimal | None = None, photos: Any = (),
) -> None:  # fmt: skip
    """End it with what was handed in: minutes and what was decided, or what was done, measured and spent."""
    step.state = Stand.FAILED if decision == NOT_AGREED else Stand.MET
    told = {
        "held_on": held_on, "where": where.strip(), "spoke": spoke.strip(), "decision": decision,
        "measured": measured.strip(), "words": words.strip(),
    }  # fmt: skip
    step.result = {name: value for name, value in told.items() if value}
    if cost is not None:
        step.result["cost_fen"] = int(cost * 100)
    step.closed_at = now()
    keep(photos, Ref.of(step), "evidence", by)


@moves(STEP)
def rate(step: Step, *, by: Any, mark: int, words: str = "") -> None:
    """Say how it turned out; until the days are over one can say it anew, and nobody sees the marks."""
    Rating.objects.update_or_create(
        community_id=step.community_id, step=step, person_id=by.person_id,
        defaults={"mark": mark, "words": words.strip(), "at": now()},
    )  # fmt: skip

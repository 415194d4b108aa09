"""What both readers decide, what is released of it, and what becomes of the recommendation."""

from __future__ import annotations

from typing import Any

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import begin, moves
from mulin.kernel.refusals import Refused
from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.people.models import Term

from ..figures import FOR_GROUPS, MIGHTY
from ..flow import CONCERN, FINDING, FindingState, State
from ..models import Concern, Finding
from .reading import close


@moves(CONCERN)
def draft(concern: Concern, *, by: Any, outcome: str, ground: str, measure: str = "") -> None:
    """Write what was found, and the ground that is released, for the other reader to agree."""
    concern.outcome, concern.measure, concern.ground = outcome, measure, ground.strip()


@moves(CONCERN)
def decide(concern: Concern, *, by: Any, fingerprint: str) -> None:
    """Release the finding, word for word as both readers read it."""
    if fingerprint != concern.fingerprint:
        raise Refused.stale()
    concern.state = State.FOUNDED if concern.outcome == "founded" else State.UNFOUNDED
    concern.decided_at, concern.finding = now(), release(concern)


def release(concern: Concern) -> Finding:
    """Tell what was found to whom it is about and to whoever may take the measure; it does not say what it came of."""
    founded = concern.outcome == "founded"
    draft = Finding(
        community=concern.community, organisation=concern.organisation, term=concern.term, outcome=concern.outcome,
        measure=concern.measure, ground=concern.ground, goes_up=founded and _is_mighty(concern.term),
        state=FindingState.OPEN if founded else FindingState.TOLD,
    )  # fmt: skip
    return begin(draft, by=SYSTEM, verb="release")


def _is_mighty(term: Term | None) -> bool:
    if term is None:
        return False
    held = Term.objects.filter(community=term.community_id, person=term.person_id).current(today_in(term.community))
    kinds = [*held.values_list("post__kind__capabilities", flat=True), term.post.kind.capabilities]
    return any(MIGHTY & set(capabilities) for capabilities in kinds)


@moves(FINDING)
def follow(finding: Finding, *, by: Any) -> None:
    """Take the recommended measure, with the ground as its reason; to dissolve needs a second person."""
    if finding.measure in FOR_GROUPS:
        getattr(people, finding.measure)(finding.organisation, by=by, reason=finding.ground)
    elif finding.measure == "end":
        people.end(finding.term, by=by)
    if finding.measure == "dissolve":
        finding.state = FindingState.ASKED
    else:
        finding.state = FindingState.FOLLOWED
        _settle(finding)


@moves(FINDING)
def leave(finding: Finding, *, by: Any, words: str) -> None:
    """Do not take the recommended measure, and say why."""
    finding.answer = words.strip()
    _settle(finding)


@moves(FINDING)
def taken(finding: Finding, *, by: Any) -> None:
    """Note that the measure was taken."""
    _settle(finding)


@moves(FINDING)
def put_back(finding: Finding, *, by: Any) -> None:
    """Let the recommendation wait again, since the second person did not agree."""


@moves(FINDING)
def urge(finding: Finding, *, by: Any) -> None:
    """Remind whoever may take the measure."""


def _settle(finding: Finding) -> None:
    finding.settled_at = now()
    found = Concern.objects.filter(community=finding.community_id, finding=finding.pk, state=State.FOUNDED)
    for concern in found.select_related("community"):
        close(concern, by=SYSTEM)

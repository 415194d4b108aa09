"""Whether a template can be lived through: every step has who acts here, an end, and a way on; said in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .closed import (
    ACTORS_OF,
    BODY,
    BODYS,
    CARRY_OUT,
    EVERYONE,
    EVIDENCE,
    EVIDENCE_OF,
    HANDS,
    JUDGE,
    KINDS,
    MOST_STEPS,
    OFFICERS,
    PUBLISH,
    SUPERVISORS,
    TIMED,
    VOTE,
)
from .plans import StepPlan, last_of


@dataclass(frozen=True)
class There:
    """Who there is in a community, as far as steps ask for it."""

    bodies: frozenset[str] = frozenset()  # kinds and ids of those in office
    packs: Mapping[str, str] = field(default_factory=dict)  # the electorate of each rule pack
    supervisors: bool = False
    officers: bool = False
    desk: bool = True


def problems(steps: Sequence[StepPlan], there: There) -> list[str]:
    """Say what is wrong with a template here; nothing where a proposal can be lived through."""
    if not 1 <= len(steps) <= MOST_STEPS:
        return [_("A way has at least one step, and at most %(most)s.") % {"most": MOST_STEPS}]
    found = list(_of_whole(steps))
    for at, step in enumerate(steps, 1):
        found += [
            _("Step %(number)s, %(title)s: %(wrong)s") % {"number": at, "title": step, "wrong": wrong}
            for wrong in _of_step(step, there)
        ]
    return found


def _of_whole(steps: Sequence[StepPlan]) -> Iterator[str]:
    votes, work = last_of(steps, VOTE), last_of(steps, CARRY_OUT)
    if votes == -1:
        yield _("Nothing is decided on this way. Add a step that votes.")
    if work == -1:
        yield _("Nobody carries it out on this way. Add a step for it, behind the vote.")
    if any(step.kind == CARRY_OUT for step in steps[: votes + 1]):
        yield _("Something would be carried out before all is decided. Move that step behind the last vote.")
    if steps[-1].kind != JUDGE:
        yield _("It ends without anybody's judgement. Let the last step be one in which everyone judges.")
    if sum(step.kind == JUDGE for step in steps) > 1:
        yield _("It is judged more than once. Keep the last of these steps.")


def _of_step(step: StepPlan, there: There) -> Iterator[str]:
    kind = BODY if step.body else step.actor
    if kind not in ACTORS_OF[step.kind]:
        yield _("this actor has nothing to do in such a step. Choose another one.")
    elif step.body and step.body not in there.bodies:
        yield _("there is no such council or committee in office here. Found it first, or choose who is there.")
    elif step.actor == SUPERVISORS and not there.supervisors:
        yield _("there is no supervision committee in office here. Found it first, or choose who is there.")
    elif step.actor == OFFICERS and not there.officers:
        yield _("no grid officer holds a post here. Fill a post first, or choose who is there.")
    elif not there.desk:
        yield _("nobody works at the desk here. Fill a post first.")
    if wrong := [key for key in step.evidence if key not in EVIDENCE_OF[step.kind]]:
        told = {"evidence": EVIDENCE[wrong[0]], "kind": KINDS[step.kind]}
        yield _("“%(evidence)s” cannot close a step of the kind “%(kind)s”. Take it out.") % told
    yield from _of_end(step)
    if step.kind == VOTE:
        yield from _of_vote(step, there)
    elif step.rules:
        yield _("only a vote has rules. Take them out.")


def _of_end(step: StepPlan) -> Iterator[str]:
    if step.kind in (*TIMED, PUBLISH):
        if step.days < 1:
            yield _("it would never end, or at once. Say for how many days it lasts.")
    elif step.kind != VOTE and not step.evidence:
        yield _("nothing says when it is over. Say what has to be handed in, such as minutes or a report.")
    if step.evidence and step.kind in TIMED and step.actor == EVERYONE:
        yield _("everyone together cannot hand in a report. Choose who does, or leave it out.")


def _of_vote(step: StepPlan, there: There) -> Iterator[str]:
    if step.rules in (BODYS, HANDS):
        if step.rules == BODYS and not step.body:
            yield _("the body's own rules need a body that votes.")
        if step.rules == HANDS and (step.body or step.actor == EVERYONE):
            yield _("hands are counted by the desk or the grid officers. Choose one of them, or other rules.")
        return
    electorate = there.packs.get(step.rules)
    if electorate is None:
        words = _("there are no such rules: %(rules)s. Rules are: %(known)s.")
        yield words % {"rules": step.rules or "–", "known": ", ".join((*there.packs, BODYS, HANDS))}
    elif electorate == "seats" and not step.body:
        yield _("these rules are for the seats of a council or committee. Choose which one votes.")
    elif electorate != "seats" and step.body:
        yield _("these rules do not ask a council or committee. Let everyone vote, or choose rules for seats.")

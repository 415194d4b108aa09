"""What the pages of proposals show: the five phases, each step with what came of it, words said, how it was judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.journal.models import Detail
from mulin.kernel.models import Link
from mulin.kernel.refs import Ref, cards
from mulin.web.counts import FEW, hidden

from ..figures import MARKS, PHASES, PROPOSED, phases
from ..flow import RUNNING, Stand
from ..models import Proposal, Rating, Revision, Step, Word

SAID = {
    "submit": _l("Sent"), "review": _l("The desk said whether it can be done"), "go_on": _l("It went on all the same"),
    "revise": _l("Plan and budget were changed"), "merge": _l("Merged into another one"),
    "take_in": _l("Another one was merged into it"), "withdraw": _l("Withdrawn"), "lapse": _l("It was left alone"),
    "be_adopted": _l("Adopted"), "be_rejected": _l("Not adopted"), "be_carried_out": _l("Carried out"),
    "be_judged": _l("Judged"), "open_up": _l("Begun"), "post": _l("Published"), "call_vote": _l("Vote announced"),
    "count_hands": _l("Hands were counted"), "entrust": _l("It was said who carries it out"),
    "report_on": _l("How far it is"), "conclude": _l("Ended with what was handed in"),
    "object_to": _l("The supervisors objected"), "answer": _l("The objection was answered"),
    "pass_by": _l("Its days are over"), "be_met": _l("Done"), "be_failed": _l("Decided otherwise"),
    "again": _l("It has to be done again"), "stop": _l("It does not go on"),
}  # fmt: skip


@dataclass
class Phase:
    """One of the five, as the strip on top of a page shows it."""

    key: str
    label: str
    steps: list[Any] = field(default_factory=list)
    state: str = ""  # done, now, or to come


def five(proposal: Proposal, steps: list[Any]) -> list[Phase]:
    """Sum a proposal's way up in the five phases."""
    found = {key: Phase(key, str(label)) for key, label in PHASES.items()}
    for step in steps:
        found[step.phase].steps.append(step)
    first = found[PROPOSED]
    begun = any(step.state != Stand.WAITING for step in steps)
    first.state = "done" if begun else "now"
    for phase in list(found.values())[1:]:
        states = {step.state for step in phase.steps}
        if states & set(RUNNING):
            phase.state = "now"
        elif Stand.FAILED in states:
            phase.state = "failed"
        elif states == {Stand.MET}:
            phase.state = "done"
    if not steps:
        planned = proposal.steps
        for phase_key, step in zip(phases(planned), planned, strict=True):
            found[phase_key].steps.append(step)
    return [phase for phase in found.values() if phase.key == PROPOSED or phase.steps]


def steps_of(proposal: Proposal) -> list[Step]:
    """List the steps of a proposal in their order."""
    rows = Step.objects.filter(community=proposal.community_id, proposal=proposal.pk)
    return list(rows.for_list().order_by("number"))


def words_of(proposal: Proposal) -> dict[Any, list[Word]]:
    """List what was said with moves, by step; None: of the proposal itself."""
    found: dict[Any, list[Word]] = {}
    rows = Word.objects.filter(community=proposal.community_id, proposal=proposal.pk).order_by("at", "pk")
    for row in rows:
        found.setdefault(row.step_id, []).append(row)
    return found


def way(noun: Any, words: list[Word]) -> list[dict[str, Any]]:
    """List what happened to a proposal or a step as rows of a timeline, the newest first, with what was said."""
    public = {move.name for move in noun.flow if move.public} & set(SAID)
    said: dict[str, list[Word]] = {}
    for word in words:
        said.setdefault(word.verb, []).append(word)
    rows = Detail.objects.filter(community=noun.community_id, noun_id=noun.pk, verb__in=public)
    told = []
    for verb, at in rows.order_by("-seq").values_list("verb", "at"):
        row: dict[str, Any] = {"verb": verb, "at": at, "text": str(SAID[verb])}
        if said.get(verb):
            last = said[verb].pop()
            row |= {"note": _("the desk") if last.voice == "desk" else last.voice, "voice": last.words}
        told.append(row)
    return told


def came_of(viewer: Any, proposal: Proposal, steps: list[Step]) -> list[dict[str, Any]]:
    """List what came of a proposal and where it came from: notices, votes, cases, as far as this viewer sees them."""
    own = [proposal.pk, *(step.pk for step in steps)]
    links = Link.objects.filter(Q(target_id__in=own) | Q(source_id__in=own), community=proposal.community_id)
    ends: dict[Any, str] = {}
    for link in links.order_by("pk"):
        ends |= {link.source_id: link.source_kind, link.target_id: link.target_kind}
    refs = [Ref(proposal.community_id, kind, key) for key, kind in ends.items() if key not in own]
    seen = cards(refs, viewer)
    return [{"title": card.title, "url": card.url, "kind": ref.kind.partition(".")[0]} for ref, card in seen.items()]


def merged_from(proposal: Proposal) -> list[Proposal]:
    """List the proposals that were merged into one."""
    rows = Proposal.objects.filter(community=proposal.community_id, merged_into=proposal.pk).for_list()
    return list(rows.order_by("created_at"))


def revisions(proposal: Proposal) -> list[Revision]:
    """List plan and budget as they were before, the latest first."""
    rows = Revision.objects.filter(community=proposal.community_id, proposal=proposal.pk)
    return list(rows.order_by("-number"))


def own_rating(viewer: Any, step: Step) -> Rating | None:
    """Find how this viewer judged, to be changed until the days are over."""
    if not viewer.is_person:
        return None
    return Rating.objects.filter(community=step.community_id, step=step.pk, person=viewer.person_id).first()


def marks_of(step: Step) -> dict[str, int]:
    """Count how something was judged, mark by mark."""
    rows = Rating.objects.filter(community=step.community_id, step=step.pk).values_list("mark").annotate(n=Count("pk"))
    counted = dict(rows)
    return {str(mark): counted.get(mark, 0) for mark in MARKS}


def judged(step: Step) -> list[dict[str, Any]]:
    """Say how something was judged once its days are over; small counts are hidden."""
    if step.state != Stand.MET or not (marks := step.result.get("marks")):
        return []
    counts = [int(marks.get(str(mark), 0)) for mark in MARKS]
    shown = hidden(counts)
    return [
        {"label": str(label), "count": "<5" if count is None else str(count)}
        for label, count in zip(MARKS.values(), shown, strict=True)
    ]


def said_of(step: Step) -> list[str]:
    """List what was said of how it turned out, without names, once the days are over and enough said something."""
    if step.state != Stand.MET or step.kind != "judge":
        return []
    rows = Rating.objects.filter(community=step.community_id, step=step.pk)
    said = rows.exclude(words="").order_by("pk").values_list("words", flat=True)
    return list(said[:50]) if rows.count() >= FEW else []


def due_words(step: Step) -> str:
    """Say what an open step waits for."""
    if step.state == Stand.OBJECTED:
        return _("It stands still until the supervisors' objection is answered.")
    told = {"who": step.who}
    if step.kind == "publish":
        return _("It is published; whoever objects does so on the notice.") if step.notice_id else _("To be published")
    if step.kind == "vote":
        if step.is_by_hands:
            return _("A meeting is called, and hands are counted.")
        return _("The vote is announced.") if step.vote_id else _("The vote is being prepared.")
    if step.kind == "carry_out":
        words = _("%(who)s carries it out.") if step.entrusted_at else _("It is to be said who carries it out.")
        return words % told
    waits = {
        "consult": _("Everyone can say what they think."), "meet": _("A meeting is to be held: %(who)s"),
        "object": _("The supervisors can object."), "judge": _("Everyone can say how it turned out."),
    }  # fmt: skip
    return waits[step.kind] % told

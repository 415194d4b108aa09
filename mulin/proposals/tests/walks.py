"""Proposals of a town, the bodies that decide on them, and how one is lived through from its draft to its judgement."""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from mulin.bodies.tests.walks import Hall
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.engine import change, second, writing
from mulin.kernel.worker import drain, tick
from mulin.people.figures import today_in, until
from mulin.people.queries import viewer_of
from mulin.uploads.pictures import prepare
from mulin.votes import actions as voting
from mulin.votes.models import Vote

from .. import actions
from ..models import Step, Template

GIVEN = {"title": "Sheds for bicycles", "wrong": "Bicycles stand in the rain and block the stairs."}
BUDGET = [{"what": "Wood", "fen": 1_200_050}, {"what": "Roof", "fen": 600_000}]
HANDS = (
    {"kind": "consult", "zh": "谈", "actor": "everyone", "days": 2},
    {"kind": "vote", "zh": "举手", "actor": "grid_officers", "days": 9, "rules": "hands"},
    {"kind": "carry_out", "zh": "办", "actor": "carrier", "days": 9, "evidence": ["report", "account"]},
    {"kind": "judge", "zh": "评", "actor": "everyone", "days": 3},
)  # fmt: skip
EVERYTHING = (
    {"kind": "consult", "zh": "谈", "actor": "proposer", "days": 2, "evidence": ["report"]},
    {"kind": "meet", "zh": "会", "actor": "body:council", "days": 5, "evidence": ["minutes"]},
    {"kind": "publish", "zh": "公示", "actor": "desk", "days": 7},
    {"kind": "object", "zh": "异议", "actor": "supervisors", "days": 3},
    {"kind": "vote", "zh": "表决", "actor": "body:council", "days": 9, "rules": "council-2/3"},
    *HANDS[2:],
)  # fmt: skip


@dataclass
class Stage:
    """A town with a council of three, three who supervise it, and ways for proposals."""

    town: Any
    bodies: bool = True
    hall: Any = field(init=False)
    council: Any = None
    seats: Any = ()
    watchers: Any = ()

    def __post_init__(self):
        self.hall = Hall(self.town)
        if self.bodies:
            watch = self.body("supervision_committee", "Supervisors", 3)
            self.watchers = self.members(watch)
            self.council = self.body("council", "Council", 5, supervisor=watch)
            self.seats = self.members(self.council)

    def body(self, kind, name, seats, **more):
        body = self.hall.found(kind=kind, seats=seats, name=name, **more)
        for _seat in range(seats):
            viewer = self.hall.signing_in(name)
            self.hall.seat(body, self.person(viewer))
        return self.hall_office(body)

    def hall_office(self, body):
        from mulin.bodies import actions as bodies

        return bodies.take_office(again(body), by=self.town.worker, term_by="Elected")

    def person(self, viewer):
        from mulin.people.models import Person

        return Person.objects.get(pk=viewer.person_id)

    def members(self, body):
        return [viewer_of(term.person) for term in again(body).sitting().select_related("person")]

    @property
    def today(self):
        return today_in(self.town.community)

    def way(self, steps, key="own"):
        with writing(self.town.community.pk):
            row = Template.objects.create(
                community=self.town.community, key=key, zh="自己的路", steps=[dict(step) for step in steps],
                changed_at=clock.now(),
            )  # fmt: skip
            change(row, by=SYSTEM, kind="proposals.template", verb="copy_template")
        return key

    def draft(self, by=None, **more):
        return actions.pitch(by=by or self.town.resident, community=self.town.community, **{**GIVEN, **more})

    def sent(self, way=HANDS, by=None, budget=True, **more):
        by = by or self.town.resident
        made = self.draft(by=by, **more)
        if budget:
            actions.amend(made, by=by, plan="A roof for twenty.", budget=BUDGET, **{**GIVEN, **more})
        key = way if isinstance(way, str) else self.way(way, f"own{Template.objects.count()}")
        return again(actions.submit(again(made), by=by, template=key, matter="public_works"))

    def under_way(self, way=HANDS, **more):
        made = self.sent(way, **more)
        actions.review(made, by=self.town.worker, verdict="feasible", words="It can be built there.")
        settle()
        return again(made)

    def step(self, proposal):
        return again(proposal).open_step and Step.objects.for_list().get(pk=again(proposal).open_step.pk)

    def reach(self, kind, way=EVERYTHING, **more):
        """Live until a step of this kind is open."""
        proposal = self.under_way(way, **more)
        for _ in range(20):
            step = self.step(proposal)
            if step.kind == kind:
                return step
            self.pass_(step)
        raise AssertionError(kind)

    def to_end(self, proposal, yes=True):
        for _ in range(40):
            step = self.step(proposal)
            if step is None:
                return again(proposal)
            self.pass_(step, yes)
        raise AssertionError("It does not end.")

    def pass_(self, step, yes=True):
        """Do what a step waits for."""
        getattr(self, f"_{step.kind}")(step, yes)
        settle()

    def _over(self, step):
        to_day(self.town, again(step).ends_on + timedelta(days=1))

    def _consult(self, step, yes):
        self._over(step)
        if step.evidence:
            actions.conclude(again(step), by=self.town.worker, words="Most are for it.")

    def _publish(self, step, yes):
        to_day(self.town, again(step).notice.ends_on + timedelta(days=1))

    def _meet(self, step, yes):
        told = {"held_on": self.today.isoformat(), "where": "Hall", "words": "Talked over.", "decision": "agreed"}
        actions.conclude(again(step), by=self.town.worker, photos=[picture()], **told)

    def _object(self, step, yes):
        self._over(step)

    def _vote(self, step, yes):
        if step.is_by_hands:
            told = {"where": "Gate", "held_on": self.today.isoformat(), "present": 9, "abstain": 0}
            counts, other = (self.town.worker, self.town.officer)[:: 1 if step.actor == "desk" else -1]
            actions.count_hands(again(step), by=counts, yes=9 if yes else 1, no=0 if yes else 8, **told)
            second(again(step), "count_hands", by=other, agree=True)
            return
        actions.call_vote(again(step), by=self.town.worker)
        vote = Vote.objects.for_list().get(pk=again(step).vote_id)
        to_day(self.town, vote.opens_on)
        for viewer in self.seats:
            now = Vote.objects.for_list().get(pk=vote.pk)
            if now.chances(viewer):
                voting.cast(now, by=viewer, choice="yes" if yes else "no")
        to_day(self.town, vote.closes_on + timedelta(days=1))
        vote = Vote.objects.for_list().get(pk=vote.pk)
        if vote.challenge_until:
            to_day(self.town, vote.challenge_until + timedelta(days=1))

    def _carry_out(self, step, yes):
        actions.entrust(again(step), by=self.town.worker, carrier="desk")
        actions.report_on(again(step), by=self.town.worker, words="Half of it stands.")
        actions.conclude(again(step), by=self.town.worker, words="It stands.", cost=18000, photos=[picture()])

    def _judge(self, step, yes):
        self._over(step)

    def mandate(self, most=10_000_000):
        return self.hall.granted(again(self.council), matters={"public_works": most}, year_fen=max(most, 1) * 2)


def picture():
    content = BytesIO()
    Image.new("RGB", (40, 30), (60, 120, 80)).save(content, "JPEG")
    content.seek(0)
    return prepare([content])[0]


def again(noun):
    return type(noun).objects.for_list().get(pk=noun.pk)


def settle():
    for _ in range(8):
        tick()
        drain()


def to_day(town, day):
    clock.advance(until(day, town.community) + timedelta(seconds=2))
    settle()


def text(answer):
    assert answer.status_code == 200, answer.content.decode()[:800]
    return answer.content.decode()


def main(answer):
    """What a page itself says, without navigation and foot."""
    return text(answer).split("<main", 1)[1].split("</main", 1)[0]


def proposal_walk(town, pick):
    stage = Stage(town, bodies=False)
    stage.sent("hands_in_a_grid", by=town.neighbour, title="Another")
    begun = pick(["draft", "draft", "sent", "returned", "returned", "way", "adopted"])
    if begun == "draft":
        return stage.draft(), []
    proposal = stage.sent("hands_in_a_grid")
    if begun == "returned":
        actions.set_numbers(by=town.worker, community=town.community, supporters=1)
        actions.review(proposal, by=town.worker, verdict="not_feasible", words="No room.")
        actions.support(again(proposal), by=town.neighbour)
    elif begun in ("way", "adopted"):
        actions.review(proposal, by=town.worker, verdict="feasible", words="Yes.")
        settle()
        if begun == "adopted":
            stage.pass_(stage.step(proposal))
            stage.pass_(stage.step(proposal))
    return again(proposal), []


def step_walk(town, pick):
    stage = Stage(town)
    kind = pick(["consult", "meet", "publish", "object", "vote", "vote", "carry_out", "judge", "hands", "waiting"])
    if kind == "hands":
        return stage.reach("vote", HANDS), [stage.watchers[0]]
    if kind == "waiting":
        proposal = stage.under_way(HANDS)
        actions.be_met(stage.step(proposal), by=SYSTEM)  # nobody followed this line yet
        return Step.objects.for_list().get(proposal=proposal, number=2), [stage.watchers[0]]
    if kind == "carry_out":
        return stage.reach(kind, HANDS), [stage.watchers[0]]
    if kind == "judge":
        return stage.reach(kind, HANDS), [stage.watchers[0]]
    stage.mandate()
    return stage.reach(kind), [stage.watchers[0], *stage.seats[:1]]


ANSWERS = {
    "template": "hands_in_a_grid", "place": "community", "budget": "Wood 12", "case": None, "asked": "3",
    "agreed": "2", "opens_on": None, "closes_on": None, "present": "9", "yes": "5", "no": "1", "abstain": "0",
    "held_on": "2026-11-20", "cost": "12.50", "by_when": None, "carrier": "desk",
}  # fmt: skip
WALKS = {"proposals.Proposal": proposal_walk, "proposals.Step": step_walk}

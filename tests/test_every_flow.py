"""Laws that every flow obeys. A new flow is tested the day it is declared, once it has a line in WALKS."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django import forms
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.cases.models import Case
from mulin.journal.models import Detail
from mulin.journal.verify import verify
from mulin.kernel import clock
from mulin.kernel.clock import CLOCK, SYSTEM
from mulin.kernel.doors import form_of, make_move
from mulin.kernel.engine import second
from mulin.kernel.models import nouns, pending_for
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.people import actions as people
from mulin.people.models import Person
from mulin.people.queries import today_in

pytestmark = pytest.mark.usefixtures("english")
HOURS = (0, 0, 0, 1, 24, 24 * 30)
every_noun = pytest.mark.parametrize("model", nouns(), ids=lambda model: model._meta.label)


def case_walk(town, data):
    disclosure = data.draw(st.sampled_from(["named", "anonymous", "confidential"]))
    by = NOBODY if disclosure == "anonymous" else town.resident
    town.report(by=town.neighbour)  # somewhere to merge into
    case = town.report(by=by, disclosure=disclosure)
    return case, [Viewer(holds=frozenset([case.pk])), NOBODY]


def term_walk(town, data):
    days = data.draw(st.integers(1, 60))
    term = people.offer(
        by=SYSTEM, post=town.desk_post, person=Person.objects.get(pk=town.neighbour.person_id),
        ends_on=today_in(town.community) + timedelta(days=days),
    )  # fmt: skip
    return term, [NOBODY]


WALKS = {"cases.Case": case_walk, "people.Term": term_walk}


@every_noun
def test_every_state_can_be_reached(model):
    reached, todo = set(), {state for move in model.flow if not move.sources for state in move.targets}
    while todo:
        reached |= todo
        todo = {to for move in model.flow if set(move.sources) & reached for to in move.targets} - reached
    assert reached == set(model.flow.states.values)


@every_noun
def test_every_flow_is_walked(model):
    assert model._meta.label in WALKS, "Give it a line in WALKS: how to make one, and who is there."


@every_noun
def test_every_limit_ends_in_a_move_of_the_clock(model):
    for limit in model.flow.limits:
        assert "the clock" in str(model.flow[limit.then].who.label)


@dataclass
class Walk:
    """One noun on its way, and everybody who may do something about it."""

    noun: object
    people: list

    def now(self):
        """Load it again, as every request does."""
        model = type(self.noun)
        return model._default_manager.get(pk=self.noun.pk, community_id=self.noun.community_id)

    def possible(self):
        noun = self.now()
        return [(by, move.name) for by in self.people for move in noun.flow.moves_for(by, noun)]


@every_noun
@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_walk_is_what_the_journal_says(model, town, data):
    clock.reset()
    with transaction.atomic():
        noun, more = WALKS[model._meta.label](town, data)
        cast = [town.resident, town.neighbour, town.officer, town.worker, town.worker_two, CLOCK, SYSTEM]
        walk = Walk(noun, cast + more)
        clock.set(clock.now())
        for _ in range(data.draw(st.integers(3, 12))):
            clock.advance(timedelta(hours=data.draw(st.sampled_from(HOURS))))
            step(walk, data)
            agrees(walk.now())
        assert verify(noun.community_id).ok
        transaction.set_rollback(True)


def step(walk, data):
    """Let somebody try something: mostly what they may and what leads on, sometimes anything."""
    before, possible = walk.now(), walk.possible()
    anything = [(by, move.name) for by in walk.people for move in before.flow if move.sources]
    forward = [(by, name) for by, name in possible if before.flow[name].targets]
    chosen = data.draw(st.sampled_from([forward, forward, possible, anything])) or anything
    by, name = data.draw(st.sampled_from(chosen))
    move, refused = before.flow[name], before.flow.why_not(name, by, before)
    seen = Detail.objects.filter(noun_id=before.pk).count()
    try:
        made, _form = make_move(walk.now(), name, by=by, data=answers(before, name, by))
        said = None
    except Refused as refusal:
        said, made = refusal, None
    if not (said and move.second and said.code == "already_waiting"):
        assert (said and said.code) == (refused and refused.code), (
            f"{name} by {by}: {said}, but asked before: {refused}"
        )
    after = walk.now()
    if made is None:
        assert (after.state, after.version) == (before.state, before.version)
        assert Detail.objects.filter(noun_id=before.pk).count() == seen
    elif move.second:
        assert (after.state, after.version) == (before.state, before.version)
        decide(walk, name, data)
    else:
        assert after.state in (move.targets or (before.state,))
        assert after.version == before.version + 1
        assert last_line(after)["from"] == before.state


def decide(walk, name, data):
    """Somebody gives the second word, or nobody does."""
    by, agree = data.draw(st.sampled_from(walk.people)), data.draw(st.booleans())
    first = pending_for(walk.now())[0].actor
    try:
        made = second(walk.now(), name, by=by, agree=agree)
    except Refused:
        return
    assert by.actor != first
    assert made.state in (made.flow[name].targets if agree else (walk.noun.state, made.state))


def agrees(noun):
    """The row stands where its last line says, and only clocks of its state run."""
    assert last_line(noun)["to"] == noun.state
    running = {name: entry for name, entry in noun.clocks.items() if name != "_tries"}
    assert {state for name in running for state in [noun.state] if state not in noun.flow.limit(name).states} == set()
    dues = [entry["due"] for entry in running.values() if "due" in entry]
    assert (noun.due_at and noun.due_at.isoformat()) == min(dues, default=None)


def last_line(noun):
    return json.loads(Detail.objects.filter(community=noun.community_id, noun_id=noun.pk).latest("seq").body)


def answers(noun, name, by):
    """Fill in a form with something that it takes."""
    given = {key: answer(field) for key, field in form_of(noun, name, by=by).fields.items()}
    if "address" in given:
        given |= {"address": "1号楼1门", "e": "", "lon": "", "lat": ""}
    if "into" in given:
        other = Case.objects.exclude(pk=noun.pk).filter(community=noun.community_id).first()
        given["into"] = other.number
    return {key: value for key, value in given.items() if value is not None}


def answer(field):
    if isinstance(field, forms.ModelChoiceField):
        return field.queryset.first() and field.queryset.first().pk
    if isinstance(field, forms.ChoiceField):
        flat = [key for key, label in field.choices for key in ([key] if isinstance(label, str) else [])]
        groups = [key for _, label in field.choices if isinstance(label, list | tuple) for key, _label in label]
        return next((key for key in [*groups, *flat] if key), None)
    if isinstance(field, forms.DateField):
        return clock.now().date() + timedelta(days=3)
    if isinstance(field, forms.FileField):
        return None
    return date.today().isoformat() if isinstance(field, forms.DateTimeField) else "x"

"""Laws that every flow obeys. A new flow is tested the day it is declared, once it has a line in WALKS."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from inspect import getdoc
from random import Random

import pytest
from django import forms
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.cases.models import Case
from mulin.journal.models import Detail
from mulin.journal.verify import verify
from mulin.kernel import clock
from mulin.kernel.clock import CLOCK, SYSTEM
from mulin.kernel.clocks import entries
from mulin.kernel.doors import form_of, make_move
from mulin.kernel.engine import second
from mulin.kernel.flow import Limit
from mulin.kernel.models import nouns, pending_for
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.people import actions as people
from mulin.people.figures import today_in
from mulin.people.models import Person

pytestmark = pytest.mark.usefixtures("english")
HOURS = (0, 0, 0, 1, 24, 24 * 30)
WALKS_AT_MOST, STEPS = 60, 14  # for walks that look for moves not made yet; they end as soon as there are none
every_noun = pytest.mark.parametrize("model", nouns(), ids=lambda model: model._meta.label)


def case_walk(town, pick):
    disclosure = pick(["named", "anonymous", "confidential"])
    by = NOBODY if disclosure == "anonymous" else town.resident
    town.report(by=town.neighbour)  # somewhere to merge into
    case = town.report(by=by, disclosure=disclosure)
    return case, [Viewer(holds=frozenset([case.pk])), NOBODY]


def term_walk(town, pick):
    term = people.offer(
        by=SYSTEM, post=town.desk_post, person=Person.objects.get(pk=town.neighbour.person_id),
        ends_on=today_in(town.community) + timedelta(days=pick([1, 9, 60])),
    )  # fmt: skip
    return term, [NOBODY]


def walks_of(app):
    """Read a module's tests/walks.py: {label: function(town, pick) -> (noun, more people)}."""
    name = f"{app.name}.tests.walks"
    return import_module(name).WALKS if find_spec(f"{app.name}.tests") and find_spec(name) else {}


def answers_of(app):
    """Read a module's tests/walks.py: ANSWERS, what its forms take where "x" will not do."""
    name = f"{app.name}.tests.walks"
    return getattr(import_module(name), "ANSWERS", {}) if walks_of(app) else {}


WALKS = {"cases.Case": case_walk, "people.Term": term_walk}
ANSWERS = {}
for app in apps.get_app_configs():
    WALKS |= walks_of(app)
    ANSWERS[app.label] = answers_of(app)


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


@every_noun
def test_every_limit_says_how_long_it_is_and_when_it_stands_still(model):
    for limit in model.flow.limits:
        assert getdoc(limit.span), f"{limit.name}: say how long in the docstring of its span; docs/flows shows it."
        assert limit.pauses is Limit.pauses or getdoc(limit.pauses), f"{limit.name}: say when it stands still."


@dataclass
class Walk:
    """One noun on its way, everybody who may do something about it, and how often each move was made."""

    noun: object
    people: list
    pick: object  # takes one of several
    made: Counter = field(default_factory=Counter)

    @classmethod
    def begin(cls, model, town, pick, made):
        """Make a noun by its creating move; the town's cast, time, the program and some more are there."""
        noun, more = WALKS[model._meta.label](town, pick)
        cast = [town.resident, town.neighbour, town.officer, town.worker, town.worker_two, CLOCK, SYSTEM]
        made[verbs(noun)[0]] += 1
        clock.set(clock.now())
        return cls(noun, cast + more, pick, made)

    def now(self):
        """Load it again, as every request does."""
        model = type(self.noun)
        return model._default_manager.get(pk=self.noun.pk, community_id=self.noun.community_id)

    def possible(self):
        noun, waiting = self.now(), {pending.verb for pending in pending_for(self.noun)}
        return [
            (by, move.name) for by in self.people for move in noun.flow.moves_for(by, noun) if move.name not in waiting
        ]

    def anything(self):
        """Let somebody try something: mostly what they may and what leads on, sometimes anything."""
        noun, possible = self.now(), self.possible()
        anything = [(by, move.name) for by in self.people for move in noun.flow if move.sources]
        forward = [(by, name) for by, name in possible if noun.flow[name].targets]
        return self.pick(self.pick([forward, forward, possible, anything]) or anything)

    def least_made(self):
        """Let somebody do what was done the fewest times so far; nobody, where nothing is left that leads on."""
        possible = self.possible()
        if not any(self.now().flow[name].targets or not self.made[name] for _by, name in possible):
            return None
        fewest = min(self.made[name] for _by, name in possible)
        return self.pick([(by, name) for by, name in possible if self.made[name] == fewest])


@every_noun
@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_walk_is_what_the_journal_says(model, town, data):
    clock.reset()
    with transaction.atomic():
        walk = Walk.begin(model, town, lambda some: data.draw(st.sampled_from(some)), Counter())
        for _ in range(data.draw(st.integers(3, 12))):
            clock.advance(timedelta(hours=walk.pick(HOURS)))
            step(walk, *walk.anything())
            agrees(walk.now())
        assert verify(walk.noun.community_id).ok
        transaction.set_rollback(True)


@every_noun
@pytest.mark.django_db
def test_every_move_is_made_on_some_walk(model, town):
    made, names = Counter(), {move.name for move in model.flow}
    for seed in range(WALKS_AT_MOST):
        if names <= set(made):
            break
        clock.reset()
        with transaction.atomic():
            walk = Walk.begin(model, town, Random(seed).choice, made)
            for _ in range(STEPS):
                if (chosen := walk.least_made()) is None:
                    break
                assert step(walk, *chosen), f"What answers() fills in for {chosen[1]} is not taken."
                agrees(walk.now())
                rings = walk.now().rings_at  # now and then nobody does anything until time is up
                clock.set(rings if rings and walk.pick([True, False, False]) else clock.now() + timedelta(hours=1))
            assert verify(walk.noun.community_id).ok
            transaction.set_rollback(True)
    assert names - set(made) == set(), f"Never made in {WALKS_AT_MOST} walks. Who does it, and in which life?"


def step(walk, by, name):
    """Try a move: it is made, or waits for a second person, or is refused for the reason that was given before."""
    before = walk.now()
    move, refused = before.flow[name], before.flow.why_not(name, by, before)
    seen = len(verbs(before))
    try:
        made, form = make_move(walk.now(), name, by=by, data=answers(before, name, by))
        said = None
    except Refused as refusal:
        said, made, form = refusal, None, None
    if not (said and move.second and said.code == "already_waiting"):
        assert (said and said.code) == (refused and refused.code), (
            f"{name} by {by}: {said}, but asked before: {refused}"
        )
    after = walk.now()
    if made is None:
        assert form is None or not form.is_valid()
        assert (after.state, after.version) == (before.state, before.version)
        assert len(verbs(before)) == seen
    elif move.second:
        assert (after.state, after.version) == (before.state, before.version)
        assert verbs(after)[-1] == f"{name}.asked"
        decide(walk, name)
    else:
        is_made(walk, name, before, after)
    return made


def decide(walk, name):
    """Somebody gives the second word, mostly who can, for or against."""
    before = walk.now()
    first = next(waiting.actor for waiting in pending_for(before) if waiting.verb == name)
    can = [by for by in walk.people if by.actor != first and before.flow[name].second(by, before)]
    by, agree = walk.pick(walk.pick([can, can, walk.people]) or walk.people), walk.pick([True, True, False])
    if by not in can:
        with pytest.raises(Refused, match="second person has to agree"):
            second(walk.now(), name, by=by, agree=agree)
        return
    second(walk.now(), name, by=by, agree=agree)
    after = walk.now()
    if agree:
        is_made(walk, name, before, after)
        assert last_line(after)["details"]["agreed_by"] == by.actor
    else:
        assert (after.state, after.version, verbs(after)[-1]) == (before.state, before.version, f"{name}.declined")


def is_made(walk, name, before, after):
    """It stands where the move leads, one version on, and its last line says so."""
    assert after.state in (before.flow[name].targets or (before.state,))
    assert after.version == before.version + 1
    assert (verbs(after)[-1], last_line(after)["from"]) == (name, before.state)
    walk.made[name] += 1


def verbs(noun):
    """List what its log says was done, the earliest first."""
    return list(Detail.objects.filter(noun_id=noun.pk).order_by("seq").values_list("verb", flat=True))


def agrees(noun):
    """The row stands where its last line says, and only clocks of its state run."""
    assert last_line(noun)["to"] == noun.state
    running = entries(noun)
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
    given |= {key: value for key, value in ANSWERS[noun._meta.app_label].items() if key in given}
    return {key: value for key, value in given.items() if value is not None}


def answer(field):
    if isinstance(field, forms.ModelMultipleChoiceField):
        return [row.pk for row in field.queryset[:1]] or None
    if isinstance(field, forms.ModelChoiceField):
        return field.queryset.first() and field.queryset.first().pk
    if isinstance(field, forms.ChoiceField):
        groups = [group if isinstance(group, list | tuple) else [(key, group)] for key, group in field.choices]
        return next((key for group in groups for key, _label in group if key), None)
    if isinstance(field, forms.DateField):
        soon = (clock.now() + timedelta(days=3, hours=8)).date()  # as the day is where the towns lie
        return soon if field.required or takes(field, soon) else None
    if isinstance(field, forms.FileField):
        return None
    said = date.today().isoformat() if isinstance(field, forms.DateTimeField) else "x"
    return said if field.required or takes(field, said) else None


def takes(field, said):
    """Tell whether a field takes this; what an optional one does not take is left out."""
    try:
        field.clean(said)
    except forms.ValidationError:
        return False
    return True

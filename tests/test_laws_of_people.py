"""The laws of the house that guard people: what the journal tells, who may look, what is kept, and what ends."""

import json
import re

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import models

from mulin.cases import actions
from mulin.cases.models import Case
from mulin.journal.models import Detail, Line
from mulin.kernel.checks import every_field_has_a_class
from mulin.kernel.flow import Flow
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.people.actions import CARRIED
from mulin.people.models import Account, Person
from mulin.privacy.queries import TELLS

pytestmark = pytest.mark.usefixtures("english")
OURS = [model for model in apps.get_models() if model.__module__.startswith("mulin.")]
every_model = pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)


def lines_of(community):
    return Line.objects.filter(community=community.pk).count()


# Law 7: the journal tells nobody's life.


def test_a_public_move_is_cleared_and_says_nothing_about_people(town):
    case = actions.accept(town.report(), by=town.officer)
    actions.note(case, by=town.officer, words="secret words")
    *_, accept, note = (
        json.loads(row.cleared) for row in Line.objects.filter(community=town.community.pk).order_by("seq")
    )
    assert accept == {
        "at": accept["at"], "noun": f"cases.case:{case.pk}", "to": "in_hand", "verb": "accept",
    }  # fmt: skip
    assert len(accept["at"]) == len("2026-03-02T04:00+00:00")
    assert note == {"kind": "cases.case"}


def test_a_confidential_noun_is_only_counted(town):
    before = lines_of(town.community)
    actions.accept(town.report(disclosure="confidential"), by=town.officer)
    cleared = Line.objects.filter(community=town.community.pk, seq__gte=before).values_list("cleared", flat=True)
    assert list(cleared) == ['{"kind":"cases.case"}'] * 2


def test_counted_is_the_default():
    assert Flow("mulin.cases", "x", None, ()).public(None) is False


def test_each_line_has_a_salt_of_its_own(town):
    town.report()
    salts = [bytes(salt) for salt in Detail.objects.values_list("salt", flat=True)]
    assert len(set(salts)) == len(salts)
    assert {len(salt) for salt in salts} == {16}


# Law 9: a viewer is a person or nobody.


def test_nobody_may_nothing(town):
    assert Viewer() == NOBODY
    assert (NOBODY.is_person, NOBODY.is_someone, NOBODY.posts, NOBODY.actor) == (False, False, frozenset(), "guest")
    assert not NOBODY.can("cases.desk")
    case = town.report()
    assert case.flow.moves_for(NOBODY, case) == []


def test_a_secret_opens_one_case_and_only_its_hash_is_kept(town):
    case, other = (town.report(by=NOBODY, disclosure="anonymous") for _ in range(2))
    assert case.secret != other.secret
    stored = Case.objects.get(pk=case.pk)
    values = [str(getattr(stored, field.attname)) for field in stored._meta.concrete_fields]
    assert case.secret
    assert not any(case.secret in value for value in values)
    assert not Detail.objects.filter(body__contains=case.secret).exists()
    holder = Viewer(holds=frozenset([case.pk]))
    assert "withdraw" in {move.name for move in case.flow.moves_for(holder, case)}
    assert other.flow.moves_for(holder, other) == []


# Law 11: integers decide.


@every_model
def test_money_areas_and_votes_are_whole_numbers(model):
    for field in model._meta.local_fields:
        if re.search(r"_(fen|area|count|votes|points|shares?)$", field.name):
            assert isinstance(field, models.IntegerField), f"Store {field.name} as a whole number."
        if isinstance(field, models.FloatField | models.DecimalField):
            assert re.search(r"(lon|lat)$", field.name), f"{field.name}: a fraction decides nothing here."


# Law 13: every field has a class.


def test_every_field_has_a_class():
    assert [error for error in run_checks() if error.id == "kernel.E010"] == []


def test_a_field_without_a_class_stops_the_program(monkeypatch):
    fewer = {name: kind for name, kind in Case.classes.items() if name != "words"}
    monkeypatch.setattr(Case, "classes", fewer)
    assert [error.msg.split(" has ")[0] for error in every_field_has_a_class(None)] == ["cases.Case.words"]
    monkeypatch.setattr(Case, "classes", {**fewer, "words": "secret"})
    assert len(every_field_has_a_class(None)) == 1


# Law 14: everything that gives power ends by itself.

POWERS = {
    "people.Term": "ends_on", "people.Oversight": "ends_on", "entry.ApiKey": "expires_at",
    "entry.Invitation": "expires_at", "entry.OneTimeCode": "expires_at", "entry.Guest": "ends_at",
    "kernel.Pending": "expires_at",
}  # fmt: skip


@pytest.mark.parametrize(("label", "end"), POWERS.items())
def test_what_gives_power_has_a_last_day(label, end):
    assert not apps.get_model(label)._meta.get_field(end).null, "It ends by itself: give it a day."


@every_model
def test_what_grants_something_says_until_when(model):
    label, names = model._meta.label, {field.name for field in model._meta.local_fields}
    if names & {"capabilities", "scopes", "expires_at"}:
        assert label in {*POWERS, "people.PostKind"}, "It gives power: name its last day in POWERS."


# Law 15: no scoring, watching or ranking of residents.


@every_model
def test_nobody_is_scored(model):
    about_people = model._meta.label.startswith(("people.", "entry."))
    for field in model._meta.local_fields if about_people else ():
        assert not re.search(r"score|rank|points|rating|credit|risk|trouble|blacklist", field.name), (
            f"{model._meta.label}.{field.name}: matters and places have risks, persons do not."
        )


# What is told with its noun, or names someone who only did their work: each with the reason.
TOLD_OTHERWISE = {
    "entry.Invitation": "whoever invited is named in the invitation itself, which ends in two weeks",
    "people.Organisation": "the contact and the founder of an organisation are public on its page",
}


def test_people_are_told_of_every_model_that_knows_them():
    knowing = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model in (Person, Account)
    }
    assert knowing - set(TELLS) - set(TOLD_OTHERWISE) == set(), "Say in apps.ready how people are told: tells(…)."


# What names someone and stays as it is when their two entries are joined: each with the reason.
STAYS_AS_IT_IS = {
    ("joining.Joining", "stays"): "it is the record of that very joining",
    ("joining.Joining", "gone"): "it is the record of that very joining",
}


def test_whoever_is_entered_twice_takes_everything_along():
    naming = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Person
    }
    assert naming - set(CARRIED) - set(STAYS_AS_IT_IS) == set(), "Say in apps.ready what goes over: carries(…)."


def test_nothing_is_said_to_go_over_that_names_nobody():
    for model, field in CARRIED:
        assert apps.get_model(model)._meta.get_field(field).related_model is Person

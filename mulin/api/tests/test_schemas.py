"""Form fields as JSON schema, and JSON checked before a form sees it."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy

from mulin.api.schemas import PAGES_ONLY, asked_of, asks_of, field_schema, fields_of, is_needed, wrong_type
from mulin.kernel.forms import Act


class Everything(forms.Form):
    words = forms.CharField(label="Words", max_length=20, help_text="A few.")
    more = forms.CharField(required=False)
    heads = forms.IntegerField(min_value=1, max_value=9)
    lon = forms.FloatField(required=False)
    price = forms.DecimalField(min_value=0, max_value=Decimal("9.5"), required=False)
    day = forms.DateField()
    moment = forms.DateTimeField()
    sure = forms.BooleanField(required=False)
    colour = forms.ChoiceField(choices=[("", "None"), ("Warm", [("red", "Red"), ("gold", "Gold")])], initial="red")
    stars = forms.TypedChoiceField(coerce=int, choices=[(1, "One"), (2, "Two")])
    file = forms.FileField(required=False)
    once = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("words", {"type": "string", "maxLength": 20, "minLength": 1, "pattern": r"\S"}),
        ("more", {"type": "string"}),
        ("heads", {"type": "integer", "minimum": 1, "maximum": 9}),
        ("lon", {"type": "number"}),
        ("price", {"type": "number", "minimum": 0, "maximum": 9.5}),
        ("day", {"type": "string", "format": "date"}),
        ("moment", {"type": "string", "format": "date-time"}),
        ("sure", {"type": "boolean"}),
        ("colour", {"type": "string", "enum": ["red", "gold"], "default": "red"}),
        ("stars", {"type": "integer", "enum": [1, 2]}),
        ("file", {"type": "array", "items": {"type": "string", "format": "binary"}}),
    ],
)
def test_a_field_becomes_a_schema(name, schema):
    assert field_schema(Everything.base_fields[name]) == schema


def test_what_only_pages_need_is_not_asked():
    assert "once" in PAGES_ONLY
    assert "once" not in fields_of(Everything.base_fields)


def test_a_first_value_makes_a_field_optional():
    needed = {name for name, field in Everything.base_fields.items() if is_needed(field)}
    assert needed == {"words", "heads", "day", "moment", "stars"}


def test_what_is_asked_carries_its_words_and_choices():
    asks = {ask.name: ask for ask in asks_of(Everything())}
    assert (asks["words"].label, asks["words"].help, asks["words"].required) == ("Words", "A few.", True)
    assert [choice.label for choice in asks["colour"].choices] == ["Red", "Gold"]


class Same(Act):
    words = forms.CharField(label=gettext_lazy("Words"))


class Chosen(Act):
    colour = forms.ChoiceField(choices=lambda: [("red", "Red")])


class Narrowed(Act):
    words = forms.CharField()

    def offer(self):
        self.fields["words"].label = self.by


def asked(form, by=None):
    noun = SimpleNamespace(flow=SimpleNamespace(form=lambda name: form))
    return asked_of(noun, "any", by=by)


def test_what_is_asked_of_all_alike_is_put_together_once():
    assert asked(Same) is asked(Same)


@pytest.mark.parametrize("form", [Chosen, Narrowed])
def test_what_is_looked_up_is_put_together_for_each_viewer(form):
    assert asked(form, "wang") is not asked(form, "wang")


def test_what_is_asked_follows_its_viewer():
    assert [asked(Narrowed, by)[0].label for by in ("wang", "chen")] == ["wang", "chen"]


def test_what_is_asked_follows_the_language():
    with translation.override("zh-hans"):
        first = asked(Same)
    with translation.override("en"):
        assert asked(Same) is not first


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("words", "x", [5, None, ["x"], {"a": 1}, True]),
        ("heads", 3, ["3", 3.5, True, 10**30]),
        ("lon", 1.5, ["1.5", True, 10**400, []]),
        ("sure", False, ["no", 0]),
        ("day", "2026-01-31", [20260131]),
        ("stars", 2, ["2", False]),
        ("file", None, ["x", {}]),
    ],
)
def test_a_wrong_type_gets_a_sentence(name, good, bad):
    field = Everything.base_fields[name]
    if good is not None:
        assert wrong_type(field, good) == ""
    for value in bad:
        assert wrong_type(field, value), value

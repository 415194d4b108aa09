"""Form fields as JSON schema: for the API's document, for what a move asks, and to check JSON before the form does."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Any

import msgspec
from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.kernel.forms import Act

SEVERAL = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
# Fields that exist for pages only: the API has a header for it.
PAGES_ONLY = {"once"}


class Choice(msgspec.Struct):
    """One thing that can be chosen."""

    value: str | int
    label: str


class Ask(msgspec.Struct, omit_defaults=True):
    """One thing that a move asks; `schema` is JSON schema."""

    name: str
    label: str
    required: bool
    schema: dict[str, Any]
    help: str = ""
    choices: list[Choice] = []


def fields_of(fields: Any) -> dict[str, forms.Field]:
    """Keep the fields that the API asks for."""
    return {name: field for name, field in fields.items() if name not in PAGES_ONLY}


def is_needed(field: forms.Field) -> bool:
    """Tell whether a call has to bring this field: it is required and has no first value."""
    return field.required and field.initial is None


def field_schema(field: forms.Field) -> dict[str, Any]:
    """Write a form field as JSON schema."""
    schema = {**_shape(field)}
    if field.initial is not None and not callable(field.initial):
        schema["default"] = field.initial
    return schema


def _shape(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.FileField):
        files = {"type": "array", "items": {"type": "string", "format": "binary"}}
        return {**files, "maxItems": field.most} if hasattr(field, "most") else files
    if isinstance(field, forms.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, forms.ModelChoiceField):
        return _one_or_several(field, {"type": "string", "format": "uuid"})
    if isinstance(field, forms.ChoiceField):
        values = [choice.value for choice in choices_of(field)]
        kind = "integer" if values and all(isinstance(value, int) for value in values) else "string"
        return _one_or_several(field, {"type": kind, "enum": values} if values else {"type": kind})
    if isinstance(field, forms.IntegerField):
        return _number(field)
    if isinstance(field, forms.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    return _text(field)


def _one_or_several(field: forms.Field, one: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": one, "uniqueItems": True} if isinstance(field, SEVERAL) else one


def _type(field: forms.Field) -> str:
    if isinstance(field, SEVERAL):
        return "array"
    # To list what can be chosen costs more than all the rest; only texts are chosen by what a person typed.
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.TypedChoiceField):
        return "string"
    return str(_shape(field)["type"])


def _number(field: forms.IntegerField) -> dict[str, Any]:
    # Bounds as JSON has them: Django's may be Decimals, which would be written as texts.
    is_whole = not isinstance(field, forms.FloatField | forms.DecimalField)
    bounds: dict[str, Any] = {"minimum": field.min_value, "maximum": field.max_value}
    given = {name: bound for name, bound in bounds.items() if bound is not None}
    told = {name: int(bound) if bound == int(bound) else float(bound) for name, bound in given.items()}
    return {"type": "integer" if is_whole else "number"} | told


def _text(field: forms.Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if (most := getattr(field, "max_length", None)) is not None:
        schema["maxLength"] = most
    if field.required:
        # One character that is not a space: the form strips them off.
        schema |= {"minLength": 1, "pattern": r"\S"}
    return schema


def choices_of(field: forms.Field) -> list[Choice]:
    """List what can be chosen in a field, groups opened, the empty choice left out."""
    if not isinstance(field, forms.ChoiceField):
        return []
    flat: list[Choice] = []
    for value, label in iter(field.choices):  # type: ignore[arg-type]
        options = label if isinstance(label, list | tuple) else [(value, label)]
        flat += [Choice(_plain(key), str(text)) for key, text in options if str(key) != ""]
    return flat


def _plain(key: Any) -> str | int:
    return key if isinstance(key, int) else str(key)


def asks_of(form: forms.Form) -> list[Ask]:
    """Say what a form asks of its viewer now."""
    return [
        Ask(
            name, str(field.label or name), is_needed(field), field_schema(field), str(field.help_text),
            choices_of(field),
        )
        for name, field in fields_of(form.fields).items()
    ]  # fmt: skip


def asked_of(noun: Any, name: str, *, by: Any) -> list[Ask]:
    """Say what a move asks of its viewer now; what it asks of everyone alike is put together once in each language."""
    form_class = noun.flow.form(name) or Act
    return _asked(form_class, get_language()) if _is_fixed(form_class) else asks_of(form_class(by=by, noun=noun))


@lru_cache(maxsize=1000)
def _asked(form_class: type[Act], language: str | None) -> list[Ask]:
    return asks_of(form_class(by=None))


@cache
def _is_fixed(form_class: type[Act]) -> bool:
    """Tell whether a form is the same for each viewer and noun: it narrows nothing and looks nothing up."""
    alike = form_class.offer is Act.offer and form_class.__init__ is Act.__init__
    return alike and not any(map(_looks_up, form_class.base_fields.values()))


def _looks_up(field: forms.Field) -> bool:
    listed = isinstance(getattr(field, "choices", None), CallableChoiceIterator)
    return listed or callable(field.initial) or isinstance(field, forms.ModelChoiceField)


def wrong_type(field: forms.Field, value: Any) -> str:
    """Say what JSON a field takes, when this value is something else; empty when it fits."""
    if isinstance(field, forms.FileField):
        return _("Send this as files in a multipart/form-data body.")
    kind = _type(field)
    if kind == "array":
        is_list = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return "" if is_list else _("Send a list of texts.")
    if kind == "boolean":
        return "" if isinstance(value, bool) else _("Send true or false.")
    if kind == "string":
        return "" if isinstance(value, str) else _("Send a text.")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _("Send a number.")
    if kind == "integer":
        return "" if isinstance(value, int) and abs(value) < 10**18 else _("Send a whole number.")
    try:
        return "" if math.isfinite(float(value)) else _("Send a number.")
    except OverflowError:
        return _("Send a number.")

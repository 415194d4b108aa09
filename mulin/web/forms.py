"""How Django draws forms here, through our templates, so that no form needs classes of its own; and fields of many."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# Said by Django; listed here so that our catalogue says them in our words.
WORDS = (
    _("This field is required."),
    _("Enter a whole number."),
    _("Enter a valid date."),
    _("Enter a valid email address."),
    _("Enter a number."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    _("The submitted file is empty."),
)


class Renderer(TemplatesSetting):
    """Renders forms and fields with the kit. Needs mulin.web before django.forms in INSTALLED_APPS."""

    form_template_name = "web/fields.html"
    field_template_name = "web/field.html"


class Words(forms.CharField):
    """A few sentences."""

    def __init__(self, *, rows: int = 3, max_length: int = 2000, **options: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **options)


class Day(forms.DateField):
    """A day, chosen in the browser's calendar: it reads no other way of writing one than this."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

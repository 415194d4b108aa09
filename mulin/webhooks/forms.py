"""What is asked about webhooks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.wire.forms import AddressField

from .models import Delivery
from .queries import labels


class Change(Act):
    """What it is called and what it hears."""

    name = forms.CharField(label=_("What is it for?"), max_length=60)
    events = forms.MultipleChoiceField(
        label=_("What it hears"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=lambda: list(labels().items()),
        help_text=_("Nothing chosen: everything that is public."),
    )  # fmt: skip

    def offer(self) -> None:
        if self.noun is not None and self.noun.name:
            self.fields["name"].initial, self.fields["events"].initial = self.noun.name, self.noun.events


class Make(Change):
    """Where it is told, too."""

    url = AddressField(label=_("Address"), help_text=_("https://… of the other program."))
    field_order = ["name", "url", "events"]


class Again(Act):
    """Which message is sent once more."""

    delivery: Any = forms.ModelChoiceField(queryset=None, label=_("Message"))

    def offer(self) -> None:
        field: Any = self.fields["delivery"]
        field.queryset = Delivery.objects.filter(webhook=self.noun).order_by("-pk")


class Replay(Act):
    """Which lines of the log are sent once more."""

    first = forms.IntegerField(label=_("From line"), min_value=0, max_value=10**12)
    last = forms.IntegerField(label=_("To line"), min_value=0, max_value=10**12)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("first") is not None and told.get("last") is not None and told["first"] > told["last"]:
            raise ValidationError(gettext("Put the smaller number first."))
        return told

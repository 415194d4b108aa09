"""What is asked about a mandate: matters with their limits, who granted it, what was decided, why it is revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.web.forms import Day, Words

from .. import queries
from ..figures import MATTERS, matter_choices, matter_name
from ..models import Body
from .fields import Yuan, apart

LIMIT = "limit_"


class Propose(Act):
    """Which matters a body may decide alone, for how much money, where and until when."""

    body = forms.ModelChoiceField(Body.objects.none(), label=_("Which body?"), empty_label=_("Please choose"))
    year = Yuan(label=_("All of a year together, in yuan"), help_text=_("0: it decides, and spends nothing."))
    place = forms.ChoiceField(label=_("For which place?"), required=False)
    starts_on = Day(label=_("First day"))
    ends_on = Day(label=_("First day without the mandate"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        names = list(self.fields)
        for key in MATTERS:
            self.fields[f"{LIMIT}{key}"] = Yuan(label=matter_name(key), required=False)
        first: Any = self.fields[f"{LIMIT}{MATTERS[0]}"]
        first.help_text = _("Yuan for one decision. Empty: no part of the mandate; 0: without spending money.")
        self.order_fields([names[0], *(f"{LIMIT}{key}" for key in MATTERS), *names[1:]])

    def offer(self) -> None:
        """Offer the bodies there are and the places; begin with the body that was named."""
        community = self.noun.community_id
        body: Any = self.fields["body"]
        body.queryset = Body.objects.filter(community=community).living().for_list().order_by("organisation__name")
        place: Any = self.fields["place"]
        place.choices = [("", _("The place that it speaks for")), *queries.place_choices(community)]
        if self.noun.body_id:
            self.initial = {"body": self.noun.body_id, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Gather the matters that were named."""
        if self.errors:
            return self.cleaned_data
        told = apart({**self.cleaned_data, "year_fen": self.cleaned_data["year"]})
        matters = {key: told.pop(f"{LIMIT}{key}") for key in MATTERS}
        named = {key: most for key, most in matters.items() if most is not None}
        if not named:
            raise ValidationError(_("Name one matter at least, and how much one decision may cost; 0 for none."))
        del told["year"]
        return {**told, "matters": named}


class Grant(Act):
    """Who granted it, with which decision."""

    granted_by = forms.CharField(
        label=_("Who granted it?"), max_length=200,
        help_text=_("Such as: residents' meeting of 12 May, 214 of 301 households. Everyone reads it."),
    )  # fmt: skip
    granted_on = Day(label=_("Day of the decision"))
    granted_ref = forms.CharField(
        label=_("Where can the decision be read?"),
        max_length=200,
        required=False,
        help_text=_("A number or an address."),
    )

    def clean(self) -> dict[str, Any]:
        """Write the day as what waits for a second person keeps it."""
        told = self.cleaned_data
        return {**told, "granted_on": told["granted_on"].isoformat()} if told.get("granted_on") else told


class Use(Act):
    """What was decided under the mandate."""

    matter = forms.ChoiceField(label=_("Matter"))
    what = forms.CharField(label=_("What was decided?"), max_length=200, help_text=_("Everyone reads it: no names."))
    amount = Yuan(label=_("What it costs, in yuan"), required=False)
    decided_on = Day(label=_("Day of the decision"), required=False, help_text=_("Empty means today."))
    ref = forms.CharField(
        label=_("Where can the decision be read?"),
        max_length=200,
        required=False,
        help_text=_("A number or an address."),
    )

    def offer(self) -> None:
        """Offer the mandate's own matters."""
        field: Any = self.fields["matter"]
        field.choices = [(row.key, str(row)) for row in self.noun.matters]

    def clean(self) -> dict[str, Any]:
        """Give the money in fen."""
        told = dict(self.cleaned_data)
        told["amount_fen"] = told.pop("amount", None) or 0
        return told


class Revoke(Act):
    """Who revoked it, and why."""

    ended_by = forms.CharField(
        label=_("Who revoked it?"), max_length=200, help_text=_("Those who granted it, with which decision.")
    )
    reason = Words(rows=2, max_length=500, label=_("Why?"), help_text=_("Everyone reads it."))


class Within(forms.Form):
    """Whether something would be within the mandate."""

    matter = forms.ChoiceField(label=_("Matter"))
    amount = Yuan(label=_("What it costs, in yuan"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["matter"]
        field.choices = matter_choices()

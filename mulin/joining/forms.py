"""What is asked when two entries are said to be one person, or two."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.people.flow import PersonState
from mulin.people.forms.choosing import Chosen, Phone, one_of, seen
from mulin.people.models import Person
from mulin.territory.models import Building

from . import queries


class Propose(Chosen):
    """The entry that stays, as a page or program found it, and the other one of the same person."""

    stays = forms.ModelChoiceField(Person.objects.none(), widget=forms.HiddenInput())
    gone = forms.ModelChoiceField(Person.objects.none(), required=False, widget=forms.HiddenInput())
    name = forms.CharField(label=_("Full name in the other entry"), max_length=60, required=False)
    phone = Phone(label=_("Phone number in the other entry"))
    building = one_of(Building, _("Building of the other entry"))
    asks = ("gone", "name", "phone", "building")

    def offer(self) -> None:
        """Look among those whom this viewer may see; what the page knows already is not asked."""
        super().offer()
        stays: Any = self.fields["stays"]
        stays.queryset = seen(Person.objects, self.by).filter(state=PersonState.HERE)
        if self.noun is not None:
            self.initial = {"stays": self.noun.stays_id, "gone": self.noun.gone_id, **self.initial}
            if self.noun.gone_id:
                for name in self.asks[1:]:
                    del self.fields[name]

    def candidates(self) -> Any:
        """Keep every open entry, of people who moved away too, but not the one that stays."""
        rows = seen(Person.objects, self.by).filter(state__in=queries.KNOWN)
        return rows.exclude(pk=self.noun.stays_id) if self.noun is not None and self.noun.stays_id else rows

    def clean(self) -> dict[str, Any]:
        """Refuse the same entry twice."""
        told = super().clean()
        if told.get("gone") and told.get("gone") == told.get("stays"):
            raise ValidationError(_("This is the same entry. Choose the other one."), code="same")
        return told


class TellApart(Act):
    """Two entries, of two persons."""

    stays = forms.ModelChoiceField(Person.objects.none(), widget=forms.HiddenInput())
    gone = forms.ModelChoiceField(Person.objects.none(), widget=forms.HiddenInput())

    def offer(self) -> None:
        """Look among those whom this viewer may see."""
        fields: Any = self.fields
        for name in ("stays", "gone"):
            fields[name].queryset = seen(Person.objects, self.by).filter(state__in=queries.KNOWN)


class Join(Act):
    """What was seen of both entries; a program may leave it out."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput())

    def offer(self) -> None:
        """Keep what the page shows now."""
        if self.noun is not None:
            self.initial = {"seen": queries.stamp(self.noun.gone, self.noun.stays), **self.initial}

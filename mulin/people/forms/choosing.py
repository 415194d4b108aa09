"""Finding one person among many: by two things that are known of them, never by a list of all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.kernel.refusals import Refused
from mulin.secrecy.normal import normal_phone
from mulin.territory.models import Building

from .. import queries
from ..figures import masked
from ..flow import PersonState
from ..models import Organisation, Person

FIRST_YEAR, LAST_YEAR = 1880, 2100


def here(by: Any) -> Any:
    """Return the community of whoever fills in a form; time and the program have none."""
    return getattr(by, "community_id", None)


def seen(rows: Any, by: Any) -> Any:
    """Keep the rows that whoever fills in a form may see."""
    return rows.visible_to(by) if here(by) else rows.none()


def one_of(model: Any, label: Any) -> forms.ModelChoiceField[Any]:
    """Return a field for one row or none; the form says among which."""
    return forms.ModelChoiceField(model.objects.none(), label=label, empty_label=_("Please choose"), required=False)


class Phone(forms.CharField):
    """A phone number, written the one way."""

    def __init__(self, **options: Any) -> None:
        shown = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
        super().__init__(max_length=30, required=False, widget=shown, **options)

    def clean(self, value: Any) -> str:
        given = super().clean(value)
        return normal_phone(given) if given else ""


class Search(Act):
    """Two things that are known of someone."""

    name = forms.CharField(label=_("Person's name"), max_length=60, min_length=2, required=False)
    phone = Phone(label=_("Whole phone number"))
    building = one_of(Building, _("Building"))
    born_in = forms.IntegerField(
        label=_("Year of birth"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    organisation = one_of(Organisation, _("Organisation"))

    def offer(self) -> None:
        """Offer the buildings and organisations of the community."""
        fields: Any = self.fields
        fields["building"].queryset = Building.objects.filter(community=here(self.by)).order_by("number", "name")
        fields["organisation"].queryset = seen(Organisation.objects, self.by).living().order_by("name")
        for field in fields.values():
            field.is_either = True

    @property
    def given(self) -> dict[str, Any]:
        """Return what was filled in."""
        return {key: value for key, value in self.cleaned_data.items() if value}


class Chosen(Act):
    """Finds the one person meant; `asks` names the fields for a known person, a name, a phone and a building."""

    asks = ("person", "name", "phone", "building")
    is_needed = True

    def offer(self) -> None:
        """Look among those whom this viewer may see and who are here."""
        person, _name, _phone, building = self.asks
        fields: Any = self.fields
        fields[person].queryset = self.candidates()
        fields[building].queryset = Building.objects.filter(community=here(self.by)).order_by("number", "name")
        for key in self.asks[1:] if self.is_needed else ():
            fields[key].is_either = True  # a name and one of the others; none of them alone is optional

    def candidates(self) -> Any:
        """Keep who can be chosen."""
        return seen(Person.objects, self.by).filter(state=PersonState.HERE)

    def clean(self) -> dict[str, Any]:
        """Turn what is known of someone into the one person meant."""
        told = self.cleaned_data
        person, *rest = self.asks
        given = dict(zip(("name", "phone", "building"), (told.pop(key, None) for key in rest), strict=True))
        known = {key: value for key, value in given.items() if value}
        if told.get(person) or (not known and not self.is_needed) or self.errors:
            return told
        try:
            found = queries.search(self.candidates(), **known)
        except Refused as refused:
            raise ValidationError(refused.message) from None
        if len(found) != 1:
            self._ask_which(found, given["name"] or "")
            raise ValidationError(_SEVERAL if found else _NOBODY, code="one_person")
        return told | {person: found[0]}

    def _ask_which(self, found: list[Person], name: str) -> None:
        """Offer those who fit, told apart by what a list may show."""
        if found:
            field: Any = self.fields[self.asks[0]]
            field.widget = forms.RadioSelect()
            field.choices = [(each.pk, _shown(each, name)) for each in found]


def _shown(person: Person, typed: str) -> str:
    """Write someone as lists do: the name whole only where it was typed whole, the number masked."""
    name = person.name if person.name == typed.strip() else masked(person.name)
    return " ".join(filter(None, (name, person.masked_phone, str(person.entrance or ""))))


def hidden_person() -> forms.ModelChoiceField[Any]:
    """Return the field for someone whom a page or program found already; shown only where several fit."""
    return forms.ModelChoiceField(
        Person.objects.none(), required=False, widget=forms.HiddenInput(), label=_("Whom do you mean?")
    )


class OnePerson(Chosen):
    """Asks for one person: by name and phone or building, or as a page or program already found them."""

    person = hidden_person()
    name = forms.CharField(label=_("Full name"), max_length=60, required=False)
    phone = Phone(label=_("Phone number"), help_text=_("The number or the building, so that we find the right one."))
    building = one_of(Building, _("Building"))


_SEVERAL = _("Several people fit. Choose the one you mean, or give the whole name and the phone number.")
_NOBODY = _("Nobody fits. Enter the person in the register first, or invite them by mail or phone.")

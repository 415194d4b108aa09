"""What is asked about an organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.territory.models import Building

from ..figures import GROUP_KINDS, ORGANISATION_KINDS, registration_code
from ..models import Organisation
from ..queries import below
from .choosing import Chosen, Phone, hidden_person, one_of, seen

AREA = forms.Textarea(attrs={"rows": 4})


class Code(forms.CharField):
    """A unified social credit code."""

    def __init__(self, **options: Any) -> None:
        words = _("The 18 characters of the unified social credit code, where there is one.")
        super().__init__(max_length=30, required=False, label=_("Registration number"), help_text=words, **options)

    def clean(self, value: Any) -> str:
        given = super().clean(value)
        try:
            return registration_code(given) if given else ""
        except ValueError as error:
            raise ValidationError(str(error), code="registration_number") from None


class Propose(Act):
    """A group that neighbours found."""

    kind = forms.ChoiceField(
        label=_("What kind of group"), choices=[(key, ORGANISATION_KINDS[key]) for key in GROUP_KINDS]
    )
    name = forms.CharField(label=_("Its name"), max_length=80)
    about = forms.CharField(
        label=_("What you do together"), max_length=1000, widget=AREA,
        help_text=_("When and where you meet, and who can join. Everyone reads this once it is registered."),
    )  # fmt: skip


class AddOrganisation(Chosen):
    """An organisation that there is already."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Please choose")), *ORGANISATION_KINDS.items()])
    name = forms.CharField(label=_("Its name"), max_length=80)
    registration_number = Code()
    parent = one_of(Organisation, _("Belongs to"))
    about = forms.CharField(label=_("What it does"), max_length=1000, required=False, widget=AREA)
    contact = hidden_person()
    contact_name = forms.CharField(label=_("Contact person's full name"), max_length=60, required=False)
    contact_phone = Phone(label=_("Contact person's phone number"))
    contact_building = one_of(Building, _("Contact person's building"))
    asks = ("contact", "contact_name", "contact_phone", "contact_building")
    is_needed = False

    def offer(self) -> None:
        """Offer the organisations that it can belong to."""
        super().offer()
        parents: Any = self.fields["parent"]
        parents.queryset = self.parents()

    def parents(self) -> Any:
        """Keep the organisations above which this one does not stand."""
        return seen(Organisation.objects, self.by).living().order_by("name")


class Amend(AddOrganisation):
    """What is set right about an organisation; its kind stays."""

    kind = None  # type: ignore[assignment]

    def offer(self) -> None:
        """Show how it stands."""
        super().offer()
        if (noun := self.noun) is not None:
            self.initial = {
                "name": noun.name, "registration_number": noun.registration_number, "parent": noun.parent_id,
                "about": noun.about, **self.initial,
            }  # fmt: skip

    def parents(self) -> Any:
        """Keep what does not stand below it."""
        rows = super().parents()
        return rows.exclude(pk__in=below(self.noun)) if self.noun is not None else rows


class _Reasoned(Act):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=AREA)


class TurnDown(_Reasoned):
    """Why a group is not registered."""


class Warn(_Reasoned):
    """What has to be put right."""


class Suspend(_Reasoned):
    """Why it has to rest."""


class Dissolve(_Reasoned):
    """Why it ends."""


class Uphold(_Reasoned):
    """Why the measure stays."""


class Grant(_Reasoned):
    """Why it is taken back."""


class Appeal(Act):
    """What the organisation says to it."""

    words = forms.CharField(label=_("Your words"), max_length=1000, widget=AREA)

"""What is asked about a person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import now
from mulin.kernel.forms import Act
from mulin.territory.models import Entrance
from mulin.web.forms import Day

from ..figures import PERSON_KINDS
from ..flow import PersonState
from ..models import Person
from .choosing import Phone, here, one_of

FIRST_DAY = date(1880, 1, 1)
ENTERED = [(key, label) for key, label in PERSON_KINDS.items() if key != "guest"]  # guests let themselves in


def _not_ahead(day: date) -> None:
    if not FIRST_DAY <= day <= now().date():
        raise ValidationError(_("This day cannot be a day of birth."), code="born_on")


class _Person(Act):
    name = forms.CharField(label=_("Person's name"), max_length=60)
    phone = Phone(label=_("Phone number"))
    entrance = one_of(Entrance, _("Entrance of the home"))
    born_on = Day(
        label=_("Day of birth"), required=False, validators=[_not_ahead],
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Lives or works here"), choices=ENTERED, initial="resident")

    def offer(self) -> None:
        """Offer the doors of the community."""
        doors: Any = self.fields["entrance"]
        doors.queryset = Entrance.objects.filter(community=here(self.by)).select_related("building")
        doors.queryset = doors.queryset.order_by("building__number", "building__name", "name")


class AddPerson(_Person):
    """Who is entered by hand."""


class Correct(_Person):
    """What is wrong about someone."""

    def offer(self) -> None:
        """Show what everybody who keeps the register sees; number and day of birth are typed anew."""
        super().offer()
        keep = _("Leave it empty to keep what is there.")
        for name in ("name", "kind"):
            self.fields[name].required = False
        for name in ("phone", "born_on"):
            self.fields[name].help_text = keep
        if self.noun is not None:
            self.initial = {
                "name": self.noun.name, "kind": self.noun.kind, "entrance": self.noun.entrance_id, **self.initial
            }  # fmt: skip


class MoveAway(Act):
    """Since when someone lives elsewhere."""

    left_on = Day(
        label=_("First day elsewhere"), required=False,
        help_text=_("Empty means today."),
    )  # fmt: skip


class JoinInto(Act):
    """Which entry of the same person stays; only the program asks."""

    stays = forms.ModelChoiceField(Person.objects.none())

    def offer(self) -> None:
        """Offer who is here, in the same community."""
        others: Any = self.fields["stays"]
        if self.noun is not None:
            here = Person.objects.filter(community=self.noun.community_id, state=PersonState.HERE)
            others.queryset = here.exclude(pk=self.noun.pk)


class Reveal(forms.Form):
    """Why someone's full number is needed."""

    reason = forms.CharField(label=_("What do you need the number for?"), max_length=200)

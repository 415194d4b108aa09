"""What the moves of households, memberships and guardians ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.forms import Act
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.territory.models import Building
from mulin.web.forms import Day

from .. import queries
from ..figures import CONSENT_AGE, How, Relation, is_under
from ..models import Household
from ..rules import KEEP


def here(form: Act) -> Any:
    """Return the community that a form is about."""
    # Time and the program itself are nowhere: the noun says where it is.
    return form.noun.community_id if form.noun is not None else form.by.community_id


class Door(Act):
    """Which door; not asked where the page knows it."""

    building = forms.ModelChoiceField(Building.objects.none(), label=gettext_lazy("Building"))
    entrance = forms.CharField(
        label=gettext_lazy("Entrance"), max_length=40, required=False,
        help_text=gettext_lazy("Only needed where two doors of the building have the same number."),
    )  # fmt: skip
    door = forms.CharField(label=gettext_lazy("Door"), max_length=40, help_text=gettext_lazy("As on the door: 1201."))

    def offer(self) -> None:
        """Offer the community's buildings, or nothing where the door is settled."""
        if self._settled:
            for name in ("building", "entrance", "door"):
                del self.fields[name]
            return
        rows = Building.objects.filter(community_id=here(self))
        self.fields["building"].queryset = rows.order_by("number", "name")  # type: ignore[attr-defined]

    @property
    def _settled(self) -> Any:
        return self.noun is not None and self.noun._state.adding and getattr(self.noun, "dwelling_id", None)

    def clean(self) -> dict[str, Any]:
        """Find the dwelling that was meant."""
        given = super().clean() or self.cleaned_data
        if self._settled:
            return {**given, "dwelling": self.noun.dwelling}
        building, door, entrance = (given.pop(name, None) for name in ("building", "door", "entrance"))
        if building is None or not door:
            return given
        found = queries.find_dwelling(building, door, entrance or "")
        if len(found) == 1:
            return {**given, "dwelling": found[0]}
        words = _("Several doors have this number here. Say at which entrance.") if found else _(
            "There is no such door in this building. Write it as it stands on the door, or tell the community."
        )  # fmt: skip
        raise forms.ValidationError({"entrance" if found else "door": words})


class Form(Door):
    """A household at a door."""

    label = forms.CharField(
        label=gettext_lazy("Label"), max_length=40, required=False,
        help_text=gettext_lazy("Only where several households live behind one door: left, A."),
    )  # fmt: skip


class Rename(Act):
    """What tells this household apart from others behind the same door."""

    label = Form.base_fields["label"]


class Relocate(Door):
    """Where the household moves."""

    starts_on = Day(label=gettext_lazy("From"), required=False)


class Dissolve(Act):
    """From when on nobody of this household lives there."""

    ends_on = Day(label=gettext_lazy("Since"), required=False)


class Belonging(forms.Form):
    """How somebody belongs to a household."""

    relation = forms.ChoiceField(label=gettext_lazy("In this household"), choices=[("", "–"), *Relation.choices])
    is_second = forms.BooleanField(
        label=gettext_lazy("This is a second home; the main home is elsewhere"), required=False
    )
    starts_on = Day(label=gettext_lazy("Lives there since"), required=False)


class Declare(Belonging, Door):
    """Where I live; a neighbour of the household or the community confirms it."""

    field_order = ("building", "entrance", "door")

    def offer(self) -> None:
        """Begin with the entrance that the register holds already."""
        super().offer()
        known = self.noun.person.entrance if self.noun is not None and self.noun.person_id else None
        if known and "building" in self.fields:
            self.initial = {"building": known.building_id, "entrance": known.name, **self.initial}


class Correct(Belonging, Act):
    """What was written down wrongly."""

    def offer(self) -> None:
        """Begin with what is there."""
        for name, value in (("relation", self.noun.relation), ("is_second", not self.noun.is_main)):
            self.fields[name].initial = value


class Admit(Belonging, Act):
    """Someone who lives here and does not say so alone: a child, an old person; the community may add anyone."""

    household = forms.ModelChoiceField(Household.objects.none(), label=gettext_lazy("Household"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=30, required=False,
        help_text=gettext_lazy("Finds someone who is in the list already."),
    )  # fmt: skip
    born_on = Day(
        label=gettext_lazy("Date of birth"), required=False,
        help_text=gettext_lazy("For children: who is under 14 needs the consent of a guardian."),
    )  # fmt: skip
    guardian = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Guardian"), required=False)
    consent = forms.CharField(
        label=gettext_lazy("What the guardian agrees to"), max_length=300, required=False,
        help_text=gettext_lazy("Under 14: in the guardian's own words, such as: I agree that my child is listed."),
    )  # fmt: skip
    field_order = ("household", "name", "phone", "born_on", "relation", "is_second", "starts_on")

    def offer(self) -> None:
        """Ask a resident no number and no guardian: that is oneself."""
        household = getattr(self.noun, "household_id", None) and self.noun.household
        if household:
            del self.fields["household"]
        else:
            seen = Household.objects.visible_to(self.by)
            self.fields["household"].queryset = seen  # type: ignore[attr-defined]
        if not self.by.can(KEEP):
            del self.fields["phone"], self.fields["guardian"]
        else:
            adults = household.adults if household else ()
            rows = Person.objects.filter(community_id=self.by.community_id)
            near = rows.filter(pk__in=adults) if household else rows
            self.fields["guardian"].queryset = near  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the guardian's consent where it is needed."""
        given = super().clean() or self.cleaned_data
        if getattr(self.noun, "household_id", None):
            given["household"] = self.noun.household
        household, born = given.get("household"), given.get("born_on")
        if household and born and is_under(born.isoformat(), CONSENT_AGE, today_in(household.community)):
            if not given.get("consent"):
                self.add_error("consent", _("A child under 14 is listed only when a guardian agrees. Write it here."))
            if "guardian" in self.fields and not given.get("guardian"):
                self.add_error("guardian", _("Say which adult of the household is the guardian."))
        return given


class Leave(Act):
    """From when on somebody does not live here."""

    ends_on = Day(label=gettext_lazy("Since"), required=False)


class Name(Act):
    """Who else is the guardian of a child."""

    child = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Child"))
    guardian = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Guardian"))

    def offer(self) -> None:
        """Let a guardian name another one, among those they live with."""
        near = queries.persons_near(self.by)
        self.fields["child"].queryset = near  # type: ignore[attr-defined]
        me: Any = getattr(self.by, "person_id", None)
        self.fields["guardian"].queryset = near.exclude(pk=me)  # type: ignore[attr-defined]
        for name in self._settled:
            del self.fields[name]

    @property
    def _settled(self) -> list[str]:
        return [name for name in ("child", "guardian") if getattr(self.noun, f"{name}_id", None)]

    def clean(self) -> dict[str, Any]:
        """Take what the page knows."""
        given = super().clean() or self.cleaned_data
        return {**given, **{name: getattr(self.noun, name) for name in self._settled}}


class Consent(Act):
    """The guardian's consent."""

    words = forms.CharField(label=gettext_lazy("What the guardian agrees to"), max_length=300, widget=forms.Textarea)
    how = forms.ChoiceField(label=gettext_lazy("How it was given"), choices=How.choices)

    def offer(self) -> None:
        """Whoever agrees on their own screen is not asked how."""
        if self.noun is not None and getattr(self.by, "person_id", None) == self.noun.guardian_id:
            del self.fields["how"]

"""What the moves of mediations ask; each form offers only what its viewer may choose."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.cases.models import Case
from mulin.kernel.clock import now
from mulin.kernel.forms import Act
from mulin.people.figures import today_in
from mulin.people.forms.choosing import Phone
from mulin.people.models import Organisation, Person
from mulin.people.queries import units_of
from mulin.web.forms import Day, Words

from . import queries
from .figures import ENDINGS, KINDS, REST_DAYS, STEP_BACKS

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _organisation(label: Any, **options: Any) -> forms.ModelChoiceField[Any]:
    given = {"empty_label": "—", "required": False, **options}
    return forms.ModelChoiceField(Organisation.objects.none(), label=label, **given)


def _name(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=60, required=False)


class Ask(Act):
    """What it is about, and with whom; the community's desk names both sides."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=list(KINDS.items()))
    matter = Words(
        label=_("In your words"), rows=4, max_length=2000,
        help_text=_("The other side and the mediator read it. Say what happens, not what somebody is like."),
    )  # fmt: skip
    first_organisation = _organisation(_("First side: an organisation"))
    first_name = _name(_("First side: or a person's full name"))
    first_phone = Phone(label=_("First side: their whole phone number"))
    own_organisation = _organisation(_("Whom do you speak for?"), empty_label=_("Myself"))
    other_organisation = _organisation(_("Other side: an organisation"))
    other_name = _name(_("Other side: or a person's full name"))
    other_phone = Phone(
        label=_("Other side: their whole phone number"),
        help_text=_("If we know the name with this number, they are told. Otherwise you give them a code."),
    )
    case = forms.ModelChoiceField(Case.objects.none(), required=False, widget=forms.HiddenInput)

    def offer(self) -> None:
        """Offer organisations; only the desk names a first side that is not itself."""
        fields: Any = self.fields
        living = Organisation.objects.visible_to(self.by).living().order_by("name")
        own = units_of(self.by)
        if not self.by.can("cases.desk"):
            for name in ("first_organisation", "first_name", "first_phone"):
                del fields[name]
        if own:
            fields["own_organisation"].queryset = living.filter(pk__in=own)
        else:
            del fields["own_organisation"]
        for name in ("first_organisation", "other_organisation"):
            if name in fields:
                fields[name].queryset = living
        if "first_name" in fields:
            fields["first_organisation"].help_text = _("The three empty: you ask for yourself.")
        fields["case"].queryset = Case.objects.filter(community=self.noun.community).readable_to(self.by)

    def clean(self) -> dict[str, Any]:
        """Ask for the other side in one way or another."""
        told = super().clean() or {}
        if not self.errors and not (told.get("other_organisation") or told.get("other_name")):
            self.add_error("other_name", _now("Say with whom: choose an organisation, or write a name."))
        return told


class Propose(Act):
    """Somebody whom both sides may trust."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who should mediate?"), required=False, empty_label="—"
    )
    name = _name(_("Or somebody else whom you trust: full name"))
    phone = Phone(label=_("Their whole phone number"))

    def offer(self) -> None:
        """Offer mediators first, then others who hold a post, nobody who belongs to a side."""
        field: Any = self.fields["person"]
        groups = queries.mediators(self.noun)
        keys = [person.pk for _label, people in groups for person, _post in people]
        field.queryset = Person.objects.filter(community=self.noun.community_id, pk__in=keys)
        field.choices = [("", "—"), *(
            (label, [(person.pk, f"{person.name} ({post})") for person, post in people]) for label, people in groups
            if people
        )]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Turn a name and number into the one person meant."""
        told = super().clean() or {}
        name, phone = told.pop("name", ""), told.pop("phone", "")
        if self.errors or told.get("person"):
            return told
        found = queries.known_as(self.noun.community, name, phone)
        if found is None:
            words = _("Choose somebody, or write the whole name and number of somebody who is registered here.")
            self.add_error("person", words)
        return told | {"person": found}


class Choose(Act):
    """The very person who was proposed."""

    person = forms.ChoiceField(widget=forms.HiddenInput)

    def offer(self) -> None:
        """Take only whom the page named."""
        field: Any = self.fields["person"]
        said = str(self.noun.candidate_id or "")
        field.choices, field.initial = [(said, said)], said


class TakeOn(Act):
    """That one stands too near to neither side."""

    no_conflict = forms.BooleanField(
        label=_("I am no relative, friend, neighbour next door, employer or debtor of either side, and gain nothing."),
        error_messages={"required": _("Declare it, or decline: both is fine.")},
    )


class _Reasoned(Act):
    ground = forms.ChoiceField(label=_("Why?"), choices=list(STEP_BACKS.items()))
    words = Words(label=_("A word to both sides"), rows=2, max_length=300, required=False)


class PassOn(_Reasoned):
    """Why one does not mediate."""


class StepDown(_Reasoned):
    """Why one mediates no longer."""


class Plan(Act):
    """When and where both sides meet."""

    at = forms.DateTimeField(label=_("When?"), widget=MOMENT)
    place = forms.CharField(label=_("Where?"), max_length=120)

    def clean_at(self) -> Any:
        """Refuse what is over."""
        at = self.cleaned_data["at"]
        if at < now():
            raise forms.ValidationError(_now("This is over already. Choose a time to come."))
        return at


class Hold(Act):
    """Who came, what both read of it, and what only the mediator does."""

    came = forms.CharField(label=_("Who came?"), max_length=300)
    summary = Words(label=_("What both sides read of it"), rows=4, max_length=3000)
    notes = Words(
        label=_("Your own notes"), rows=4, max_length=4000, required=False,
        help_text=_("Nobody but you reads them. They are stored encrypted and go a year after the end."),
    )  # fmt: skip


class Draft(Act):
    """The text, and the days on which it is asked whether it is kept."""

    text = Words(
        label=_("What is agreed"), rows=10, max_length=6000,
        help_text=_("Who does what by when; payments in words, too. Both sides confirm it word for word."),
    )  # fmt: skip
    first_on = Day(label=_("First follow-up"))
    second_on = Day(label=_("Second follow-up"), required=False)
    third_on = Day(label=_("Third follow-up"), required=False)

    def offer(self) -> None:
        """Begin with the text that stands."""
        if (text := self.noun.agreement) is not None:
            on = [row.on for row in self.noun.follow_ups]
            days = dict(zip(("first_on", "second_on", "third_on"), on, strict=False))
            self.initial = {"text": text.text, **days, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Put the days in order; all lie ahead, within a year."""
        told = super().clean() or {}
        names = ("first_on", "second_on", "third_on")
        days = sorted({told[name] for name in names if told.get(name)})
        today = today_in(self.noun.community)
        if days and not (today < days[0] and days[-1] <= today + timedelta(days=366)):
            self.add_error("first_on", _now("Choose days to come, within a year."))
        return {"text": told.get("text", ""), "days": days}


class Confirm(Act):
    """The fingerprint of the very text that was read."""

    fingerprint = forms.ChoiceField(
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("The text was changed after you read it. Read it again, then confirm.")},
    )

    def offer(self) -> None:
        """Take only the text that stands."""
        field: Any = self.fields["fingerprint"]
        said = self.noun.agreement.fingerprint if self.noun.agreement else ""
        field.choices, field.initial = [(said, said)], said


class AskChange(Act):
    """What should be different."""

    words = Words(label=_("What should be different? Both sides and the mediator read it."), max_length=1000)


class Pause(Act):
    """How long."""

    days = forms.TypedChoiceField(label=_("How long?"), coerce=int, choices=list(REST_DAYS.items()))


class Fail(Act):
    """Why there is no agreement."""

    ground = forms.ChoiceField(label=_("Why?"), choices=list(ENDINGS.items()))
    words = Words(label=_("A word to both sides"), max_length=1000, required=False)


class ReportBreach(Act):
    """What is not kept."""

    words = Words(label=_("What is not kept? Both sides and the mediator read it."), max_length=1000)


class Code(forms.Form):
    """The code of a side, as it was handed over."""

    code = forms.CharField(
        label=_("Code"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "ml-num"}),
        help_text=_("Ten letters and figures, from whoever asked you or from your side."),
    )  # fmt: skip

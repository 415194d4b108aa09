"""What is asked about a body: of which organisation, with which seats and rules, who gets a seat, until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.kernel.refusals import Refused
from mulin.people.forms.choosing import OnePerson, here
from mulin.people.models import Organisation
from mulin.web.forms import Day, Words

from .. import queries
from ..figures import BASES, MOST_SEATS, kind_choices, pack_choices
from ..models import Body, Seat
from ..queries.fitting import fit
from .fields import HOW, Fraction, Number, apart

USUAL = _("Empty: as the law asks, or as is usual for this kind.")
AS_USUAL = _("As is usual for this kind")
EACH = [("", _("All for the whole place")), ("building", _("One for each building, the rest for the whole place")),
        ("grid", _("One for each grid, the rest for the whole place"))]  # fmt: skip


class _Rules(Act):
    """Seats, terms and rules of the meeting."""

    seats = Number(label=_("How many seats?"), most=MOST_SEATS)
    years = Number(label=_("A term lasts at most, in years"), most=5, required=False, help_text=USUAL)
    quorum_how = forms.ChoiceField(label=_("How many of all seats must be there?"), choices=[("", AS_USUAL), *HOW],
                                   required=False)  # fmt: skip
    quorum = Fraction(label=_("Which part of all seats must be there?"), required=False, help_text=USUAL)
    decision_base = forms.ChoiceField(
        label=_("What is a decision counted of?"), choices=[("", AS_USUAL), *BASES.items()], required=False
    )
    decision_how = forms.ChoiceField(label=_("How many must say yes?"), choices=[("", AS_USUAL), *HOW], required=False)
    decision = Fraction(label=_("Which part must say yes?"), required=False, help_text=USUAL)
    pack = forms.ChoiceField(label=_("Rule pack for its votes"), required=False)
    no_pack = AS_USUAL

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field: Any = self.fields["pack"]
        field.choices = [("", self.no_pack), *pack_choices()]

    def fits(self, told: dict[str, Any], **of: Any) -> dict[str, Any]:
        """Say now, and not only when a second person agrees, what the law does not allow."""
        if not self.errors:
            try:
                fit(told, **of)
            except Refused as refused:
                raise ValidationError(refused.message, code=refused.code) from None
        return told


class Found(_Rules):
    """Which organisation becomes which body, for which place, with which seats and rules."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("Please choose"),
        help_text=_("It has to be registered first, as a council, a residents' committee or an owners' committee."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("What kind of body?"))
    place = forms.ChoiceField(label=_("For which place does it speak?"))
    one_each = forms.ChoiceField(label=_("Where do the seats come from?"), choices=EACH, required=False)
    supervisor = forms.ModelChoiceField(
        Body.objects.none(), label=_("Who supervises it?"), required=False, empty_label=_("No other body")
    )
    founded_by = forms.CharField(
        label=_("Who founded it, with which decision?"), max_length=200,
        help_text=_("Such as: residents' meeting of 12 May, decision no. 3. Everyone reads it."),
    )  # fmt: skip
    founded_on = Day(label=_("Day of that decision"), required=False)
    field_order = ("organisation", "kind", "place", "seats", "one_each", "years", "founded_by", "founded_on",
                   "supervisor")  # fmt: skip

    def offer(self) -> None:
        """Offer organisations that are no body yet, places, and who can supervise; begin with what was named."""
        fields: Any = self.fields
        fields["organisation"].queryset = queries.organisations(here(self.by))
        fields["kind"].choices = [("", _("Please choose")), *kind_choices()]
        fields["place"].choices = queries.place_choices(here(self.by)) if here(self.by) else []
        fields["supervisor"].queryset = queries.supervisors(here(self.by))
        if self.noun is not None and self.noun.organisation_id:
            self.initial = {"organisation": self.noun.organisation_id, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Look whether all this fits the kind."""
        if self.errors:
            return self.cleaned_data
        told = apart(self.cleaned_data)
        place = {name: told[name] for name in ("place_kind", "place_id")}
        return self.fits(told, kind=told["kind"], community=self.noun.community, **place)


class ChangeRules(_Rules):
    """The new rules, and why."""

    no_pack = _("No rule pack")
    supervisor = forms.ChoiceField(label=_("Who supervises it?"), required=False)
    reason = Words(
        rows=2,
        max_length=500,
        label=_("Why, and who decided so?"),
        help_text=_("Everyone reads it beside the old rules."),
    )

    def offer(self) -> None:
        """Begin with the rules as they are."""
        body, fields = self.noun, self.fields
        for name, choices in (("quorum_how", HOW), ("decision_how", HOW), ("decision_base", BASES.items())):
            field: Any = fields[name]
            field.choices = choices
        supervisor: Any = fields["supervisor"]
        rows = queries.supervisors(body.community_id, body)
        supervisor.choices = [("", _("No other body")), *((str(row.pk), str(row)) for row in rows)]
        if not self.is_bound:
            supervisor_id = str(body.supervisor_id or "")
            self.initial = {**body.answers, "supervisor": supervisor_id, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Keep as it is what was not said, as by a program, and look whether all fits the kind."""
        body = self.noun
        now = {**body.answers, "supervisor": str(body.supervisor_id or "")}
        silent = {name: value for name, value in now.items() if name not in self.data}
        told = {**self.cleaned_data, **{name: value for name, value in silent.items() if name not in self.errors}}
        return self.fits(
            told, kind=body.kind, community=body.community, place_kind=body.place_kind, place_id=body.place_id
        )


class OfferSeat(OnePerson):
    """Who gets which vacant seat, and for which days."""

    seat = forms.ModelChoiceField(Seat.objects.none(), label=_("Seat"), empty_label=_("Please choose"))
    starts_on = Day(label=_("First day"), required=False, help_text=_("Empty means today."))
    ends_on = Day(label=_("First day without it"), required=False,
                  help_text=_("Empty means until the term of the whole body ends."))  # fmt: skip
    field_order = ("seat", "person", "name", "phone", "building")

    def offer(self) -> None:
        """Offer the vacant seats with their places."""
        super().offer()
        field: Any = self.fields["seat"]
        field.queryset = self.noun.vacant_seats()
        seats = queries.seats_of([self.noun], self.noun.community)[self.noun.pk]
        named = [(row.key, _seat(row)) for row in seats if not row.held and not row.following]
        field.choices = [("", _("Please choose")), *named]

    def candidates(self) -> Any:
        """Leave out who has, or was offered, a seat here or in a body that supervises it or the reverse."""
        return super().candidates().exclude(pk__in=queries.bound(self.noun))


def _seat(row: Any) -> str:
    return " ".join(filter(None, (f"{row.number}", row.place, str(row.post))))


class TakeOffice(Act):
    """How the term came, and until when it lasts."""

    term_by = forms.CharField(
        label=_("How did its term come?"), max_length=200, help_text=_("Such as: elected on 3 June by all residents.")
    )
    ends_on = Day(
        label=_("First day out of office"), required=False, help_text=_("Empty means as long as a term may last.")
    )


class NewTerm(TakeOffice):
    """The same, for the term that follows."""


class EndBody(Act):
    """Why it ends."""

    reason = Words(rows=2, max_length=500, label=_("Why, and who decided so?"), help_text=_("Everyone reads it."))

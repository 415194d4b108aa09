"""What is asked for a proposal: first in a few words, then the rest; what the desk says of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.bodies.figures import matter_choices
from mulin.bodies.queries import place_choices
from mulin.kernel.forms import Act
from mulin.people.models import Organisation
from mulin.people.queries import units_of
from mulin.uploads.forms import PhotosField

from .. import queries
from ..figures import VERDICTS
from ..models import Proposal
from .fields import EVERYONE, Budget, Line, Public, reason


class _Placed(Act):
    title = Line(label=_("What should be done?"), max_length=80)
    wrong = Public(label=_("What is wrong now?"), max_length=2000, rows=4, help_text=EVERYONE)
    place = forms.ChoiceField(label=_("Where?"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In whose name?"), required=False, empty_label=_("My own"),
    )  # fmt: skip
    photos = PhotosField(label=_("Pictures"), help_text=_("Please no faces, doors or papers with names."))

    def offer(self) -> None:
        """List places, and the organisations for which one speaks."""
        fields: Any = self.fields
        proposal: Any = self.noun
        fields["place"].choices = place_choices(proposal.community_id)
        units = units_of(self.by)
        fields["organisation"].queryset = Organisation.objects.filter(community=proposal.community_id, pk__in=units)
        if not units:
            del fields["organisation"]

    def clean_place(self) -> Any:
        """Read the place."""
        return queries.place_of(self.noun.community, self.cleaned_data["place"])


class Pitch(_Placed):
    """A few words, the place, pictures: all the rest can wait until it is sent."""

    case = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def offer(self) -> None:
        """Begin with the case from whose page one came."""
        super().offer()
        if (case := self.noun.begun_with) and not self.is_bound:
            self.initial = {"case": case.pk, "title": str(case.shown_title)[:80], **self.initial}


class _Detailed(Act):
    """What exactly, what it costs, and what the owners think."""

    plan = Public(label=_("What exactly should be done?"), max_length=4000, rows=6, required=False)
    budget = Budget(label=_("What will it cost?"))
    money = Line(label=_("Where does the money come from?"), max_length=200, required=False)
    opinion = Public(label=_("What do the owners think?"), max_length=1000, required=False)
    asked = forms.IntegerField(label=_("How many owners were asked?"), min_value=0, max_value=99999, required=False)
    agreed = forms.IntegerField(label=_("How many of them agreed?"), min_value=0, max_value=99999, required=False)

    def clean(self) -> dict[str, Any]:
        """Hold that no more owners agreed than were asked."""
        told = super().clean() or {}
        if told.get("agreed") is not None and (told.get("asked") or 0) < told["agreed"]:
            self.add_error("agreed", _now("No more can agree than were asked."))
        return told


class Amend(_Placed, _Detailed):
    """All that a proposal can say."""

    matter = forms.ChoiceField(label=_("What is it about?"), required=False)

    field_order = (
        "title", "wrong", "plan", "budget", "money", "opinion", "asked", "agreed", "matter", "place", "organisation",
    )  # fmt: skip

    def offer(self) -> None:
        """Begin with what stands there."""
        super().offer()
        proposal, fields = self.noun, self.fields
        fields["matter"].choices = [("", _("Say it when you send it")), *matter_choices()]  # type: ignore[attr-defined]
        if not self.is_bound:
            kept = ("title", "wrong", "plan", "budget", "money", "opinion", "asked", "agreed", "matter", "organisation")
            place = f"{proposal.place_kind}:{proposal.place_id}" if proposal.place_id else "community"
            self.initial = {**{name: getattr(proposal, name) for name in kept}, "place": place, **self.initial}


class Submit(Act):
    """On which way it goes, and what it is about."""

    template = forms.ChoiceField(label=_("On which way?"), help_text=_("Only ways that can be gone to the end here."))
    matter = forms.ChoiceField(label=_("What is it about?"), help_text=_("It says who may decide it."))

    def offer(self) -> None:
        """List the ways that can be lived through here, and the matters."""
        fields: Any = self.fields
        proposal: Any = self.noun
        ways = queries.liveable(proposal.community)
        fields["template"].choices = [("", _("Please choose")), *((key, str(plan)) for key, plan in ways.items())]
        fields["matter"].choices = [("", _("Please choose")), *matter_choices()]
        if proposal.matter and not self.is_bound:
            self.initial = {"matter": proposal.matter, **self.initial}


class Review(Act):
    """Whether it can be done, and why."""

    verdict = forms.ChoiceField(label=_("Can it be done?"), choices=list(VERDICTS.items()), widget=forms.RadioSelect)
    words = Public(label=_("Reasons"), max_length=1000, rows=4, help_text=_("Everyone can read it."))


class GoOn(Act):
    """Why it goes on although the desk said no."""

    reason = reason(required=False)


class Revise(_Detailed):
    """The plan as it was talked over."""

    plan = Public(label=_("What exactly should be done?"), max_length=4000, rows=6)
    reason = reason(_("What is changed, and why?"))

    def offer(self) -> None:
        """Begin with what stands there."""
        if not self.is_bound:
            kept = ("plan", "budget", "money", "opinion", "asked", "agreed")
            self.initial = {**{name: getattr(self.noun, name) for name in kept}, **self.initial}


class Merge(Act):
    """Into which other proposal, and why."""

    other = forms.ModelChoiceField(Proposal.objects.none(), label=_("Into which one?"))
    reason = reason()

    def offer(self) -> None:
        """List the others that are on their way."""
        fields: Any = self.fields
        # Nobody takes others' proposals into their own.
        fields["other"].queryset = queries.others(self.noun).exclude(proposer=getattr(self.by, "person_id", None))


class Withdraw(Act):
    """Why it is withdrawn."""

    reason = reason(required=False)

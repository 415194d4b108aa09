"""What the moves of call-ups ask; each form offers only what its viewer may choose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.apps import apps
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.kernel.models import Noun
from mulin.participation import queries as places
from mulin.people.models import Organisation
from mulin.uploads.forms import PhotosField
from mulin.web.forms import Words

from . import queries
from .figures import DONE_DAYS, MOODS, REPORT_HOURS, URGENCIES
from .models import Custom

SHORT = 24


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several units, in groups by their kind; a single one will do."""

    widget = forms.CheckboxSelectMultiple
    groups: queries.Groups = []
    is_short = True  # few enough to show all at once

    def __init__(self, **options: Any) -> None:
        label = _("Which units?")
        super().__init__(Organisation.objects.none(), label=label, template_name="callups/units.html", **options)

    def clean(self, value: Any) -> Any:
        return super().clean([value] if isinstance(value, str | UUID) else value)

    def offer(self, community: Any, topic: str, called: set[UUID]) -> None:
        """Offer the units of a community, those that came to such matters before on top.

        Called ones are not shown; they are read all the same, since a second click brings them again.
        """
        self.queryset = queries.units_here(community, called)
        self.groups = queries.groups(self.queryset, queries.suggested(community, topic), called)
        self.is_short = sum(len(units) for _kind, units in self.groups) <= SHORT


class PlaceField(forms.ChoiceField):
    """A place of the community, named by its kind and id; gives the place itself."""

    community: Any = None

    def clean(self, value: Any) -> Any:
        kind, _sep, key = str(super().clean(value) or "").partition(":")
        return places.place(self.community, kind, UUID(key)) if key else None


class SubjectField(forms.CharField):
    """What the call-up is about: a noun that the viewer may see, written as `cases.case:<id>`."""

    by: Any = None

    def clean(self, value: Any) -> Any:
        kind, _sep, key = super().clean(value).partition(":")
        if not kind:
            return None
        try:
            model = apps.get_model(kind)
            is_noun, id = issubclass(model, Noun), UUID(key)
        except (LookupError, ValueError):
            is_noun, id = False, UUID(int=0)
        found = (
            model._default_manager.visible_to(self.by).filter(community=self.by.community_id, pk=id) if is_noun else ()
        )
        if not found:
            raise forms.ValidationError(_now("There is no such matter here. It is written like this: cases.case:…"))
        return found[0]


def _chosen(choices: dict[int, Any], label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, choices=list(choices.items()), required=False)


class Propose(Act):
    """Why, what is needed, where, by when, and from whom."""

    title = forms.CharField(
        label=_("What is it about?"), max_length=80, help_text=_("Without names or doors: every unit reads it.")
    )
    organisations = UnitsField()
    lead = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Which unit leads?"), required=False, empty_label=_("None of them"),
        help_text=_("It sees what the others answer and writes who does what."),
    )  # fmt: skip
    why = Words(label=_("Why does it need several?"), max_length=600)
    task = Words(label=_("What is needed of them?"), max_length=1000, rows=4)
    place = PlaceField(
        label=_("Which place?"), required=False, help_text=_("Whoever scans the code there is on the spot.")
    )
    address = forms.CharField(label=_("How to find it"), max_length=200, required=False)
    urgency = forms.ChoiceField(label=_("How urgent?"), choices=list(URGENCIES.items()), initial="everyday")
    report_hours = _chosen(REPORT_HOURS, _("Report in within"))
    done_days = _chosen(DONE_DAYS, _("Done within, from then on"))
    contact = forms.CharField(
        label=_("Whom to ask there"), max_length=120, required=False,
        help_text=_("Name and number, read by the units only. Somebody else's only with their yes."),
    )  # fmt: skip
    subject = SubjectField(required=False, widget=forms.HiddenInput, max_length=120)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=-90, max_value=90)

    def offer(self) -> None:
        """List units and places; begin with what is known of the matter."""
        fields: Any = self.fields
        draft, community = self.noun, self.noun.community
        case, called = draft.case, queries.called_for(community, draft.subject_id)
        fields["organisations"].offer(community, case.category.key if case else "", called)
        fields["lead"].queryset = queries.units_here(community, called)
        fields["subject"].by = self.by
        fields["place"].community = community
        fields["place"].choices = [("", "—"), *places.place_choices(community)]
        custom = queries.custom_of(community)
        fields["report_hours"].initial, fields["done_days"].initial = custom.report_hours, custom.done_days
        if case is not None:
            self.initial = {**_known(case), **self.initial}

    def clean(self) -> dict[str, Any]:
        """Ask for a place in one way or another."""
        told = super().clean() or {}
        if not self.errors and not (told.get("place") or told.get("address") or told.get("lat") is not None):
            self.add_error("address", _now("Say where to come: choose a place, or write how to find it."))
        return told


def _known(case: Any) -> dict[str, Any]:
    at = case.entrance or case.building
    place = f"{at._meta.model_name}:{at.pk}" if at else ""
    exact = {} if at or case.lat is None else {"lon": case.lon, "lat": case.lat}
    return {"title": case.shown_title[:80], "place": place, "subject": f"cases.case:{case.pk}", **exact}


class Add(Act):
    """Which further units are called."""

    organisations = UnitsField()

    def offer(self) -> None:
        """List the units that are not called yet."""
        callup = self.noun
        called = {turnout.organisation_id for turnout in callup.turnouts.all()}
        called |= queries.called_for(callup.community, callup.subject_id)
        field: Any = self.fields["organisations"]
        field.offer(callup.community, callup.topic, called)


class Arrange(Act):
    """Which unit does what."""

    arrangement = Words(label=_("Who does what, and in which order"), max_length=1000, rows=4)

    def offer(self) -> None:
        """Begin with what stands there."""
        if not self.is_bound:
            self.initial = {"arrangement": self.noun.arrangement}


class _Reasoned(Act):
    reason = Words(label=_("Reason"), max_length=300, rows=2)


class TurnDown(_Reasoned):
    """Why the units are not called."""


class CallOff(_Reasoned):
    """Why nobody needs to come any more."""


class ReportIn(Act):
    """How many came, and who."""

    people = forms.IntegerField(label=_("How many are you?"), min_value=1, max_value=500, initial=1, required=False)
    came = forms.CharField(
        label=_("Who came?"), max_length=200, required=False,
        help_text=_("Read by who called and the unit that leads; the names go after a year."),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code on the plate there"), max_length=12, required=False,
        help_text=_("Scanned or typed, it shows that you are on the spot."),
    )  # fmt: skip


class Refuse(_Reasoned):
    """Why the unit cannot come."""


class Insist(Act):
    """What who called says to it."""

    words = Words(label=_("Why you need them all the same"), rows=2, max_length=500)


class Finish(Act):
    """What was done."""

    outcome = Words(label=_("What was done?"), max_length=1000)
    photos = PhotosField(label=_("Photos of it now"), required=False)


class SendBack(_Reasoned):
    """What is still missing."""


class _Rating(Act):
    rating = forms.TypedChoiceField(
        label=_("How well was it done?"), coerce=int, choices=list(MOODS.items()), widget=forms.RadioSelect,
        template_name="web/rating.html",  # type: ignore[call-arg]
    )  # fmt: skip
    words = Words(label=_("A word about it"), rows=2, max_length=500, required=False)


class Appraise(_Rating):
    """How well the unit did it, for who called."""


class Rate(_Rating):
    """How well the unit did it, for the reporter."""


def _yes_no(label: Any) -> forms.TypedChoiceField:
    answers = [("yes", _("Yes")), ("no", _("No"))]
    return forms.TypedChoiceField(
        label=label, coerce=lambda said: said == "yes", choices=answers, widget=forms.RadioSelect
    )


class Judge(Act):
    """What the unit thinks of the call."""

    was_right = _yes_no(_("Were you the right ones to call?"))
    was_clear = _yes_no(_("Was it clear what was needed?"))
    was_needed = _yes_no(_("Was it needed?"))
    words = Words(label=_("A word about it"), rows=2, max_length=500, required=False)


class CustomForm(forms.ModelForm):  # type: ignore[type-arg]
    """How the community wants its call-ups."""

    report_hours = _chosen(REPORT_HOURS, _("Units report in within"))
    done_days = _chosen(DONE_DAYS, _("They are done within, from then on"))

    class Meta:
        model = Custom
        fields = ("asks_second", "report_hours", "done_days")
        labels: dict[str, Any] = {"asks_second": _("A second person signs before units are called")}

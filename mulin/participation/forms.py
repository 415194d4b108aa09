"""What the moves of taking part ask; each form offers only what its viewer may choose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.people.models import Organisation

from . import queries
from .figures import AREAS, AUDIENCES, BEGIN_DAYS, PLACED_KINDS, ROLES, SCOPES, TALENTS, TERM_DAYS, sign_kinds


class Several(forms.MultipleChoiceField):
    """Several of a list; a single one, or keys with commas between, will do."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",") if part.strip()]
        return super().to_python(value)


class PlaceField(forms.ChoiceField):
    """A place of the community, named by its kind and id; gives the place itself."""

    community: Any = None

    def clean(self, value: Any) -> Any:
        kind, _sep, key = str(super().clean(value) or "").partition(":")
        return queries.place(self.community, kind, UUID(key)) if key else None


class Offer(Act):
    """What somebody is looked for."""

    title = forms.CharField(label=_("What is it?"), max_length=120, help_text=_("For example: Keep the stairs clean"))
    place = PlaceField(label=_("Which place?"), required=False, help_text=_("Whoever takes it on is named there."))
    duties = forms.CharField(
        label=_("What there is to do"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    begin_days = forms.IntegerField(label=_("Days to begin"), min_value=1, max_value=90, initial=BEGIN_DAYS)
    term_days = forms.ChoiceField(label=_("For how long"), choices=[(key, label) for key, label in TERM_DAYS.items()])

    def offer(self) -> None:
        """List the places; who leads at some may choose among those only."""
        place: Any = self.fields["place"]
        place.community = self.noun.community
        # Who may look for nobody at all is refused by the rule, in its words.
        only = None if queries.may_offer_anywhere(self.by) else queries.led_places(self.by) or None
        place.choices = [("", "—"), *queries.place_choices(self.noun.community, only)]
        place.required = only is not None


def _organisations(rows: Any, label: Any, required: bool = False, **more: Any) -> forms.ModelChoiceField[Organisation]:
    return forms.ModelChoiceField(rows, label=label, required=required, **more)


class Claim(Act):
    """For whom it is taken on."""

    organisation = _organisations(
        Organisation.objects.none(), _("For an organisation?"), empty_label=_("No, for myself")
    )

    def offer(self) -> None:
        """Ask only who speaks for an organisation."""
        mine = queries.contact_of(self.by)
        if mine.exists():
            self.fields["organisation"].queryset = mine  # type: ignore[attr-defined]
        else:
            del self.fields["organisation"]


class Join(Act):
    """How one takes part."""

    role = forms.ChoiceField(label=_("How?"), choices=list(ROLES.items()))


class Finish(Act):
    """What came of it."""

    outcome = forms.CharField(
        label=_("A word about it"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class Declare(Act):
    """Where one belongs."""

    organisation = _organisations(Organisation.objects.none(), _("Organisation"))
    kind = forms.ChoiceField(
        label=_("I do not know which one"), required=False,
        help_text=_("The community sees your name then, and finds the right one with you."),
    )  # fmt: skip

    def offer(self) -> None:
        """List what is registered."""
        self.fields["organisation"].queryset = queries.organisations(self.noun.community)  # type: ignore[attr-defined]
        kinds = [(key, queries.kind_label(key)) for key in PLACED_KINDS]
        self.fields["kind"].choices = [("", "—"), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> Any:
        """Ask for one of the two."""
        given = super().clean() or {}
        if not given.get("organisation") and not given.get("kind"):
            self.add_error("organisation", _now("Choose the organisation that you belong to."))
        return given


class Place(Act):
    """Which branch it is."""

    organisation = _organisations(Organisation.objects.none(), _("Organisation"), required=True)

    def offer(self) -> None:
        """List those of the same kind."""
        rows = queries.organisations(self.noun.community).filter(kind=self.noun.kind)
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]


class Transfer(Act):
    """Where to."""

    organisation = _organisations(Organisation.objects.none(), _("To another one in this community"))
    elsewhere = forms.CharField(
        label=_("Or elsewhere"), max_length=120, required=False,
        help_text=_("Only you and the contact person can read it. It ends here."),
    )  # fmt: skip

    def offer(self) -> None:
        """List the others of the same kind."""
        rows = queries.organisations(self.noun.community).filter(kind=self.noun.kind)
        others = rows.exclude(pk=self.noun.organisation_id)
        self.fields["organisation"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> Any:
        """Ask for one of the two."""
        given = super().clean() or {}
        if not self.errors and not given.get("organisation") and not given.get("elsewhere"):
            self.add_error("organisation", _now("Choose the other organisation, or write where you are going."))
        return given


class Register(Act):
    """What a volunteer would like to do."""

    areas = Several(label=_("What would you like to do?"), choices=list(AREAS.items()))
    post_kinds = Several(label=_("A post that you could hold"), required=False)
    words = forms.CharField(label=_("Anything else"), max_length=300, required=False)

    def offer(self) -> None:
        """List the kinds of posts there are here."""
        kinds = [(kind.key, str(kind)) for kind in queries.post_kinds(self.noun.community)]
        self.fields["post_kinds"].choices = kinds  # type: ignore[attr-defined]
        if not kinds:
            del self.fields["post_kinds"]
        if self.noun.pk and not self.noun._state.adding and not self.is_bound:
            self.initial = {name: getattr(self.noun, name) for name in self.fields}


class ChangeWishes(Register):
    """What a volunteer would like to do from now on."""


class Share(Act):
    """A talent, and for whom it is."""

    title = forms.CharField(label=_("What can you do?"), max_length=60, help_text=_("For example: Calligraphy"))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *TALENTS.items()])
    words = forms.CharField(
        label=_("How others could use it"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave out your number: the community puts people in touch."),
    )  # fmt: skip
    audience = forms.ChoiceField(label=_("Who can see it"), choices=list(AUDIENCES.items()))


class Revise(Share):
    """A talent in other words."""

    def offer(self) -> None:
        """Begin with what stands there."""
        if not self.is_bound:
            self.initial = {name: getattr(self.noun, name) for name in self.fields}


class PutUp(Act):
    """Which sign, and where it is shown."""

    kind = forms.ChoiceField(label=_("Sign"))
    scope = forms.ChoiceField(label=_("For whom"), choices=list(SCOPES.items()))
    on_page = forms.BooleanField(label=_("Show it on my page, with my name"), required=False)
    at_door = forms.BooleanField(label=_("Show it at my door, without a name"), required=False)

    def offer(self) -> None:
        """List the signs of the pack."""
        self.fields["kind"].choices = [("", "—"), *((key, str(kind)) for key, kind in sign_kinds().items())]  # type: ignore[attr-defined]


class Members(forms.Form):
    """Which members are registered as volunteers."""

    persons: Any = forms.ModelMultipleChoiceField(None, label=_("Members"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, persons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persons"].queryset = persons  # type: ignore[attr-defined]

"""What the moves of ownerships and proxies ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.forms import Act
from mulin.people.models import Organisation
from mulin.web.forms import Day

from ..figures import PROXY_LASTS_AT_MOST, Share, read_share, share_text
from ..flow import OWNED
from ..models import Ownership
from .homes import Door, here


class ShareField(forms.CharField):
    """A share of a dwelling, as two whole numbers."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": gettext_lazy("Share"), "max_length": 20, **options})

    def clean(self, value: Any) -> Share:
        try:
            return read_share(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class Owner(Act):
    """Who owns: a person or an organisation."""

    owner_name = forms.CharField(label=gettext_lazy("Owner's name"), max_length=60, required=False)
    owner_phone = forms.CharField(label=gettext_lazy("Owner's phone"), max_length=30, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Or an organisation"), required=False
    )

    def offer(self) -> None:
        """Offer the organisations of the community."""
        super().offer()
        rows = Organisation.objects.filter(community_id=here(self), state="registered")
        self.fields["organisation"].queryset = rows.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Keep to one owner."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("owner_name")) == bool(given.get("organisation")):
            self.add_error("owner_name", _("Give one owner: a person's name, or an organisation."))
        return given


class Register(Owner, Door):
    """An owner of a dwelling."""

    share = ShareField(help_text=gettext_lazy("1 for the whole; joint owners 1/2 or 50%."))
    is_delivered = forms.BooleanField(label=gettext_lazy("Delivered: the owner has the keys"), required=False)
    starts_on = Day(label=gettext_lazy("Owner since"), required=False)
    evidence = forms.CharField(
        label=gettext_lazy("What was looked at"), max_length=120, required=False,
        help_text=gettext_lazy("A word about the paper, such as: deed seen on 3 May. Never a number or a copy."),
    )  # fmt: skip
    field_order = ("building", "entrance", "door", "owner_name", "owner_phone", "organisation")


class Deliver(Act):
    """When the owner got the keys."""

    delivered_on = Day(label=gettext_lazy("Delivered on"), required=False)


class Amend(Act):
    """What was written down wrongly."""

    share = ShareField()
    starts_on = Day(label=gettext_lazy("Owner since"), required=False)
    evidence = Register.base_fields["evidence"]

    def offer(self) -> None:
        """Begin with what is there."""
        if self.noun is not None:
            part, whole = self.noun.share
            self.fields["share"].initial = "1" if share_text((part, whole)) == share_text((1, 1)) else f"{part}/{whole}"
            self.fields["evidence"].initial = self.noun.evidence


class Transfer(Owner):
    """Who the new owner is."""

    is_delivered = Register.base_fields["is_delivered"]
    starts_on = Day(label=gettext_lazy("Owner since"), required=False)
    evidence = Register.base_fields["evidence"]


class End(Act):
    """From when on somebody owns nothing here."""

    ends_on = Day(label=gettext_lazy("Since"), required=False)


class Give(Act):
    """Who speaks for an owner, about what, and until when."""

    ownership = forms.ModelChoiceField(Ownership.objects.none(), label=gettext_lazy("Dwelling"))
    is_for_all = forms.BooleanField(label=gettext_lazy("For all dwellings of this owner here"), required=False)
    holder_name = forms.CharField(label=gettext_lazy("Name of the person who speaks"), max_length=60)
    holder_phone = forms.CharField(
        label=gettext_lazy("Their phone"), max_length=30, help_text=gettext_lazy("Name and number find them together.")
    )
    starts_on = Day(label=gettext_lazy("From"))
    ends_on = Day(label=gettext_lazy("Until"), help_text=gettext_lazy("The first day without it, within three years."))
    matters = forms.CharField(label=gettext_lazy("In which matters"), max_length=300)

    def offer(self) -> None:
        """Offer the viewer's own dwellings."""
        if getattr(self.noun, "ownership_id", None):
            del self.fields["ownership"]
            return
        rows = Ownership.objects.visible_to(self.by).filter(state__in=OWNED).for_list()
        self.fields["ownership"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Keep the days in order."""
        given = super().clean() or self.cleaned_data
        if getattr(self.noun, "ownership_id", None):
            given["ownership"] = self.noun.ownership
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and not timedelta() < ends - starts <= PROXY_LASTS_AT_MOST:
            self.add_error("ends_on", _("A proxy ends after it starts, and within three years."))
        return given

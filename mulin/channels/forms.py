"""What is asked for an export, and of whoever writes down a call at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.kernel.forms import Act
from mulin.kernel.refusals import Refused
from mulin.secrecy.normal import normal_phone

from . import queries
from .figures import FORMATS


class Ask(Act):
    """Why an export is needed, in which form, and of which cases."""

    reason = forms.CharField(
        label=_l("What is it for?"), max_length=200,
        help_text=_l("Your colleague reads it, and everyone whose data is in it."),
    )  # fmt: skip
    contacts = forms.BooleanField(
        label=_l("With whole names and phone numbers"), required=False,
        help_text=_l("Otherwise they are masked, which is enough for most purposes."),
    )  # fmt: skip
    form = forms.ChoiceField(label=_l("File"), choices=list(FORMATS.items()), initial="xlsx", required=False)
    q = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    category = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    grid = forms.CharField(max_length=9, required=False, widget=forms.HiddenInput)
    state = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def clean_form(self) -> str:
        """Take Excel where nothing was chosen."""
        return str(self.cleaned_data["form"] or "xlsx")


def _line(label: Any, key: str, most: int, **more: Any) -> forms.CharField:
    shown = {"autocomplete": "off", "accesskey": key, **more.pop("attrs", {})}
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(shown), **more)


class DeskReport(Act):
    """A call, written down without taking the hands off the keys."""

    words = forms.CharField(
        label=_l("What is wrong?"), max_length=2000,
        widget=forms.Textarea({"rows": 2, "autofocus": True, "accesskey": "w", "autocomplete": "off"}),
    )  # fmt: skip
    place = _line(
        _l("Where?"), "p", 200, attrs={"list": "doors"},
        help_text=_l("3-2 is house 3, door 2; or the code of a plate, or an address"),
    )  # fmt: skip
    kind = _line(
        _l("Kind"), "k", 80, required=False, attrs={"list": "kinds"},
        help_text=_l("A few letters; empty takes the first suggestion"),
    )  # fmt: skip
    phone = _line(_l("Caller's phone"), "t", 30, required=False, attrs={"inputmode": "tel"})
    name = _line(_l("Caller's name"), "n", 60, required=False)
    confidential = forms.BooleanField(label=_l("Only for those who handle it"), required=False)

    def clean_phone(self) -> str:
        """Write the number the one way."""
        try:
            return normal_phone(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""
        except forms.ValidationError:
            raise forms.ValidationError(_("Write the phone number with its digits, or leave it out.")) from None

    def clean_place(self) -> Any:
        """Turn what was typed into a place."""
        try:
            return queries.place_typed(self.noun.community, self.cleaned_data["place"])
        except Refused as refused:
            raise forms.ValidationError(refused.message, code=refused.code) from None

    def clean_kind(self) -> Any:
        """Find the one kind that the letters mean."""
        said = self.cleaned_data["kind"]
        found = queries.kinds(self.noun.community, said)
        if len(found) == 1 or not said:
            return found[0] if found else None
        if not found:
            raise forms.ValidationError(_("No kind is called so. Leave it empty for the suggestion."))
        words = _("Which one? %(kinds)s") % {"kinds": _(", ").join(str(row) for row in found)}
        raise forms.ValidationError(words, code="several")

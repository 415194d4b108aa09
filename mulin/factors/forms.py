"""What people are asked when they guard their account, or prove that it is theirs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class Digits(forms.Form):
    """The six digits that an authenticator app shows now."""

    code = forms.CharField(
        label=_("Code from the app"), max_length=12, help_text=_("Six digits"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


class Proof(forms.Form):
    """A code from the app, or one of the recovery codes."""

    code = forms.CharField(
        label=_("Code from the app, or a recovery code"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )  # fmt: skip


class Answer(forms.Form):
    """What a browser answered with a passkey."""

    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput)
    next = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)


class Name(forms.Form):
    """What someone calls a passkey."""

    name = forms.CharField(
        label=_("Name of the passkey"), max_length=60, help_text=_("So that you know later which one it is.")
    )


class Make(Name):
    """A new passkey, as the browser made it."""

    credential = forms.CharField(
        max_length=20_000, widget=forms.HiddenInput,
        error_messages={"required": _("No passkey came. Try it once more, or choose an authenticator app.")},
    )  # fmt: skip

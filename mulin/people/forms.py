"""What people are asked when they look after posts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act


class End(Act):
    """Why a term ends early."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class Reveal(forms.Form):
    """Why someone's full number is needed."""

    reason = forms.CharField(label=_("What do you need the number for?"), max_length=200)

"""Fields that forms of proposals share: words for everyone, budgets, places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mulin.notices.figures import has_identity
from mulin.web.forms import Words

from ..figures import as_text, budget_of

EVERYONE = _("Everyone can read it: no doors, no numbers, no names of neighbours.")


def published(said: str) -> None:
    """Refuse an identity number in what everyone will read."""
    if has_identity(said):
        raise ValidationError(_now("An identity number is never published. Take it out of the text."))


class Public(Words):
    """Words for everyone."""

    default_validators = [published]


class Line(forms.CharField):
    """A few words for everyone, on one line."""

    default_validators = [published]


class Budget(forms.CharField):
    """What it costs, one line each; gives rows of what and fen."""

    default_validators = [published]

    def __init__(self, **options: Any) -> None:
        help_text = _("One thing on each line, its yuan at the end, such as: Lamps 1200.50")
        widget = forms.Textarea({"rows": 4})
        super().__init__(max_length=6000, widget=widget, help_text=help_text, required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        """Write rows as they are typed."""
        return as_text(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Read rows of what and fen."""
        try:
            return budget_of(super().clean(value))
        except ValueError as error:
            raise ValidationError(str(error)) from None


def money(label: Any, **options: Any) -> forms.DecimalField:
    """Make a field for yuan with fen."""
    return forms.DecimalField(label=label, min_value=0, max_digits=13, decimal_places=2, **options)


def reason(label: Any = None, **options: Any) -> Public:
    """Make a field for a reason that everyone reads."""
    return Public(label=label or _("Reason"), max_length=500, help_text=_("Everyone can read it."), **options)

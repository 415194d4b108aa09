"""Fields that bodies and mandates share: money in yuan, an exact fraction, a place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..figures import MOST_FEN, fraction

HOW = [("at_least", _("At least")), ("more_than", _("More than"))]


class Yuan(forms.DecimalField):
    """Money, asked in yuan and given in fen."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        most = Decimal(MOST_FEN) / 100
        super().__init__(min_value=0, max_value=most, decimal_places=2, widget=widget, **options)

    def clean(self, value: Any) -> int | None:
        # People write 30,000 and 30 000.
        value = "".join(value.replace(",", "").replace("，", "").split()) if isinstance(value, str) else value
        found = super().clean(value)
        return None if found is None else int(found * 100)


class Fraction(forms.CharField):
    """An exact fraction of whole numbers, such as 2/3."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=9, widget=forms.TextInput(attrs={"placeholder": "2/3"}), **options)

    def clean(self, value: Any) -> str:
        given = super().clean(value)
        try:
            return "{}/{}".format(*fraction(given)) if given else ""
        except ValueError as error:
            raise ValidationError(str(error), code="fraction") from None


class Number(forms.IntegerField):
    """A small whole number."""

    def __init__(self, *, most: int, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        super().__init__(min_value=1, max_value=most, widget=widget, **options)


def apart(told: dict[str, Any]) -> dict[str, Any]:
    """Take the place that was chosen apart into its kind and its id."""
    kind, _colon, key = told.pop("place", "").partition(":")
    return {**told, "place_kind": kind, "place_id": UUID(key) if key else None}

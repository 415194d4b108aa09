"""What the pages of tables and of new places ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.kernel.forms import Act
from mulin.tables import decimal_area
from mulin.territory import figures
from mulin.territory.models import Building, Entrance, SpotKind, Use

MOST_MB = 10


class TableFile(forms.Form):
    """One table, as a file."""

    file = forms.FileField(
        label=_l("The file"), help_text=_l("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )  # fmt: skip
    sheet = forms.CharField(
        label=_l("Sheet"), required=False, max_length=60,
        help_text=_l("Its name. Left empty, the first sheet with the right headings is taken."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Keep large files for the command."""
        file = self.cleaned_data["file"]
        if file.size > MOST_MB * 1_000_000:
            words = _("This file is larger than 10 MB. Whoever runs the machine can bring it in: mulin import table.")
            raise ValidationError(words)
        return file


class OnMap(Act):
    """A place with a point: tapped on the map, or typed as numbers."""

    longitude = forms.FloatField(label=_l("Longitude"), required=False, help_text=_l("Instead of a tap on the map."))
    latitude = forms.FloatField(label=_l("Latitude"), required=False)
    needs_point = True

    def clean(self) -> dict[str, Any]:
        """Take the typed numbers, else the point of the map."""
        said = super().clean() or {}
        lon, lat = said.pop("longitude", None), said.pop("latitude", None)
        if lon is None and lat is None:
            lon, lat = (_number(self.data.get(name)) for name in ("lon", "lat"))
        if lon is not None and lat is not None:
            if not figures.is_on_earth(lon, lat):
                raise ValidationError(_("This is no point on the map. Choose the place on the map once more."))
            said |= {"lon": lon, "lat": lat}
        elif self.needs_point or lon is not None or lat is not None:
            raise ValidationError(_("Tap the map where it is, or give longitude and latitude."))
        return said


def _number(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


class NewBuilding(OnMap):
    """A building by hand."""

    name = forms.CharField(label=_l("Name"), max_length=40, help_text=_l("As people call it."))
    number = forms.IntegerField(label=_l("Number"), min_value=1, max_value=32_767, required=False)
    address = forms.CharField(label=_l("Address"), max_length=200, required=False)
    field_order = ("name", "number", "address")


class _InBuilding(Act):
    building = forms.ModelChoiceField(Building.objects.none(), label=_l("Building"))

    def offer(self) -> None:
        """Offer the buildings of this community."""
        found = Building.objects.filter(community_id=self.by.community_id).order_by("number", "name")
        self.fields["building"].queryset = found  # type: ignore[attr-defined]


class NewEntrance(_InBuilding, OnMap):
    """An entrance by hand; without a point it stands where its building does."""

    name = forms.CharField(label=_l("Name"), max_length=40, help_text=_l("As people call it."))
    field_order = ("building", "name")
    needs_point = False


class NewDwelling(_InBuilding):
    """A dwelling by hand."""

    entrance = forms.ModelChoiceField(Entrance.objects.none(), label=_l("Entrance"), required=False)
    name = forms.CharField(label=_l("Door"), max_length=40, help_text=_l("What stands on the door."))
    floor = forms.IntegerField(
        label=_l("Floor"), min_value=-9, max_value=200, required=False, help_text=_l("Below ground it is negative.")
    )
    area = forms.CharField(
        label=_l("Area in square metres"), max_length=20, required=False,
        help_text=_l("In square metres with at most two decimals, as in the deed."),
    )  # fmt: skip
    use = forms.ChoiceField(label=_l("Use"), choices=Use.choices, initial=Use.HOME)

    def offer(self) -> None:
        """Offer buildings and entrances of this community."""
        super().offer()
        found = Entrance.objects.filter(community_id=self.by.community_id).select_related("building")
        ordered = found.order_by("building__number", "building__name", "name")
        self.fields["entrance"].queryset = ordered  # type: ignore[attr-defined]

    def clean_area(self) -> int | None:
        """Read the area as hundredths."""
        said = self.cleaned_data["area"]
        try:
            return decimal_area(said) if said else None
        except ValueError as error:
            raise ValidationError(str(error)) from None


class NewSpot(_InBuilding, OnMap):
    """A spot by hand."""

    name = forms.CharField(label=_l("Name"), max_length=40, help_text=_l("As people call it."))
    kind = forms.ChoiceField(label=_l("Kind"), choices=SpotKind.choices)
    field_order = ("name", "kind", "building")

    def offer(self) -> None:
        """A spot may stand alone."""
        super().offer()
        self.fields["building"].required = False


NEW = {"building": NewBuilding, "entrance": NewEntrance, "dwelling": NewDwelling, "spot": NewSpot}

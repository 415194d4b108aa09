"""What is asked about one building, entrance, dwelling or spot: a new one, or one that is wrong."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mulin.kernel.forms import Act
from mulin.tables import decimal_area

from .. import figures
from ..models import Building, Entrance, SpotKind, Use


class _Named(Act):
    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("As people call it."))


class _House(_Named):
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=32_767, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)


class _Spot(_Named):
    kind = forms.ChoiceField(label=_("Kind"), choices=SpotKind.choices)
    building = forms.ModelChoiceField(Building.objects.none(), label=_("Building"), required=False)


class _Door(_Named):
    name = forms.CharField(label=_("Door"), max_length=40, help_text=_("What stands on the door."))
    entrance = forms.ModelChoiceField(Entrance.objects.none(), label=_("Entrance"), required=False)
    floor = forms.IntegerField(
        label=_("Floor"), min_value=-9, max_value=200, required=False, help_text=_("Below ground it is negative.")
    )
    area = forms.CharField(
        label=_("Area in square metres"), max_length=20, required=False,
        help_text=_("In square metres with at most two decimals, as in the deed."),
    )  # fmt: skip
    use = forms.ChoiceField(label=_("Use"), choices=Use.choices, initial=Use.HOME)

    def clean_area(self) -> int | None:
        """Read the area as hundredths."""
        said = self.cleaned_data["area"]
        try:
            return decimal_area(said) if said else None
        except ValueError as error:
            raise ValidationError(str(error)) from None


class OnMap(Act):
    """A place with a point: tapped on the map, or typed as numbers."""

    longitude = forms.FloatField(label=_("Longitude"), required=False, help_text=_("Instead of a tap on the map."))
    latitude = forms.FloatField(label=_("Latitude"), required=False)
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


class NewBuilding(OnMap, _House):
    """A building by hand."""

    field_order = ("name", "number", "address")


class _InBuilding(Act):
    building = forms.ModelChoiceField(Building.objects.none(), label=_("Building"))

    def offer(self) -> None:
        """Offer the buildings of this community."""
        _let(self, "building", _buildings(self.by.community_id))


class NewEntrance(OnMap, _InBuilding, _Named):
    """An entrance by hand; without a point it stands where its building does."""

    field_order = ("building", "name")
    needs_point = False


class NewDwelling(_InBuilding, _Door):
    """A dwelling by hand."""

    field_order = ("building", "entrance", "name")

    def offer(self) -> None:
        """Offer buildings and entrances of this community."""
        super().offer()
        found = Entrance.objects.filter(community_id=self.by.community_id).select_related("building")
        _let(self, "entrance", found.order_by("building__number", "building__name", "name"))


class NewSpot(OnMap, _Spot):
    """A spot by hand; it may stand alone."""

    field_order = ("name", "kind", "building")

    def offer(self) -> None:
        """Offer the buildings of this community."""
        _let(self, "building", _buildings(self.by.community_id))


class _Correct(_Named):
    """One place as it is; a program may leave out what stays."""

    shown: tuple[str, ...] = ("name",)

    def offer(self) -> None:
        """Show how it stands."""
        self.initial = {**{name: getattr(self.noun, name) for name in self.shown}, **self.initial}


class _AtPoint(_Correct):
    lon = forms.FloatField(label=_("Longitude"))
    lat = forms.FloatField(label=_("Latitude"))
    shown: tuple[str, ...] = ("name", "lon", "lat")


class CorrectBuilding(_AtPoint, _House):
    """What is wrong about a building."""

    shown: tuple[str, ...] = ("name", "number", "address", "lon", "lat")
    field_order = shown


class CorrectEntrance(_AtPoint):
    """What is wrong about an entrance."""


class CorrectSpot(_AtPoint, _Spot):
    """What is wrong about a spot."""

    shown: tuple[str, ...] = ("name", "kind", "lon", "lat")
    field_order = ("name", "kind", "building", "lon", "lat")

    def offer(self) -> None:
        """Offer the buildings of the community."""
        super().offer()
        _let(self, "building", _buildings(self.noun.community_id))
        self.initial["building"] = self.noun.building_id


class CorrectDwelling(_Door, _Correct):
    """What is wrong about a dwelling; its area is shown to whoever keeps the register."""

    shown = ("name", "floor", "use")

    def offer(self) -> None:
        """Offer the entrances of its building."""
        super().offer()
        doors = Entrance.objects.filter(community=self.noun.community_id, building=self.noun.building_id)
        _let(self, "entrance", doors.select_related("building").order_by("name"))
        self.initial["entrance"] = self.noun.entrance_id
        if not self.by.can("people.keep"):
            del self.fields["area"]
        elif self.noun.area:
            self.initial["area"] = f"{self.noun.area // 100}.{self.noun.area % 100:02}"


def _buildings(community_id: Any) -> Any:
    return Building.objects.filter(community_id=community_id).order_by("number", "name")


def _let(form: forms.Form, name: str, offered: Any) -> None:
    field: Any = form.fields[name]
    field.queryset = offered


NEW = {"building": NewBuilding, "entrance": NewEntrance, "dwelling": NewDwelling, "spot": NewSpot}
CORRECT: dict[str, type[_Correct]] = {
    "building": CorrectBuilding, "entrance": CorrectEntrance, "dwelling": CorrectDwelling, "spot": CorrectSpot,
}  # fmt: skip

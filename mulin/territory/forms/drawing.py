"""What is asked where areas are drawn and a community is set up. A shape may be drawn, typed, or pasted as GeoJSON."""

from __future__ import annotations

import json
import re
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import figures

DATUMS = [("wgs84", _("WGS84: GPS, this map, most files")), ("gcj02", _("GCJ-02: Gaode, Tencent, most Chinese maps"))]
SHAPE_HELP = _("One corner on each line, longitude first: 117.1023, 39.1961. Or a GeoJSON Polygon.")
MOST_SIGNS = 2_000_000


def read_shape(text: str) -> Any:
    """Read a polygon from lines of "lon, lat" or from GeoJSON; None where it is neither."""
    text = text.strip()
    if text.startswith("{"):
        try:
            found = json.loads(text)
        except ValueError:
            return None
        while isinstance(found, dict) and found.get("type") in {"Feature", "FeatureCollection"}:
            parts = found.get("features")
            found = found.get("geometry") if found["type"] == "Feature" else parts[0] if parts else None
        return found if isinstance(found, dict) else None
    ring = [[float(at) for at in re.findall(r"-?\d+(?:\.\d+)?", line)] for line in text.splitlines() if line.strip()]
    if len(ring) < 3 or any(len(at) != 2 for at in ring):
        return None
    return {"type": "Polygon", "coordinates": [ring if ring[0] == ring[-1] else [*ring, ring[0]]]}


def write_shape(geometry: Any) -> str:
    """Write a polygon as lines where one ring is all, else as GeoJSON."""
    if not geometry:
        return ""
    if geometry.get("type") == "Polygon" and len(geometry["coordinates"]) == 1:
        return "\n".join(f"{lon:.6f}, {lat:.6f}" for lon, lat, *_height in geometry["coordinates"][0][:-1])
    return json.dumps(geometry)


class ShapeField(forms.CharField):
    """The corners of an area, as the map writes them or as they are typed."""

    widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "data-shape": ""})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Corners"), help_text=SHAPE_HELP, max_length=MOST_SIGNS, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if (shape := read_shape(text)) is None:
            raise forms.ValidationError(
                _("These are no corners of an area. Give at least three lines: longitude, latitude.")
            )
        return shape


class _Drawn(forms.Form):
    datum = forms.ChoiceField(label=_("Coordinates are"), choices=DATUMS, initial="wgs84", required=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        datum, shape = answers.pop("datum", ""), answers.get("shape")
        if datum == "gcj02" and shape and not figures.fault(shape):
            answers["shape"] = figures.geometry_from_gcj02(shape)
        return answers


class DrawGrid(_Drawn):
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=9999)
    name = forms.CharField(label=_("Name"), max_length=40, required=False)
    shape = ShapeField()
    field_order = ("number", "name", "shape", "datum")


class DrawBoundary(_Drawn):
    shape = ShapeField(required=False)
    field_order = ("shape", "datum")


class Upload(forms.Form):
    file = forms.FileField(
        label=_("GeoJSON file"), help_text=_("Each place says what it is: grid, building or entrance.")
    )
    datum = forms.ChoiceField(label=_("Coordinates are"), choices=DATUMS, initial="wgs84")
    kind = forms.ChoiceField(
        label=_("Where a place does not say what it is"), required=False,
        choices=[("", _("Stop")), ("grid", _("It is a grid")), ("building", _("It is a building"))],
    )  # fmt: skip


class Settle(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    hours = forms.CharField(
        label=_("Office hours"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One span on each line, as in 08:30-12:00. Empty: 08:30-12:00 and 14:00-17:30."),
    )  # fmt: skip
    holidays = forms.ChoiceField(
        label=_("Public holidays"), required=False,
        choices=[("cn", _("Chinese holidays and days worked instead")), ("none", _("None, Monday to Friday"))],
    )  # fmt: skip
    anonymous_allowed = forms.BooleanField(label=_("One may report without a name"), required=False)

    def clean_hours(self) -> list[list[str]]:
        spans = []
        for line in self.cleaned_data["hours"].replace(",", "\n").replace("，", "\n").splitlines():
            if not line.strip():
                continue
            found = re.fullmatch(r"\s*(\d{1,2})[:：](\d\d)\s*[-–—~至]+\s*(\d{1,2})[:：](\d\d)\s*", line)
            try:
                at = [int(part) for part in found.groups()] if found else []
                start, end = time(at[0], at[1]), time(at[2], at[3])
            except (IndexError, ValueError):
                raise forms.ValidationError(_("Write each span like this: 08:30-12:00")) from None
            spans.append([start.isoformat("minutes"), end.isoformat("minutes")])
        return spans

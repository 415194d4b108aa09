"""Places, from the province down to the entrance of a house. Coordinates are WGS84."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.clock import Calendar, WorkingHours
from mulin.kernel.fields import TenantForeignKey
from mulin.kernel.ids import uuid7
from mulin.kernel.models import TenantModel

from .figures import Area, office_hours


class Division(models.Model):
    """An administrative division, province to community. Its codes are dated, since codes are used again elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    level = models.PositiveSmallIntegerField()  # 1 province, 2 city, 3 county, 4 street, 5 community
    name = models.CharField(max_length=80, db_index=True)  # the index finds it by how it begins
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("id", "level", "name", "parent"), "public")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(level__range=(1, 5)), name="division_level")]

    def __str__(self) -> str:
        return self.name


class DivisionCode(models.Model):
    """The statistical code of a division while it was valid."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    division = models.ForeignKey(Division, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=12)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the first day on which it is no longer valid

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("id", "division", "code", "starts_on", "ends_on"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "starts_on"], name="division_code_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")), name="division_code_days"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Community(models.Model):
    """The tenant: a neighbourhood with its own log, posts, places and settings."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    letter = models.CharField(max_length=4)  # begins the speakable numbers
    division = models.ForeignKey(Division, models.PROTECT, null=True, blank=True, related_name="communities")
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    holidays = models.CharField(max_length=8, default="cn", blank=True)  # which public holidays are kept
    hours = models.JSONField(default=list, blank=True)  # [["08:30", "12:00"], …]; empty: the usual ones
    boundary = models.JSONField(null=True, blank=True)  # GeoJSON polygon; without one, any point belongs
    anonymous_allowed = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "slug", "name", "name_en", "letter", "division", "zone", "holidays", "hours", "boundary",
         "anonymous_allowed", "created_at"),
        "public",
    )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @cached_property
    def border(self) -> Area | None:
        """Return the boundary, ready to be asked; None where any point belongs."""
        return Area(self.boundary) if self.boundary else None

    @property
    def divisions_above(self) -> list[UUID]:
        """Return the divisions that the community lies in, from its own upwards."""
        found: list[UUID] = []
        division: Division | None = self.division
        while division is not None:
            found.append(division.pk)
            division = division.parent
        return found

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def calendar(self) -> Calendar:
        """Return the office hours that working-time limits run in."""
        return self._office

    @property
    def working_day(self) -> timedelta:
        """Return how many office hours one working day has."""
        day, hours = date.min, self._office.hours
        opened = (datetime.combine(day, end) - datetime.combine(day, start) for start, end in hours)
        return sum(opened, timedelta())

    @property
    def _office(self) -> WorkingHours:
        return office_hours(self.zone, self.holidays, tuple(map(tuple, self.hours)))


class Grid(TenantModel):
    """A part of a community with its own officers."""

    name = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    polygon = models.JSONField()  # GeoJSON Polygon or MultiPolygon

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("name", "number", "polygon"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="grid_number")]

    def __str__(self) -> str:
        return self.name


class GridCell(TenantModel):
    """One H3 cell that touches a grid's polygon: the portable index behind `locate`."""

    cell = models.BigIntegerField()
    grid = TenantForeignKey(Grid, models.CASCADE, related_name="cells")

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("cell", "grid"), "public")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "cell", "grid"], name="grid_cell")]

    def __str__(self) -> str:
        return f"{self.cell:x}"


class Building(TenantModel):
    """A house with its outline and the point where its plate hangs."""

    grid = TenantForeignKey(Grid, models.PROTECT, null=True, blank=True, related_name="buildings")
    name = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    address = models.CharField(max_length=200, blank=True)
    lon = models.FloatField()
    lat = models.FloatField()
    polygon = models.JSONField(null=True, blank=True)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("grid", "name", "number", "address", "lon", "lat", "polygon"), "public"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="building_name")]

    def __str__(self) -> str:
        return self.name


class Entrance(TenantModel):
    """A door of a building, with the code on its QR plate."""

    building = TenantForeignKey(Building, models.PROTECT, related_name="entrances")
    name = models.CharField(max_length=40)
    code = models.CharField(max_length=12)  # on the QR plate: /<community>/e/<code>/
    lon = models.FloatField()
    lat = models.FloatField()

    classes: ClassVar[dict[str, str]] = dict.fromkeys(("building", "name", "code", "lon", "lat"), "public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "building", "name"], name="entrance_name"),
            models.UniqueConstraint(fields=["community", "code"], name="entrance_code"),
        ]

    def __str__(self) -> str:
        return f"{self.building} {self.name}"


class Use(models.TextChoices):
    """What a dwelling is used for."""

    HOME = "home", pgettext_lazy("use", "Home")
    SHOP = "shop", _("Shop")
    OFFICE = "office", pgettext_lazy("use", "Office")
    GARAGE = "garage", _("Garage")
    OTHER = "other", pgettext_lazy("place", "Other")


class Dwelling(TenantModel):
    """A home, shop or garage of a building: what somebody owns and a household lives in."""

    building = TenantForeignKey(Building, models.PROTECT, related_name="dwellings")
    entrance = TenantForeignKey(Entrance, models.PROTECT, null=True, blank=True, related_name="dwellings")
    name = models.CharField(max_length=40)  # what stands on the door: 1201
    floor = models.SmallIntegerField(null=True, blank=True)
    area = models.PositiveIntegerField(null=True, blank=True)  # in 0.01 m² (law 11)
    use = models.CharField(max_length=8, default=Use.HOME)

    classes: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("building", "entrance", "name", "floor", "use"), "public"), "area": "personal",
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "building", "entrance", "name"], name="dwelling_name"),
            models.UniqueConstraint(
                fields=["community", "building", "name"], condition=Q(entrance__isnull=True), name="dwelling_name_alone"
            ),
            models.CheckConstraint(condition=Q(use__in=Use.values), name="dwelling_use"),
            models.CheckConstraint(condition=Q(area__isnull=True) | Q(area__gt=0), name="dwelling_area"),
        ]

    def __str__(self) -> str:
        return f"{self.entrance or self.building} {self.name}"

    @property
    def use_label(self) -> str:
        return str(Use(self.use).label)


class SpotKind(models.TextChoices):
    """What a spot is."""

    PLOT = "plot", _("Green plot")
    BIN = "bin", _("Waste bins")
    LAMP = "lamp", _("Lamp")
    LIFT = "lift", _("Lift")
    GATE = "gate", _("Gate")
    GARDEN = "garden", _("Garden")
    VENUE = "venue", _("Venue")
    OTHER = "other", pgettext_lazy("place", "Other")


class Spot(TenantModel):
    """A named point: a lamp, bins, a plot; with the code on its QR plate."""

    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=8)
    lon = models.FloatField()
    lat = models.FloatField()
    grid = TenantForeignKey(Grid, models.PROTECT, null=True, blank=True, related_name="spots")
    building = TenantForeignKey(Building, models.PROTECT, null=True, blank=True, related_name="spots")
    code = models.CharField(max_length=12)

    classes: ClassVar[dict[str, str]] = dict.fromkeys(
        ("name", "kind", "lon", "lat", "grid", "building", "code"), "public"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="spot_name"),
            models.UniqueConstraint(fields=["community", "code"], name="spot_code"),
            models.CheckConstraint(condition=Q(kind__in=SpotKind.values), name="spot_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        return str(SpotKind(self.kind).label)

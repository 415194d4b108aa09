"""Tables of buildings, entrances, dwellings and spots: checked against what is here, then written in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.kernel.engine import change, writing
from mulin.secrecy.codes import new_code
from mulin.tables import Importer, Plan, Row, Table

from .. import figures
from ..actions import CAPABILITY
from ..actions.checks import must_draw
from ..actions.drawing import CODE_LENGTH
from ..models import Building, Community, Dwelling, Entrance, Grid, Spot
from ..queries import STAMP
from .layouts import BUILDINGS, DWELLINGS, ENTRANCES, SPOTS

CORRECTED = ("floor", "area", "use")  # what a later table sets right


class Known:
    """The buildings, entrances and grids of a community, to be found by what people write for them."""

    def __init__(self, community: Community) -> None:
        self.community = community
        found = list(Building.objects.filter(community=community).order_by("number", "name"))
        self.buildings = {building.name: building for building in found}
        self._numbered = {building.number: building for building in reversed(found) if building.number is not None}
        self.entrances: dict[Any, dict[str, Entrance]] = {}
        for door in Entrance.objects.filter(community=community):
            self.entrances.setdefault(door.building_id, {})[door.name] = door
        grids = Grid.objects.filter(community=community).order_by("number")
        self._areas = [(grid, figures.Area(grid.polygon)) for grid in grids]

    def building(self, said: str) -> Building | None:
        """Find a building by its name, or by its number."""
        return self.buildings.get(said) or (self._numbered.get(int(said)) if said.isdecimal() else None)

    def entrance(self, building: Building, said: str) -> Entrance | None:
        """Find an entrance of a building by its name, or by the number that its name begins with."""
        doors = self.entrances.get(building.pk, {})
        if said in doors or not said.isdecimal():
            return doors.get(said)
        return next((door for name, door in doors.items() if name in {f"{said}门", f"{said}单元", f"{said}号门"}), None)

    def grid(self, lon: float, lat: float) -> Grid | None:
        """Find the grid at a point."""
        return next((grid for grid, area in self._areas if area.holds(lon, lat)), None)

    def point(self, table: Table, row: Row) -> tuple[float, float] | None:
        """Read where a row lies, in WGS84; say why when it lies nowhere here."""
        lon, lat = row.values["lon"], row.values["lat"]
        if lon is None or lat is None:
            if lon is not lat:
                table.stop(row, "lon" if lon is None else "lat", _("Give longitude and latitude, or neither."))
            return None
        if row.values["datum"] == "gcj02":
            lon, lat = figures.from_gcj02(lon, lat)
        if self.community.border and not self.community.border.holds(lon, lat):
            words = _("It lies outside the community. Was the right datum (WGS84 or GCJ-02) named?")
            table.stop(row, "lon", words)
        return lon, lat

    def house(self, table: Table, row: Row) -> Building | None:
        """Find the building that a row names; say so when there is none."""
        building = self.building(row.values["building"])
        if building is None:
            words = _("There is no such building: %(name)s. Bring in the buildings first, or write its name as here.")
            table.stop(row, "building", words % {"name": row.values["building"]})
        return building


class PlaceImporter(Importer):
    """What tables of places share: new rows are found by their key, and written with a line each."""

    capability = CAPABILITY
    model: ClassVar[type[Any]]
    fields: ClassVar[tuple[str, ...]] = ("name",)  # what tells a place from every other
    corrects: ClassVar[tuple[str, ...]] = ()  # what `differs` has to know of one that is here

    def key_of(self, place: Any) -> tuple[Any, ...]:
        """Return what tells a place from every other."""
        return tuple(getattr(place, name) for name in self.fields)

    def make(self, community: Community, known: Known, table: Table, row: Row) -> Any:
        """Return the unsaved place of a row, or None when a problem was told."""
        raise NotImplementedError

    def check(self, community: Community, table: Table, *, by: Any) -> Plan:
        """Find what is new, and say which rows name something that is not here."""
        known, plan = Known(community), Plan(counts={"new": 0, "known": 0})
        seen: dict[tuple[Any, ...], int] = {}
        width, found = len(self.fields), self.model.objects.filter(community=community)
        here = {row[:width]: row[width:] for row in found.values_list(*self.fields, *self.corrects)}
        for row in table.good:
            place = self.make(community, known, table, row)
            if place is None or row.number in table.report.stopped:
                continue
            if (first := seen.setdefault(key := self.key_of(place), row.number)) != row.number:
                words = _("This row says the same as row %(first)s. Take one of them out.")
                table.stop(row, "name", words % {"first": first})
            elif key in here:
                plan.counts["known"] += 1
                self.differs(here[key], place, plan)
            else:
                plan.counts["new"] += 1
                plan.rows.append(place)
        return plan

    def differs(self, here: tuple[Any, ...], place: Any, plan: Plan) -> None:
        """Take up what a known row sets right; most places stay as they are."""

    def _here(self, community: Community, batch: list[Any]) -> set[tuple[Any, ...]]:
        found = self.model.objects.filter(community=community, name__in={place.name for place in batch})
        if "building_id" in self.fields:  # the same few names are in every building
            found = found.filter(building__in={place.building_id for place in batch})
        return set(found.values_list(*self.fields))

    def write(self, community: Community, plan: Plan, *, by: Any, advance: Callable[[int], Any] = int) -> int:
        """Write the new ones; each transaction is complete, so it can be stopped and repeated."""
        must_draw(by, community.pk)
        made = 0
        for batch in plan.batches():
            with writing(community.pk) as turn:
                here = self._here(community, batch)
                new = [place for place in batch if place._state.adding and self.key_of(place) not in here]
                old = [place for place in batch if not place._state.adding]
                self._coded(community, new)
                self.model.objects.bulk_create(new, batch_size=500)
                if old:
                    self.model.objects.bulk_update(old, CORRECTED, batch_size=200)
                for verb, places in (("add", new), ("correct", old)):
                    for place in places:
                        details = {"name": place.name}
                        change(place, by=by, kind=place._meta.label_lower, verb=verb, details=details)
                if new or old:
                    turn.count(community.pk, STAMP)
            made += len(new) + len(old)
            advance(len(batch))
        return made

    def _coded(self, community: Community, places: list[Any]) -> None:
        if self.model not in {Entrance, Spot}:
            return
        taken = {code for model in (Entrance, Spot) for code in _codes(model, community)}
        for place in places:
            while not place.code or place.code in taken:
                place.code = new_code(CODE_LENGTH)
            taken.add(place.code)


def _codes(model: Any, community: Community) -> Any:
    return model.objects.filter(community=community).values_list("code", flat=True)


class Buildings(PlaceImporter):
    """Buildings by name, number, address and point."""

    key, label, layout, model = "buildings", _l("Buildings"), BUILDINGS, Building

    def make(self, community: Community, known: Known, table: Table, row: Row) -> Building | None:
        """Return the building of a row."""
        said = row.values
        if (point := known.point(table, row)) is None:
            return None
        return Building(
            community=community, name=said["name"], number=said["number"], address=said["address"], lon=point[0],
            lat=point[1], grid=known.grid(*point),
        )  # fmt: skip

    def rows(self, community: Community, *, by: Any) -> Iterator[dict[str, Any]]:
        """Give out the buildings."""
        for place in Building.objects.filter(community=community).order_by("number", "name"):
            yield {**_at(place), "name": place.name, "number": place.number, "address": place.address}


class Entrances(PlaceImporter):
    """Entrances of buildings that are here."""

    key, label, layout, model = "entrances", _l("Entrances"), ENTRANCES, Entrance
    fields = ("building_id", "name")

    def make(self, community: Community, known: Known, table: Table, row: Row) -> Entrance | None:
        """Return the entrance of a row; without a point it stands where its building does."""
        building, point = known.house(table, row), known.point(table, row)
        if building is None:
            return None
        lon, lat = point or (building.lon, building.lat)
        return Entrance(community=community, building=building, name=row.values["name"], lon=lon, lat=lat)

    def rows(self, community: Community, *, by: Any) -> Iterator[dict[str, Any]]:
        """Give out the entrances."""
        found = Entrance.objects.filter(community=community).select_related("building")
        for place in found.order_by("building__number", "building__name", "name"):
            yield {**_at(place), "building": place.building.name, "name": place.name}


class Dwellings(PlaceImporter):
    """Dwellings with their areas; a later table may set floor, area and use right."""

    key, label, layout, model = "dwellings", _l("Dwellings"), DWELLINGS, Dwelling
    fields, corrects = ("building_id", "entrance_id", "name"), ("pk", *CORRECTED)

    def make(self, community: Community, known: Known, table: Table, row: Row) -> Dwelling | None:
        """Return the dwelling of a row."""
        said, entrance = row.values, None
        if (building := known.house(table, row)) is None:
            return None
        if said["entrance"] is not None and (entrance := known.entrance(building, said["entrance"])) is None:
            words = _("%(building)s has no such entrance: %(name)s. It has: %(names)s.")
            doors = _(", ").join(sorted(known.entrances.get(building.pk, {}))) or _("none")
            table.stop(row, "entrance", words % {"building": building, "name": said["entrance"], "names": doors})
            return None
        return Dwelling(
            community=community, building=building, entrance=entrance, name=said["name"], floor=said["floor"],
            area=said["area"], use=said["use"],
        )  # fmt: skip

    def differs(self, here: tuple[Any, ...], place: Dwelling, plan: Plan) -> None:
        """Take up floor, area and use where the table has others; what it leaves empty stays."""
        place.pk, *values = here
        said = [getattr(place, name) for name in CORRECTED]
        meant = [old if new is None else new for old, new in zip(values, said, strict=True)]
        if meant == values:
            return
        for name, value in zip(CORRECTED, meant, strict=True):
            setattr(place, name, value)
        place._state.adding = False
        plan.counts["corrected"] = plan.counts.get("corrected", 0) + 1
        plan.rows.append(place)

    def rows(self, community: Community, *, by: Any) -> Iterator[dict[str, Any]]:
        """Give out the dwellings, to whoever keeps the places."""
        must_draw(by, community.pk)
        found = Dwelling.objects.filter(community=community).select_related("building", "entrance")
        for place in found.order_by("building__number", "building__name", "entrance__name", "floor", "name"):
            entrance = place.entrance.name if place.entrance else None
            own = {"building": place.building.name, "entrance": entrance, "name": place.name}
            yield {**own, "floor": place.floor, "area": place.area, "use": place.use}


class Spots(PlaceImporter):
    """Spots: lamps, bins, plots."""

    key, label, layout, model = "spots", _l("Spots"), SPOTS, Spot

    def make(self, community: Community, known: Known, table: Table, row: Row) -> Spot | None:
        """Return the spot of a row."""
        point, building = known.point(table, row), None
        if row.values["building"] is not None and (building := known.house(table, row)) is None:
            return None
        if point is None:
            return None
        return Spot(
            community=community, name=row.values["name"], kind=row.values["kind"], lon=point[0], lat=point[1],
            grid=known.grid(*point), building=building,
        )  # fmt: skip

    def rows(self, community: Community, *, by: Any) -> Iterator[dict[str, Any]]:
        """Give out the spots."""
        for place in Spot.objects.filter(community=community).select_related("building").order_by("kind", "name"):
            building = place.building.name if place.building else None
            yield {**_at(place), "name": place.name, "kind": place.kind, "building": building}


def _at(place: Building | Entrance | Spot) -> dict[str, Any]:
    return {"lon": place.lon, "lat": place.lat, "datum": "wgs84"}


IMPORTERS = (Buildings(), Entrances(), Dwellings(), Spots())

"""What is done to places."""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.db import IntegrityError

from mulin.journal.models import INSTALLATION, Detail, Head
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.secrecy.codes import ALPHABET
from mulin.territory import actions, queries
from mulin.territory.actions import drawing
from mulin.territory.models import Entrance, GridCell

from .factories import SOUTH, STEP, WEST, buildings, entrances, grids, in_grid, make_community, square

pytestmark = pytest.mark.django_db
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


def test_a_founded_community_has_a_log_and_the_founding_is_written_in_the_installations():
    community = make_community()
    assert Head.objects.get(key=community.pk).size == 7
    line = Detail.objects.get(community=INSTALLATION, noun_id=community.pk)
    assert (line.verb, line.actor) == ("found", "system")


def test_an_address_is_given_once():
    make_community()
    with pytest.raises(Refused) as refused:
        make_community()
    assert refused.value.code == "slug_taken"


@pytest.mark.parametrize("slug", ["", "Bao cui", "宝翠", "api", "sign-in", "a/b"])
def test_an_address_that_cannot_be_used_is_refused(slug):
    with pytest.raises(Refused) as refused:
        actions.found(slug, "宝翠花都", "B")
    assert refused.value.code == "slug"


def test_only_who_keeps_the_places_may_change_them():
    community = make_community()
    with pytest.raises(Refused) as refused:
        actions.draw_grid(community, 1, square(), by=NOBODY)
    assert refused.value.status == 403
    keeper = Viewer(community_id=community.pk, capabilities=frozenset({actions.CAPABILITY}))
    assert actions.draw_grid(community, 1, square(), by=keeper).number == 1


def test_who_keeps_the_places_of_one_community_changes_none_of_another():
    community, other = make_community(), make_community("elsewhere")
    keeper = Viewer(community_id=other.pk, capabilities=frozenset({actions.CAPABILITY}))
    for change in (
        lambda: actions.draw_grid(community, 1, square(), by=keeper),
        lambda: actions.add_dwelling(buildings(community)[0], "909", by=keeper),
        lambda: actions.remove_grid(grids(community)[0], by=keeper),
        lambda: actions.settle(community, by=keeper, name="X"),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == "not_yours"


def test_a_fault_of_an_area_is_said_in_a_sentence():
    community = make_community()
    for draw in (
        lambda: actions.draw_grid(community, 9, BOW_TIE),
        lambda: actions.draw_boundary(community, BOW_TIE),
        lambda: actions.add_building(community, "9号楼", polygon=BOW_TIE),
    ):
        with pytest.raises(Refused) as refused:
            draw()
        assert refused.value.code == "crosses"
        assert "__proxy__" not in repr(refused.value.message)


def test_a_grid_drawn_anew_moves_its_buildings_and_cells():
    community = make_community()
    actions.draw_grid(community, 1, square(0, 0.0015, STEP, 0.0005))
    assert queries.locate(community, *in_grid(1)).grid is None
    assert [building.grid and building.grid.number for building in buildings(community)] == [None, 2]
    assert grids(community)[0].name == "第1网格"
    actions.draw_grid(community, 3, square())
    assert buildings(community)[0].grid.number == 3
    assert GridCell.objects.filter(community=community, grid__number=1).exists()


def test_a_building_gets_its_grid_from_its_point():
    community = make_community()
    assert actions.add_building(community, "物业楼", lon=WEST + 1.5 * STEP, lat=SOUTH + 0.0002).grid.number == 2
    assert actions.add_building(community, "垃圾房", lon=WEST + 2.5 * STEP, lat=SOUTH + 0.0002).grid is None


def test_a_building_needs_a_point_and_a_name_of_its_own():
    community = make_community()
    for wrong, code in (
        ({"name": "9号楼"}, "no_point"),
        ({"name": "9号楼", "lon": 39.2, "lat": 117.1}, "off_earth"),
        ({"name": "1号楼", "lon": WEST, "lat": SOUTH}, "building_taken"),
    ):
        with pytest.raises(Refused) as refused:
            actions.add_building(community, **wrong)
        assert refused.value.code == code


def test_an_entrance_gets_a_code_that_can_be_read_aloud(monkeypatch):
    community = make_community()
    taken = entrances(community)[0].code
    assert len(taken) == drawing.CODE_LENGTH
    assert set(taken) <= set(ALPHABET)
    codes = iter([taken, "ABCDEF"])
    monkeypatch.setattr(drawing, "new_code", lambda length: next(codes))
    assert actions.add_entrance(buildings(community)[0], "3门").code == "ABCDEF"
    with pytest.raises(Refused) as refused:
        actions.add_entrance(buildings(community)[0], "3门")
    assert refused.value.code == "entrance_taken"


def test_the_database_itself_keeps_numbers_and_codes_apart():
    community = make_community()
    door = entrances(community)[0]
    with pytest.raises(IntegrityError):
        Entrance.objects.create(community=community, building=door.building, name="9门", code=door.code, lon=0, lat=0)


SET_UP = """
import django
django.setup()
from django.core.management import call_command
for app in ("journal", "territory"):
    call_command("migrate", app, verbosity=0)
from mulin.journal.models import Head
Head.objects.all().delete()
"""
FOUND = """
import sys, django
django.setup()
from mulin.territory import actions
actions.found(sys.argv[1], "村", "C")
"""


def test_first_foundings_of_several_processes_share_one_head(tmp_path):
    town = {**os.environ, "MULIN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "mulin.config.settings"}
    town.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", SET_UP], env=town, check=True)
    founders = [subprocess.Popen([sys.executable, "-c", FOUND, f"place-{number}"], env=town) for number in range(3)]
    assert [founder.wait(60) for founder in founders] == [0, 0, 0]
    with sqlite3.connect(tmp_path / "mulin.sqlite3") as database:
        assert database.execute("SELECT size FROM journal_head ORDER BY key").fetchall() == [(3,), (0,), (0,), (0,)]

"""Many points at once: over all communities, from a file."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mulin.kernel.refusals import Refused
from mulin.territory import queries
from mulin.territory.imports.points import read_points

from .factories import OUTSIDE, SOUTH, STEP, WEST, as_gcj02, in_grid, make_community

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return make_community()


def write(tmp_path, *rows, head="lon,lat"):
    path = tmp_path / "points.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_points_are_located_as_one_alone_is(community):
    points = [in_grid(1), in_grid(2), in_grid(3), OUTSIDE, (WEST + STEP, SOUTH + 0.0001)]
    everywhere = queries.Everywhere()
    found = everywhere.locate_all(points)
    assert [(one.community, one.grid) for one in found] == [
        ("baocui", 1), ("baocui", 2), ("baocui", None), ("", None), ("baocui", 1),
    ]  # fmt: skip
    assert found == [everywhere.locate(*point) for point in points]


def test_nothing_is_there_before_the_first_community():
    assert queries.Everywhere().locate_all([in_grid(1)]) == [queries.Found()]


def test_a_file_comes_back_with_grid_and_community(community, tmp_path, capsys):
    lon, lat = in_grid(2)
    call_command(
        "locate", str(write(tmp_path, f"A,{lat},{lon}", f"B,{OUTSIDE[1]},{OUTSIDE[0]}", head="名称,纬度,经度"))
    )
    out = capsys.readouterr()
    assert out.out.splitlines() == [
        "名称,纬度,经度,community,grid,grid_name", f"A,{lat},{lon},baocui,2,第2网格", f"B,{OUTSIDE[1]},{OUTSIDE[0]},,,",
    ]  # fmt: skip
    assert "2 points: 1 in a grid, 0 in no grid, 1 outside." in out.err


def test_the_answer_may_be_json_and_points_may_be_shifted(community, tmp_path, capsys):
    lon, lat = as_gcj02(*in_grid(1))
    call_command("locate", str(write(tmp_path, f"{lon},{lat}")), "--json", "--datum", "gcj02")
    said = json.loads(capsys.readouterr().out)
    assert (said["points"][0]["grid"], said["counts"]["in_a_grid"]) == (1, 1)


def test_a_bad_row_is_named_with_what_would_work(community, tmp_path, capsys):
    path = write(tmp_path, "117.1,39.2", "here,there", "39.2,117.1", "", "500,500")
    with pytest.raises(CommandError) as error:
        call_command("locate", str(path))
    assert error.value.returncode == 2
    assert "Row 3: Longitude and latitude are needed in degrees" in str(error.value)
    assert "Row 4: Longitude and latitude are swapped." in str(error.value)
    assert "Row 6" in str(error.value)


def test_a_file_without_the_columns_is_refused(tmp_path):
    with pytest.raises(Refused, match="经度"):
        read_points(write(tmp_path, "1,2", head="a,b"))

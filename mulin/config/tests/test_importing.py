"""`mulin import` and `mulin export`: tables, shapes, divisions and templates on the console."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command

from mulin.config.management.bringing.showing import SOME_LEFT_OUT
from mulin.territory.imports.places import Dwellings
from mulin.territory.models import Division, Dwelling, Grid
from mulin.territory.tests.factories import make_community, square

pytestmark = pytest.mark.django_db

HEADS = "楼栋,楼门,房号,楼层,建筑面积,用途"
GOOD = ("1号楼,1门,101,1,80.5,住宅", "1号楼,1门,102,1,80.5,住宅")
BAD = ("77号楼,,101,,,", "1号楼,1门,103,first,,")


@pytest.fixture
def bring(tmp_path, capsys):
    """Run `mulin import` on a file of these lines; more options as on the command line."""
    make_community()

    def run(*rows, kind="dwellings", options=(), head=HEADS):
        file = tmp_path / "房屋.csv"
        file.write_text("\n".join([head, *rows]), "utf-8")
        call_command("import", "table", kind, str(file), "--community", "baocui", *options)
        return capsys.readouterr().out

    return run


@pytest.mark.story("C2")
def test_a_table_comes_in_once(bring):
    assert "2 rows would be brought in, 0 are here. Nothing was written." in bring(*GOOD, options=["--dry-run"])
    assert not Dwelling.objects.exists()
    assert "2 rows were brought in; 0 were here already." in bring(*GOOD)
    assert "0 rows were brought in; 2 were here already." in bring(*GOOD)


def test_one_bad_row_keeps_all_outside_and_the_report_has_them(bring, tmp_path):
    with pytest.raises(CommandError, match="2 rows have to be mended") as stopped:
        bring(*GOOD, *BAD, options=["--report", str(tmp_path / "out.csv")])
    assert stopped.value.returncode == 1
    assert not Dwelling.objects.exists()
    rows = list(csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert [(row[0], row[2], row[3]) for row in rows[1:]] == [("房屋.csv", "4", "楼栋"), ("房屋.csv", "5", "楼层")]


def test_the_good_rows_come_in_when_that_is_said(bring, tmp_path):
    report = tmp_path / "out.json"
    with pytest.raises(CommandError, match="2 rows stayed outside") as stopped:
        bring(*GOOD, *BAD, options=["--partial", "--report", str(report)])
    assert stopped.value.returncode == SOME_LEFT_OUT
    assert Dwelling.objects.count() == 2
    assert json.loads(report.read_text("utf-8"))["stopped_rows"] == 2


def test_stopped_in_the_middle_what_came_in_is_complete(bring, monkeypatch):
    write = Dwellings.write

    def interrupted(self, community, plan, *, by, advance):
        def stop(count):
            raise KeyboardInterrupt

        return write(self, community, plan, by=by, advance=stop)

    rows = [f"1号楼,1门,{n},1,80,住宅" for n in range(1500)]
    monkeypatch.setattr(Dwellings, "write", interrupted)
    with pytest.raises(CommandError, match="run it again"):
        bring(*rows)
    assert Dwelling.objects.count() == 1000
    monkeypatch.setattr(Dwellings, "write", write)
    assert "500 rows were brought in; 1,000 were here already." in bring(*rows)


def test_wrong_names_are_refused_with_what_there_is(bring, tmp_path):
    with pytest.raises(CommandError, match=r"Kinds are: .*dwellings"):
        bring(*GOOD, kind="castles")
    with pytest.raises(CommandError, match="mulin found"):
        call_command("import", "table", "dwellings", str(tmp_path / "房屋.csv"), "--community", "nowhere")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import", "table", "dwellings", str(tmp_path / "none.csv"), "--community", "baocui")
    with pytest.raises(CommandError, match="Needed are: 楼栋, 房号"):
        bring("1,2", head="a,b")


def test_200_000_rows_of_unknown_places_are_told_and_nothing_is_done(bring, tmp_path):
    with pytest.raises(CommandError, match="200,000 rows have to be mended"):
        bring(*(f"77号楼,,{n},,," for n in range(200_000)), options=["--report", str(tmp_path / "out.csv")])
    lines = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 10_002
    assert "190000 more" in lines[-1]


def test_template_and_export(bring, tmp_path, capsys):
    file = tmp_path / "template.xlsx"
    call_command("import", "template", "dwellings", "--out", str(file))
    assert file.read_bytes().startswith(b"PK")
    assert "mulin import table dwellings" in capsys.readouterr().out.replace("\n", " ")
    bring(*GOOD)
    out = tmp_path / "out.csv"
    call_command("export", "dwellings", str(out), "--community", "baocui")
    assert "1号楼,1门,101,1,80.50,住宅" in out.read_text("utf-8-sig")


def shapes(tmp_path, *features):
    file = tmp_path / "grids.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return str(file)


def grid(number, polygon):
    return {"type": "Feature", "geometry": polygon, "properties": {"number": number}}


def test_grids_come_in_all_or_none(bring, tmp_path, capsys):
    good = grid(9, square(0.004))
    crossed = grid(8, {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]})
    with pytest.raises(CommandError, match="1 places have to be mended"):
        call_command(
            "import",
            "grids",
            shapes(tmp_path, good, crossed),
            "--community",
            "baocui",
            "--report",
            str(tmp_path / "r.csv"),
        )
    assert "crosses itself" in capsys.readouterr().out.replace("\n", " ")
    assert "crosses itself" in (tmp_path / "r.csv").read_text("utf-8-sig")
    assert not Grid.objects.filter(number=9).exists()
    call_command("import", "grids", shapes(tmp_path, good), "--community", "baocui", "--dry-run")
    assert "Nothing was written." in capsys.readouterr().out
    call_command("import", "grids", shapes(tmp_path, good), "--community", "baocui")
    assert Grid.objects.filter(number=9).exists()


def test_divisions_come_in(tmp_path, capsys):
    file = tmp_path / "divisions-2023.csv"
    file.write_text("code,name,level,parent\n12,天津市,province,\n1201,市辖区,city,12\n", "utf-8")
    call_command("import", "divisions", str(file), "--report", str(tmp_path / "out.csv"))
    assert "All of it was brought in." in capsys.readouterr().out
    assert Division.objects.count() == 2
    assert "天津市" in (tmp_path / "out.csv").read_text("utf-8-sig")

"""Editions of the list of divisions: who is whom, and which code was valid when."""

import csv
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulin.journal.models import INSTALLATION, Line
from mulin.journal.verify import verify
from mulin.kernel.refusals import Refused
from mulin.territory import actions, queries
from mulin.territory.imports import Edition, import_divisions, read_edition
from mulin.territory.imports.editions import Row
from mulin.territory.models import Community, Division, DivisionCode

pytestmark = pytest.mark.django_db

TOP = [("43", "湖南省", ""), ("4303", "湘潭市", "43"), ("430302", "雨湖区", "4303")]
OLD = [
    *TOP, ("430302005", "广场街道", "430302"), ("430302006", "中山路街道", "430302"),
    ("430302007", "窑湾街道办事处", "430302"),
    ("430302006002", "鲁班殿社区居委会", "430302006"), ("430302007003", "唐兴寺居委会", "430302007"),
    ("430302005001", "熙春路社区居委会", "430302005"),
]  # fmt: skip
NEW = [
    *TOP, ("430302005", "窑湾街道", "430302"), ("430302006", "城正街街道", "430302"),
    ("430302005002", "鲁班殿社区居委会", "430302005"), ("430302005005", "唐兴寺社区居民委员会", "430302005"),
]  # fmt: skip
LEVELS = {2: 1, 4: 2, 6: 3, 9: 4, 12: 5}


def edition(rows, year):
    found = [Row(code, name, LEVELS[len(code)], parent) for code, name, parent in rows]
    return Edition(date(year, 1, 1), f"{year}-{hash(tuple(rows))}", {"43": found})


def bring(rows, year, **options):
    return import_divisions(edition(rows, year), **options)


def the(name):
    return Division.objects.get(name=name)


def days(name):
    rows = DivisionCode.objects.filter(division=the(name)).order_by("starts_on")
    return [(row.code, row.starts_on.year, row.ends_on and row.ends_on.year) for row in rows]


def test_the_first_edition_is_all_new():
    assert bring(OLD, 2016).counts == {"new": len(OLD)}
    assert the("鲁班殿社区居委会").parent == the("中山路街道")
    assert days("湘潭市") == [("4303", 2016, None)]


def test_the_same_edition_again_adds_nothing():
    bring(OLD, 2016)
    before = set(DivisionCode.objects.values_list("pk", flat=True))
    again = bring(OLD, 2016)
    assert again.is_unchanged
    assert again.counts == {"same": len(OLD)}
    assert set(DivisionCode.objects.values_list("pk", flat=True)) == before


def test_another_edition_knows_who_was_renumbered_moved_and_gone():
    bring(OLD, 2016)
    keys = {row.name: row.pk for row in Division.objects.all()}
    told = bring(NEW, 2023)
    assert told.counts == {"same": 3, "moved": 3, "new": 1, "gone": 3}
    assert the("窑湾街道").pk == keys["窑湾街道办事处"]
    assert the("鲁班殿社区居委会").parent == the("窑湾街道")
    assert the("唐兴寺社区居民委员会").pk == keys["唐兴寺居委会"]


def test_a_code_used_again_does_not_carry_its_old_place_along():
    bring(OLD, 2016)
    bring(NEW, 2023)
    assert days("广场街道") == [("430302005", 2016, 2023)]
    assert days("窑湾街道") == [("430302007", 2016, 2023), ("430302005", 2023, None)]


def test_an_older_edition_may_come_later():
    bring(NEW, 2023)
    told = bring(OLD, 2016)
    assert told.counts["gone"] == 0
    assert days("窑湾街道") == [("430302007", 2016, 2023), ("430302005", 2023, None)]
    assert days("广场街道") == [("430302005", 2016, 2023)]
    assert days("湘潭市") == [("4303", 2016, None)]
    assert the("鲁班殿社区居委会").parent == the("窑湾街道")


def test_a_name_that_is_alike_under_the_same_code_is_a_new_name():
    bring([*TOP, ("430302005", "塘马园街道", "430302")], 2016)
    told = bring([*TOP, ("430302005", "唐马园街道", "430302")], 2023)
    assert told.counts == {"same": 3, "renamed": 1}
    assert [change.was for change in told.changes] == ["塘马园街道"]


def test_a_county_that_becomes_a_district_stays_itself():
    bring([*TOP[:2], ("430321", "双流县", "4303")], 2014)
    bring([*TOP[:2], ("430304", "双流区", "4303")], 2016)
    assert days("双流区") == [("430321", 2014, 2016), ("430304", 2016, None)]


def test_divisions_that_were_added_by_hand_are_found_by_their_names():
    top = actions.add_division("湖南省", 1)
    street = actions.add_division("湘潭市", 2, parent=top)
    bring(OLD, 2016)
    assert days("湘潭市") == [("4303", 2016, None)]
    assert the("湘潭市").pk == street.pk


def test_a_trial_writes_nothing():
    assert bring(OLD, 2016, dry_run=True).counts == {"new": len(OLD)}
    assert not Division.objects.exists()


def test_an_import_is_one_line_for_each_province():
    bring(OLD, 2016)
    bring(OLD, 2016)
    assert Line.objects.filter(community=INSTALLATION).count() == 1
    assert verify(INSTALLATION).ok


def test_what_is_mended_in_an_edition_is_mended_here():
    bring(OLD, 2016)
    told = bring([row for row in OLD if row[0] != "430302005001"], 2016)
    assert (told.counts["gone"], days("熙春路社区居委会")) == (1, [])


CODES = ("430302001", "430302002", "430302003")
LISTS = st.dictionaries(st.sampled_from(CODES), st.sampled_from("甲乙丙丁戊"), max_size=3).filter(
    lambda found: len(set(found.values())) == len(found)
)


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(LISTS, min_size=3, max_size=3), st.permutations((2016, 2019, 2023)))
def test_no_code_has_two_divisions_on_one_day_in_whatever_order_editions_come(lists, order):
    editions = dict(zip((2016, 2019, 2023), lists, strict=True))
    with transaction.atomic():
        for year in order:
            streets = [(code, f"{name}山街道", "430302") for code, name in sorted(editions[year].items())]
            bring([*TOP, *streets], year)
        for year, said in editions.items():
            day = date(year, 6, 1)
            held = (
                DivisionCode.objects.filter(starts_on__lte=day).exclude(ends_on__lte=day).values_list("code", flat=True)
            )
            assert sorted(held) == sorted({*said, "43", "4303", "430302"})
        transaction.set_rollback(True)


def test_a_folder_of_files_is_read_and_a_bad_row_is_named(tmp_path):
    heads = {"provinces": "code,name", "cities": "code,name,provinceCode", "areas": "code,name,cityCode",
             "streets": "code,name,areaCode", "villages-2023": "code,name,streetCode"}  # fmt: skip
    for at, (name, head) in enumerate(heads.items()):
        rows = [row for row in NEW if LEVELS[len(row[0])] == at + 1]
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            file.write(head + "\n")
            csv.writer(file).writerows([code, label, parent][: 2 + bool(at)] for code, label, parent in rows)
    found = read_edition(tmp_path)
    assert (found.starts_on, found.size) == (date(2023, 1, 1), len(NEW))
    (tmp_path / "cities.csv").write_text("code,name,provinceCode\n4303,湘潭市,44\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"cities\.csv, row 2: .*44"):
        read_edition(tmp_path)


def test_a_list_without_a_year_asks_for_one(tmp_path):
    (tmp_path / "list.csv").write_text("code,name,level,parent\n11,北京市,province,\n", encoding="utf-8")
    with pytest.raises(Refused, match="--edition"):
        read_edition(tmp_path / "list.csv")
    assert read_edition(tmp_path / "list.csv", 2020).starts_on == date(2020, 1, 1)


def test_the_tree_shows_what_there_is_today_and_counts_communities():
    bring(OLD, 2016)
    bring(NEW, 2023)
    actions.found("luban", "鲁班殿社区", "L", division=the("鲁班殿社区居委会"))
    district = the("雨湖区")
    assert [row.name for row in queries.divisions(district)] == ["窑湾街道", "城正街街道"]
    rows = list(queries.divisions(None))
    assert ([row.name for row in rows], queries.counts_below(rows)) == (["湖南省"], {rows[0].pk: 1})
    assert queries.counts_below(list(queries.divisions(district))) == {the("窑湾街道").pk: 1}
    assert Community.objects.get().divisions_above[-1] == rows[0].pk


@pytest.mark.parametrize(("asked", "found"), [("窑", ["窑湾街道"]), ("430302005", 3), ("没有", []), ("湘", ["湘潭市"])])
def test_divisions_are_found_by_how_name_or_code_begin(asked, found):
    bring(NEW, 2023)
    names = [row.name for row in queries.divisions(None, asked)]
    assert names == found if isinstance(found, list) else len(names) == found


def test_the_page_leads_down_the_tree(client):
    bring(NEW, 2023)
    assert "湖南省" in client.get("/divisions/").content.decode()
    page = client.get(f"/divisions/?in={the('雨湖区').pk}").content.decode()
    assert "窑湾街道" in page
    assert "湘潭市" in page  # in the trail
    assert "鲁班殿" in client.get("/divisions/?q=鲁班").content.decode()
    assert client.get("/divisions/?in=nothing").status_code == 404


def test_the_page_without_a_list_says_how_it_comes(client):
    assert "mulin import divisions" in client.get("/divisions/").content.decode()


@pytest.mark.shared
@pytest.mark.story("L1")
def test_both_real_editions_of_a_province_come_in(shared):
    told = []
    for path in (shared / "divisions", shared / "divisions/adcode-2016-with-centres.csv.gz"):
        read = read_edition(path)
        read.provinces = {"43": read.provinces["43"]}
        told.append(import_divisions(read))
    new, old = (one.counts for one in told)
    assert new == {"new": 31_378} or 25_000 < new["new"] < 45_000
    assert old["same"] + old["spelled"] > 10_000
    yaowan = the("窑湾街道")
    assert days("窑湾街道")[0][0] == "430302007"
    assert Division.objects.filter(parent=yaowan, name__startswith="鲁班殿").count() == 1
    day = date(2016, 6, 1)
    valid = DivisionCode.objects.filter(starts_on__lte=day, code="430302005").exclude(ends_on__lte=day)
    assert [row.division.name for row in valid] == ["广场街道"]

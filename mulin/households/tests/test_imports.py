"""Tables of households and owners: what comes in, what is stopped and why, and that a second run adds nothing."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from mulin.households import actions
from mulin.households.models import Guardian, Household, Membership, Ownership
from mulin.journal.verify import verify
from mulin.kernel.refusals import Refused
from mulin.people.models import Person
from mulin.tables import examine, importer
from mulin.territory.models import Dwelling

HEAD = ["楼栋", "楼门", "房号", "姓名", "手机号", "出生日期", "与户主关系", "监护人"]
OWNERS = ["楼栋", "楼门", "房号", "业主姓名", "业主手机号", "产权单位", "份额", "是否交付", "建筑面积"]


@pytest.fixture
def bring(homes, tmp_path):
    """Check and write rows of a kind; return the report and how many were new."""

    def bring(kind, head, *rows):
        out = StringIO()
        csv.writer(out).writerows([head, *rows])
        path = tmp_path / "table.csv"
        path.write_text(out.getvalue(), "utf-8")
        table, plan = examine(importer(kind), homes.community, path, by=homes.keeper, filename="table.csv")
        return table.report, importer(kind).write(homes.community, plan, by=homes.keeper, advance=int)

    return bring


def row(door, name, phone="", born="", relation="其他", guardian="", entrance="1门"):
    return ["1号楼", entrance, door, name, phone, born, relation, guardian]


def stops(report):
    return [(one.row, one.column) for one in report.ordered() if one.stops]


@pytest.mark.story("C2")
def test_households_come_in_with_their_people_and_a_second_run_adds_nobody(homes, bring):
    rows = [
        row("101", "王建国", "13900000001", "1970-01-01", "户主"),
        row("101", "王小明", "", "2018-05-01", "子女", "王建国"),
        row("102", "李梅", "13900000002", "", "租户"),
    ]
    report, made = bring("households", HEAD, *rows)
    assert (report.is_clean, made) == (True, 3)
    assert (Household.objects.count(), Membership.objects.filter(state="member").count()) == (2, 3)
    held = Guardian.objects.get()
    assert (held.child.name, held.guardian.name, held.state, held.consent_how) == ("王小明", "王建国", "held", "paper")
    assert held.rings_at is not None
    assert Person.objects.get(name="李梅").entrance == homes.entrance
    before = Person.objects.count()
    report, made = bring("households", HEAD, *rows)
    assert (made, report.counts["known"], Person.objects.count()) == (0, 3, before)
    assert verify(homes.community.pk).ok


def test_bad_rows_are_named_and_the_others_come_in(homes, bring):
    report, made = bring(
        "households", HEAD,
        row("101", "王建国", "13900000001"),
        row("909", "李梅"),
        row("102", "小李", "", "2018-05-01", "子女"),
        row("102", "小张", "", "2018-05-01", "子女", "不认识"),
        row("102", "张三", "", "2999-01-01"),
        row("102", "王建国", "13900000001"),
        ["9号楼", "", "101", "赵四", "", "", "", ""],
    )  # fmt: skip
    assert made == 1
    assert stops(report) == [
        (3, "房号"),
        (4, "同意的监护人"),
        (5, "同意的监护人"),
        (6, "出生日期"),
        (7, "第二住所"),
        (8, "楼栋"),
    ]


def test_people_who_are_here_are_found_and_their_place_follows(homes, bring):
    known = homes.someone("王建国", phone="13900000001")
    bring("households", HEAD, row("101", "王建国", "139-0000-0001"))
    found = Person.objects.get(name="王建国")
    assert (found.pk, found.entrance, found.version) == (known.pk, homes.entrance, 2)


def test_a_child_who_is_known_to_be_young_needs_a_guardian_though_the_table_gives_no_birthday(homes, bring):
    from datetime import date

    homes.someone("小王", phone="13900000001", born_on=date(2020, 1, 1))
    report, made = bring("households", HEAD, row("101", "小王", "13900000001"))
    assert (made, stops(report)) == (0, [(2, "同意的监护人")])


def test_someone_whose_main_home_is_elsewhere_is_stopped(homes, bring):
    homes.admit(homes.home(0), name="王建国", phone="13900000001")
    report, made = bring("households", HEAD, row("102", "王建国", "13900000001"))
    assert (made, stops(report)) == (0, [(2, "第二住所")])


def test_owners_come_in_with_exact_shares_and_areas(homes, bring):
    homes.firm("宝翠开发公司")
    rows = [
        ["1号楼", "1门", "101", "王建国", "13900000001", "", "1/2", "是", "89.50"],
        ["1号楼", "1门", "101", "李梅", "13900000002", "", "50%", "是", "89.50"],
        ["1号楼", "1门", "102", "", "", "宝翠开发公司", "", "否", ""],
    ]
    report, made = bring("ownerships", OWNERS, *rows)
    assert (report.is_clean, made) == (True, 3)
    assert sorted(Ownership.objects.values_list("numerator", "denominator", "state")) == [
        (1, 1, "registered"), (1, 2, "delivered"), (1, 2, "delivered"),
    ]  # fmt: skip
    assert set(Person.objects.filter(name__in=["王建国", "李梅"]).values_list("kind", flat=True)) == {"owner"}
    assert bring("ownerships", OWNERS, *rows)[1] == 0


def test_a_share_beyond_the_whole_is_stopped_with_what_is_free(homes, bring):
    homes.own(share=(1, 2))
    report, made = bring(
        "ownerships", OWNERS,
        ["1号楼", "1门", "101", "甲", "13900000001", "", "1/3", "", ""],
        ["1号楼", "1门", "101", "乙", "13900000002", "", "1/3", "", ""],
        ["1号楼", "1门", "101", "丙", "", "某公司", "1/10", "", ""],
        ["1号楼", "1门", "101", "丁", "", "", "9/8", "", ""],
    )  # fmt: skip
    assert made == 1
    assert stops(report) == [(3, "产权份额"), (4, "业主姓名"), (5, "产权份额")]
    assert "1/6" in next(one.words for one in report.ordered() if one.row == 3)


def test_a_share_that_ends_on_a_later_day_is_not_free_before(homes, bring):
    owned = homes.own()
    actions.end(owned, by=homes.keeper, ends_on=owned.starts_on + timedelta(days=30))
    report, made = bring("ownerships", OWNERS, ["1号楼", "1门", "101", "甲", "13900000001", "", "1", "", ""])
    assert (made, stops(report)) == (0, [(2, "产权份额")])


def test_an_area_that_was_not_known_is_taken_up(homes, bring):
    homes.door("301")
    bring("ownerships", OWNERS, ["1号楼", "1门", "301", "甲", "", "", "", "", "70.25"])
    assert Dwelling.objects.get(name="301").area == 7025


def test_a_share_that_was_given_out_meanwhile_is_refused(homes):
    kind, out = importer("ownerships"), StringIO()
    csv.writer(out).writerows([OWNERS, ["1号楼", "1门", "101", "甲", "13900000001", "", "1", "", ""]])
    table, plan = examine(kind, homes.community, out.getvalue().encode(), by=homes.keeper)
    assert table.report.is_clean
    homes.own(share=(1, 2))
    with pytest.raises(Refused, match="2"):
        kind.write(homes.community, plan, by=homes.keeper, advance=int)
    assert Ownership.objects.count() == 1

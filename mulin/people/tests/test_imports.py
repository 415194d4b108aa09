"""Tables of persons, posts and organisations, with a report by row, and twice without doubles."""

import csv
import io

import pytest

from mulin.journal.models import Detail
from mulin.journal.verify import verify
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.worker import tick
from mulin.people import actions as people
from mulin.people.imports import Organisations, Persons, Posts
from mulin.people.models import Organisation, Person, Post, Term
from mulin.people.queries import viewer_of
from mulin.people.tests import factories
from mulin.tables import examine
from mulin.territory import actions as places

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def lane(cast):
    house = places.add_building(cast.community, "1号楼", number=1, lon=121.5, lat=31.2)
    places.add_entrance(house, "1门")
    places.add_entrance(house, "2门")
    factories.kind(cast.community, "entrance_lead", ["cases.lead"], places=["entrance", "building"])
    return cast


def sheet(*rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def bring(importer, cast, *rows):
    """Read, check and write a table; return its report and how many were written."""
    table, plan = examine(importer, cast.community, sheet(*rows), by=SYSTEM, filename="t.csv")
    return table.report, importer.write(cast.community, plan, by=SYSTEM, advance=int)


HEAD = ("姓名", "手机号", "楼栋", "楼门", "出生日期", "类别")


def test_persons_come_in_once_with_home_and_sealed_number(lane):
    rows = (HEAD, ("孙丽华", "139 0000 0001", "1号楼", "2门", "1958-06-01", "居民"), ("高文博", "", "1", "1", "", ""))
    report, made = bring(Persons(), lane, *rows)
    assert (report.problems, made) == ([], 2)
    assert bring(Persons(), lane, *rows)[1] == 0
    sun = Person.objects.get(name="孙丽华")
    assert (str(sun.entrance), sun.phone, sun.born_on) == ("1号楼 2门", "13900000001", "1958-06-01")
    assert verify(lane.community.pk).ok


def test_what_is_wrong_is_told_by_row_and_keeps_only_that_row_outside(lane):
    report, made = bring(
        Persons(), lane, HEAD, ("孙丽华", "13900000001", "9号楼", "", "", ""), ("高文博", "1", "", "", "", ""),
        ("韩磊", "", "", "", "", ""), ("韩磊", "", "1号楼", "9门", "", ""), ("冯玉梅", "", "", "", "2090-01-01", ""),
        ("冯玉梅", "13900000002", "", "", "", ""), ("冯玉梅", "13900000002", "1号楼", "1门", "", ""),
    )  # fmt: skip
    assert {one.row for one in report.problems if one.stops} == {2, 3, 4, 5, 6, 8}
    assert made == 1


def test_who_is_here_already_is_known_by_name_and_number(lane):
    _report, made = bring(Persons(), lane, HEAD, ("王桂兰", "13912345678", "", "", "", ""))
    assert made == 0


def test_posts_come_in_with_their_holders_and_end_by_themselves(lane):
    head = ("岗位", "楼栋", "楼门", "姓名", "手机号", "任职日期", "到期日期")
    today = clock.now().date()
    next_year = str(today.replace(year=today.year + 1))
    rows = (
        head, ("entrance_lead", "1号楼", "1门", "王桂兰", "13912345678", str(today), next_year),
        ("entrance_lead", "1号楼", "2门", "", "", "", ""), ("entrance_lead", "", "", "", "", "", ""),
        ("entrance_lead", "1号楼", "", "无此人", "", "", ""), ("warden", "1号楼", "", "", "", "", ""),
    )  # fmt: skip
    report, made = bring(Posts(), lane, *rows)
    assert {one.row for one in report.problems if one.stops} == {4, 5, 6}
    assert made == 2
    assert bring(Posts(), lane, *rows)[1] == 0
    assert Post.objects.filter(kind__key="entrance_lead").count() == 2
    assert viewer_of(lane.resident).can("cases.lead")
    clock.set(clock.now().replace(year=today.year + 1, month=12, day=31))
    tick()
    assert Term.objects.get(person=lane.resident).state == "ended"
    assert not viewer_of(lane.resident).can("cases.lead")


def test_organisations_come_in_with_their_parents_whatever_the_order(cast):
    head = ("类型", "名称", "上级组织", "统一社会信用代码")
    rows = (
        head, ("志愿队", "银龄队", "居委会", ""), ("居委会", "居委会", "", "91350100M000100Y43"),
        ("企业", "孤儿", "没有的", ""), ("企业", "甲", "乙", ""), ("企业", "乙", "甲", ""), ("企业", "错号", "", "123"),
    )  # fmt: skip
    report, made = bring(Organisations(), cast, *rows)
    assert {one.row for one in report.problems if one.stops} == {4, 5, 6, 7}
    assert made == 2
    assert Organisation.objects.get(name="银龄队").parent.name == "居委会"
    assert bring(Organisations(), cast, *rows)[1] == 0


def test_a_name_that_anyone_may_have_given_themselves_gets_no_post(lane):
    head = ("岗位", "楼栋", "楼门", "姓名", "手机号")
    people.add_person(by=SYSTEM, community=lane.community, name="快递小李", kind="guest")
    report, made = bring(
        Posts(),
        lane,
        head,
        ("entrance_lead", "1号楼", "1门", "王桂兰", ""),
        ("entrance_lead", "1号楼", "2门", "快递小李", ""),
    )
    assert {one.row for one in report.problems if one.stops} == {2, 3}
    assert made == 0


def test_the_journal_names_who_brought_a_table_in(lane):
    keeper = viewer_of(lane.officer)
    _table, plan = examine(Persons(), lane.community, sheet(HEAD, ("高文博", "", "1号楼", "1门", "", "")), by=keeper)
    Persons().write(lane.community, plan, by=keeper)
    assert Detail.objects.get(noun_id=Person.objects.get(name="高文博").pk).actor == keeper.actor


def test_the_vacant_post_of_that_kind_and_place_is_filled_before_another_is_opened(lane):
    kind = factories.kind(lane.community, "keeper", ["cases.lead"], places=["community"])
    there = people.add_post(by=SYSTEM, community=lane.community, kind=kind, title="The keeper")
    for name, phone in (("孙丽华", "13900000001"), ("高文博", "13900000002")):
        people.add_person(by=SYSTEM, community=lane.community, name=name, phone=phone)
    head = ("岗位", "楼栋", "名称", "姓名", "手机号")
    rows = (head, ("keeper", "", "第一岗", "孙丽华", "13900000001"), ("keeper", "", "第二岗", "高文博", "13900000002"))
    report, made = bring(Posts(), lane, *rows)
    assert (report.problems, made) == ([], 2)
    assert [str(term.person) for term in there.terms.all()] == ["孙丽华"]
    assert Post.objects.filter(kind=kind).count() == 2
    assert bring(Posts(), lane, *rows)[1] == 0

"""Tables of cases: what one may not see is never in one; people's words need a second person, and end after a day."""

import csv
import io
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from mulin import tables
from mulin.cases.models import Category
from mulin.cases.tests.callers import browser, caller
from mulin.channels import actions
from mulin.channels.models import Export, File
from mulin.channels.queries import exporting
from mulin.kernel import clock
from mulin.kernel.engine import update_adopted
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import read_on, tick
from mulin.news.models import Notification
from mulin.people.models import AccessLine, Term

pytestmark = pytest.mark.django_db
WORDS = "楼道的灯不亮，老人看不清台阶。"


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def taken(client, town, query="", form="csv"):
    answer = client.get(f"/{town.community.slug}/exports/cases.{form}{query}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def ask(town, **more):
    given = {"reason": "For the auditors of the street", "form": "csv", **more}
    return actions.ask(by=town.worker, community=town.community, **given)


def made(town, django_capture_on_commit_callbacks=None, **more):
    export = actions.agree(ask(town, **more), by=town.worker_two)
    actions.make_waiting()
    return Export.objects.get(pk=export.pk)


def test_everyone_takes_what_is_public_and_no_words(town):
    case = town.report()
    rows = rows_of(taken(browser(), town))
    assert [row["Number"] for row in rows] == [case.number]
    assert WORDS not in str(rows)
    assert "Wang" not in str(rows)


@pytest.mark.story("E3")
@pytest.mark.parametrize("who", [None, "neighbour", "resident", "officer"])
def test_what_one_may_not_see_is_in_no_table(town, who):
    town.report(disclosure="confidential", by=town.worker)
    viewer = getattr(town, who) if who else None
    seen = {row["Number"] for row in rows_of(taken(browser(viewer), town))}
    listed = browser(viewer).get(f"/{town.community.slug}/cases/").content.decode()
    assert all(number in listed for number in seen)
    assert bool(seen) == (who == "officer")  # whose grid it is


def test_a_table_is_narrowed_as_the_list_is(town):
    lamp = town.report(category=town.category("lamp"))
    town.report(category=town.category("other"))
    assert [row["Number"] for row in rows_of(taken(browser(), town, "?category=lamp"))] == [lamp.number]
    assert rows_of(taken(browser(), town, "?state=ended")) == []
    assert "category=lamp" in browser().get(f"/{town.community.slug}/cases/?category=lamp").content.decode()


def test_searching_for_words_one_may_not_read_finds_nothing(town):
    town.report(words="王家的狗叫了一夜。")
    assert rows_of(taken(browser(town.neighbour), town, "?q=王家")) == []


def test_excel_is_given_out_too_and_holds_no_formula(town):
    case = town.report()
    update_adopted(type(case).objects.filter(pk=case.pk), public_summary="=1+1")
    assert taken(browser(), town, form="xlsx")[:2] == b"PK"
    assert rows_of(taken(browser(), town))[0]["Summary for the public"] == "'=1+1"


def test_a_table_that_is_too_long_is_refused_with_what_would_work(town, monkeypatch):
    monkeypatch.setattr(import_module("mulin.channels.pages.exports"), "MOST_AT_ONCE", 0)
    town.report()
    answer = browser().get(f"/{town.community.slug}/exports/cases.csv")
    assert answer.status_code == 422
    assert "Choose a kind" in answer.content.decode()


def test_long_tables_are_read_in_pieces(town, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 2)
    for _each in range(5):
        town.report()
    assert len({row["Number"] for row in rows_of(taken(browser(), town))}) == 5


def test_an_export_says_in_words_what_it_was_narrowed_to(town):
    town.report()
    made = actions.ask(by=town.worker, community=town.community, reason="Lamps", state="new", grid="1")
    page = browser(town.worker_two).get(made.get_absolute_url()).content.decode()
    assert "<dd>New</dd>" in page
    assert "<dd>第1网格</dd>" in page


@pytest.mark.story("E3")
def test_words_leave_only_after_a_second_person_agreed(town):
    town.report()
    slug, desk, other = town.community.slug, browser(town.worker), browser(town.worker_two)
    sent = desk.post(f"/{slug}/exports/", {"reason": "For the street office", "form": "csv"})
    assert sent.status_code == 302, sent.content.decode()
    export = Export.objects.get()
    assert desk.get(f"{sent.url}file/").status_code == 410
    assert desk.post(f"{sent.url}agree/", {"version": export.version}).status_code in (403, 409)
    assert other.post(f"{sent.url}agree/", {"version": export.version}).status_code == 302
    assert actions.make_waiting() == 1
    rows = rows_of(b"".join(desk.get(f"{sent.url}file/").streaming_content))
    assert rows[0]["Words"] == WORDS
    assert rows[0]["Reporter"] == "W***"
    assert rows[0]["Exported for"].startswith("Zhou ")
    assert other.get(f"{sent.url}file/").status_code == 403
    assert browser(town.neighbour).get(sent.url).status_code == 404


@pytest.mark.story("E3")
def test_a_program_asks_agrees_and_fetches(town):
    town.report()
    address = f"/api/v1/{town.community.slug}/exports"
    asked = caller(town, town.worker).post(address, {"reason": "Yearly figures"}, content_type="application/json")
    assert asked.status_code == 201, asked.content
    own = f"{address}/{asked.json()['id']}"
    assert caller(town, town.worker).post(f"{own}/agree", {}, content_type="application/json").status_code == 409
    agreed = caller(town, town.worker_two).post(f"{own}/agree", {}, content_type="application/json")
    assert agreed.status_code == 200, agreed.content
    actions.make_waiting()
    assert caller(town, town.worker).get(f"{own}/file").content[:2] == b"PK"
    assert caller(town, town.resident).get(own).status_code in (403, 404)


def test_nobody_but_the_desk_asks(town):
    town.report()
    with pytest.raises(Refused):
        actions.ask(by=town.officer, community=town.community, reason="Curious")
    assert browser(town.resident).post(f"/{town.community.slug}/exports/", {"reason": "x"}).status_code == 404


def test_the_database_knows_that_two_persons_stand_for_an_export(town):
    town.report()
    export = ask(town)
    for fields in ({"state": "ready"}, {"agreed_by": export.asked_by}):
        with pytest.raises(IntegrityError), transaction.atomic():
            update_adopted(Export.objects.filter(pk=export.pk), **fields)


def test_whoever_is_in_it_reads_who_took_it_and_why(town):
    town.report()
    made(town)
    line = AccessLine.objects.get(subject=town.resident.person_id, what="export")
    assert (line.viewer_name, line.reason) == ("Zhou", "For the auditors of the street")


def test_whole_numbers_are_there_only_where_they_were_agreed_to(town):
    town.report(contact_phone="13900001234")
    for contacts, shown in ((False, "139****1234"), (True, "13900001234")):
        export = made(town, contacts=contacts)
        assert rows_of(actions.fetch(export, by=town.worker))[0]["Phone"] == shown


def test_who_reported_without_a_name_is_in_no_export(town):
    town.report(disclosure="anonymous")
    row = rows_of(actions.fetch(made(town, contacts=True), by=town.worker))[0]
    assert (row["Reporter"], row["Phone"]) == ("", "")


def test_after_a_day_the_file_is_gone(town, tmp_path, django_capture_on_commit_callbacks):
    town.report()
    export = made(town)
    assert len(list((tmp_path / "exports").iterdir())) == 1
    clock.set(clock.now() + timedelta(hours=24, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        tick()
    assert list((tmp_path / "exports").iterdir()) == []
    assert not File.objects.exists()
    with pytest.raises(Refused) as refused:
        actions.fetch(Export.objects.get(pk=export.pk), by=town.worker)
    assert refused.value.status == 410


def test_the_file_on_the_disk_tells_nothing(town, tmp_path):
    town.report()
    made(town)
    assert WORDS.encode() not in next((tmp_path / "exports").iterdir()).read_bytes()


def test_what_nobody_agrees_to_lapses(town):
    town.report()
    export = ask(town)
    clock.set(clock.now() + timedelta(days=3, minutes=1))
    tick()
    assert Export.objects.get(pk=export.pk).state == "expired"


def test_who_left_the_desk_meanwhile_gets_no_file(town):
    town.report()
    export = actions.agree(ask(town), by=town.worker_two)
    term = Term.objects.get(person=town.worker.person_id)
    clock.set(clock.now() + timedelta(days=4000))
    assert term
    actions.make_waiting()
    assert Export.objects.get(pk=export.pk).state == "failed"


def test_a_colleague_is_asked_and_the_asker_hears_the_end(town):
    town.report()
    made(town)
    while read_on():
        pass
    told = dict(Notification.objects.filter(kind="channels.export").values_list("verb", "account"))
    assert told == {"ask": town.worker_two.account_id, "finish": town.worker.account_id}


# ---- category packs ----


def bring(town, *rows, head="代码,上级代码,名称,立案条件,结案条件,办结时限（工作日）,在用"):
    content = "\ufeff" + "\n".join([head, *rows])
    kind = tables.importer("categories")
    table, plan = tables.examine(kind, town.community, content.encode(), by=town.worker, filename="t.csv")
    return table, kind.write(town.community, plan, by=town.worker)


@pytest.mark.story("E3")
def test_a_tree_is_brought_in_corrected_and_taken_out_of_use_row_by_row(town):
    before = Category.objects.filter(community=town.community).count()
    rows = ("sky-lamp,sky,天灯,灯不亮,灯亮,2,是", "sky,,天上,,,,")
    table, made = bring(town, *rows)
    assert table.report.is_clean, table.report.as_csv().decode()
    assert made == 2
    lamp = Category.objects.get(key="sky-lamp")
    assert (lamp.parent.key, lamp.solve_days, lamp.closes, lamp.post_kind) == ("sky", 2, "灯亮", "grid_officer")
    assert bring(town, *rows)[1] == 0
    assert bring(town, "sky-lamp,,天灯,,,3,否")[1] == 1
    lamp.refresh_from_db()
    assert (lamp.solve_days, lamp.is_active, lamp.closes, lamp.parent.key) == (3, False, "灯亮", "sky")
    assert Category.objects.filter(community=town.community).count() == before + 2


def test_rows_that_do_not_fit_into_the_tree_are_told_and_stay_outside(town):
    table, made = bring(town, "a,nowhere,甲,,,,", "b,b,乙,,,,", "c c,,丙,,,,", "lamp,,路灯,,,0,")
    assert made == 0
    assert len(table.report.stopped) == 4


def test_the_tree_given_out_comes_in_again_without_a_change(town):
    kind = tables.importer("categories")
    content = tables.write_xlsx(kind.layout, kind.rows(town.community, by=town.worker))
    table, plan = tables.examine(kind, town.community, content, by=town.worker, filename="t.xlsx")
    assert table.report.is_clean, table.report.as_csv().decode()
    assert plan.rows == []


def test_the_table_stands_on_the_page_of_imports_for_the_desk_alone(town):
    assert browser(town.worker).get(f"/{town.community.slug}/import/categories/").status_code in (200, 302)
    with pytest.raises(Refused):
        tables.importer("categories", town.resident)

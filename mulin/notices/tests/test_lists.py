"""Lists of people: only what is shown is stored, a second person agrees, nobody indexes it, and it is erased."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mulin.cases.tests.callers import Caller
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.engine import second
from mulin.kernel.models import Pending
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import drain
from mulin.news.queries import notifications
from mulin.notices import actions
from mulin.notices.figures import KINDS, MASKS, masked_door, masked_rows
from mulin.notices.models import ListRow
from mulin.notices.tests.walks import again, draft, later, main, posted, posted_list, text, with_list

HEADS = "申请人,住址,保障人数,拟救助金额"
GOOD = f"{HEADS}\n王小明,3号楼2单元1201,4,1286\n欧阳修,1号楼1单元0302,2,980元"


# ---- masks ----


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("3号楼2单元1201", "3号楼2单元***"),
        ("3号楼2单元12层1201室", "3号楼2单元***层***室"),
        ("3-2-1201", "3-2-***"),
        ("3栋5号", "3栋***号"),
        ("三号楼二单元五号", "三号楼二单元***号"),
        ("1201", "***"),
        ("1号楼1门", "1号楼1门"),
        ("幸福里12弄3号1201A", "幸福里12弄3号***"),
        ("３号楼１２０１", "３号楼***"),
    ],
)
def test_a_door_is_hidden_and_house_and_stairs_stay(written, shown):
    assert masked_door(written) == shown


@pytest.mark.parametrize(
    ("mask", "written", "shown"),
    [
        ("name", "王小明", "王**"), ("name", " 欧阳 修 ", "欧**"), ("name", "王*", "王*"), ("amount", 40, "<100"),
        ("amount", "1,286.50元", "1200"), ("count", 4.0, "4"), ("month", "2026-11-23", "2026-11"),
        ("plain", "Fit to serve", "Fit to serve"),
    ],
)  # fmt: skip
def test_each_cell_is_masked_as_its_column_says(mask, written, shown):
    assert MASKS[mask](written) == shown


@pytest.mark.parametrize("mask", ["plain", "name", "door"])
@pytest.mark.parametrize("number", ["13900000001", "139 0000 0001", "510104198803121234", "51010419880312123X"])
def test_a_phone_or_identity_number_is_refused_in_any_cell(mask, number):
    with pytest.raises(ValueError, match="never posted"):
        MASKS[mask](f"王 {number}")


def test_only_the_columns_of_the_kind_are_taken():
    with pytest.raises(ValueError, match="no column illness"):
        masked_rows(KINDS["assistance"], [{"name": "王小明", "illness": "x"}])
    with pytest.raises(ValueError, match="Row 2: Applicant is empty"):
        masked_rows(KINDS["assistance"], [{"name": "王小明"}, {"door": "3-2-1201"}])


def test_no_kind_with_a_list_is_indexed_or_has_pictures():
    assert [kind.key for kind in KINDS.values() if kind.has_list and (kind.index or kind.pictures)] == []
    assert all(kind.source and kind.since and kind.days >= 1 for kind in KINDS.values())


# ---- a second person ----


def test_a_list_is_posted_when_somebody_else_has_agreed(town):
    notice = actions.post_list(with_list(town), by=town.worker)
    assert again(notice).state == "drafted"
    drain()
    assert "post_list.asked" in set(notifications(town.worker_two).values_list("verb", flat=True))
    for viewer in (town.worker, town.resident):
        with pytest.raises(Refused, match="second person"):
            second(notice, "post_list", by=viewer, agree=True)
    notice = second(notice, "post_list", by=town.worker_two, agree=True)
    assert (notice.state, notice.poster_id) == ("posted", town.worker.person_id)


def test_nobody_posts_a_list_past_the_second_person(town):
    with pytest.raises(Refused, match="without a list"):
        actions.post(with_list(town), by=town.worker)
    with pytest.raises(Refused, match="one row"):
        actions.post_list(draft(town, kind="assistance"), by=town.worker)


def test_what_somebody_is_asked_to_agree_to_is_not_changed_meanwhile(town):
    notice = actions.post_list(with_list(town), by=town.worker)
    with pytest.raises(Refused, match="still asked"):
        actions.amend(notice, by=town.worker, title="Other", text="Other")
    with pytest.raises(Refused, match="still asked"):
        actions.fill(notice, by=town.worker, rows=[{"name": "李*"}])
    second(notice, "post_list", by=town.worker_two, agree=False)
    drain()
    assert "post_list.declined" in set(notifications(town.worker).values_list("verb", flat=True))
    assert actions.amend(notice, by=town.worker, title="Other", text="Other").title == "Other"


def test_without_a_second_word_it_lapses_and_can_be_changed_again(town):
    notice = actions.post_list(with_list(town), by=town.worker)
    later(days=8)
    assert not Pending.objects.exists()
    assert actions.amend(again(notice), by=town.worker, title="Other", text="Other").state == "drafted"


# ---- erased ----


@pytest.mark.parametrize("how", ["down", "withdrawn", "replaced", "dropped"])
def test_the_rows_are_erased_whichever_way_it_ends(town, how):
    notice = actions.drop(with_list(town), by=town.worker) if how == "dropped" else posted_list(town)
    assert how == "dropped" or ListRow.objects.count() == 1
    if how == "down":
        later(days=8)
        later(days=2)
    elif how == "withdrawn":
        actions.withdraw(notice, by=town.worker, reason="x")
    elif how == "replaced":
        new = draft(town, kind="assistance", title="New", replaces=notice, reason="x")
        new = actions.fill(new, by=town.worker, rows=[{"name": "李*"}])
        second(actions.post_list(new, by=town.worker), "post_list", by=town.worker_two, agree=True)
    rows = ListRow.objects.filter(notice=notice.pk)
    assert (rows.count(), again(notice).rows_count, again(notice).erased_at is None) == (0, 1, False)
    assert again(notice).rows == []


def test_the_journal_holds_no_name_of_a_list(town, web, base):
    notice = draft(town, kind="assistance")
    web(town.worker).post(f"{base}{notice.pk}/fill/", {"pasted": GOOD})
    second(actions.post_list(again(notice), by=town.worker), "post_list", by=town.worker_two, agree=True)
    bodies = " ".join(Detail.objects.values_list("body", flat=True))
    assert again(notice).rows_count == 2
    for word in ("王", "欧", "1201", "1286"):
        assert word not in bodies


# ---- nobody indexes it ----


def test_search_engines_are_kept_away_from_lists_and_drafts_only(town, web, base):
    listed, plan, unposted = posted_list(town), posted(town), draft(town)
    for path in ("", "sheet/"):
        page = web().get(f"{listed.get_absolute_url()}{path}")
        assert "noindex" in page["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex' in text(page)
        page = web().get(f"{plan.get_absolute_url()}{path}")
        assert "X-Robots-Tag" not in page
        assert "noindex" not in text(page)
        assert "noindex" in web(town.worker).get(f"{unposted.get_absolute_url()}{path}")["X-Robots-Tag"]
    assert "noindex" in Caller(town).get(f"/notices/{listed.pk}/rows")["X-Robots-Tag"]


def test_the_list_stands_on_its_page_and_sheet_and_nowhere_else(town, web, base):
    notice = posted_list(town)
    for path in (notice.get_absolute_url(), f"{notice.get_absolute_url()}sheet/"):
        assert "王**" in text(web().get(path))
    for path in (base, f"{base}feed.atom"):
        assert "王**" not in text(web().get(path))
    assert "王**" not in Caller(town).get(f"/notices/{notice.pk}").content.decode()
    assert Caller(town).get(f"/notices/{notice.pk}/rows").json()["rows"] == [["王**", "3号楼2单元***", "", ""]]
    later(days=12)
    assert "王**" not in text(web().get(notice.get_absolute_url()))
    assert "was erased" in main(web().get(notice.get_absolute_url()))
    assert Caller(town).get(f"/notices/{notice.pk}/rows").json()["rows"] == []


def test_a_list_of_people_has_no_pictures(town, web, base, picture):
    sent = {"kind": "assistance", "title": "A", "text": "B", "photos": picture}
    answer = web(town.worker).post(f"{base}new/", sent)
    assert answer.status_code == 422
    assert "has no pictures" in answer.content.decode()


@pytest.fixture
def picture():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return SimpleUploadedFile("gate.jpg", out.getvalue(), "image/jpeg")


def test_other_notices_may_have_pictures_that_everyone_sees(town, web, base, picture):
    made = web(town.worker).post(f"{base}new/", {"kind": "plan", "title": "A", "text": "B", "photos": picture})
    page = text(web(town.worker).get(made["Location"]))
    url = page.split('<a href="')[1:]
    url = next(each.split('"')[0] for each in url if "/photos/" in each.split('"')[0])
    assert web().get(url).status_code == 404
    assert web(town.worker).post(f"{made['Location']}post/", {}).status_code == 302
    assert b"".join(web().get(url).streaming_content).startswith(b"\xff\xd8")


# ---- from a table ----


def test_a_table_is_checked_and_nothing_of_it_is_kept_before_the_button(town, web, base):
    notice, worker = draft(town, kind="assistance"), web(town.worker)
    url = f"{notice.get_absolute_url()}list/"
    assert "Applicant" in main(worker.get(url))
    assert b"".join(worker.get(f"{url}template.xlsx").streaming_content).startswith(b"PK")
    page = text(worker.post(url, {"table": SimpleUploadedFile("a.csv", GOOD.encode())}))
    assert ("王**" in page, "王小明" in page, "3号楼2单元***" in page, ListRow.objects.count()) == (
        True,
        False,
        True,
        0,
    )
    token = page.split('name="token" value="')[1].split('"')[0]
    sent = {"token": token, "filename": "a.csv"}
    assert web(town.worker_two).post(f"{url}bring/", sent).status_code == 302  # another's token opens nothing
    assert ListRow.objects.count() == 0
    assert worker.post(f"{url}bring/", sent).status_code == 302
    kept = [row.cells for row in again(notice).rows]
    assert kept[0] == {"name": "王**", "door": "3号楼2单元***", "people": "4", "amount": "1200"}
    assert "waited for an hour" in text(worker.post(f"{url}bring/", sent, follow=True))


BAD = f"{HEADS}\n,3号楼1单元1,1,1\n李四,2号楼1单元2,many,900\n张三 13900000001,2-1-3,1,900\n赵六,2-1-4,1,900"


def test_what_is_wrong_is_reported_row_by_row(town, web):
    notice, worker = draft(town, kind="assistance"), web(town.worker)
    url = f"{notice.get_absolute_url()}list/"
    page = text(worker.post(url, {"pasted": BAD}))
    assert "nothing has been kept" in page
    assert ("must be filled in" in page, "no whole number" in page, "never posted" in page) == (True, True, True)
    sent = {"token": page.split('name="token" value="')[1].split('"')[0], "filename": ""}
    report = b"".join(worker.post(f"{url}report/", sent).streaming_content).decode()
    assert report.count("\n") == 4
    assert "13900000001" not in report
    assert worker.post(f"{url}bring/", sent).status_code == 422
    page = text(worker.post(url, {"pasted": BAD}))
    sent = {"token": page.split('name="token" value="')[1].split('"')[0], "filename": "", "partial": "1"}
    assert worker.post(f"{url}bring/", sent).status_code == 302
    assert [row.cells["name"] for row in again(notice).rows] == ["赵*"]


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"pasted": "no headings here"}, {"pasted": HEADS}, {"pasted": "住址\n1-1-1"},
        {"table": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")},
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused_with_what_would_work(town, web, sent):
    notice = draft(town, kind="assistance")
    for file in sent.values():
        if hasattr(file, "seek"):
            file.seek(0)
    answer = web(town.worker).post(f"{notice.get_absolute_url()}list/", sent)
    assert answer.status_code == 422
    assert ListRow.objects.count() == 0


def test_a_column_that_the_kind_has_not_is_left_out(town):
    notice = draft(town, kind="assistance")
    caller = Caller(town, town.worker)
    pasted = "申请人,病情\n王小明,cancer"
    checked = caller.post(f"/notices/{notice.pk}/check-list", {"pasted": pasted}).json()
    assert (checked["is_clean"], checked["rows"], ListRow.objects.count()) == (True, 1, 0)
    assert "not known here" in checked["problems"][0]["words"]
    assert caller.post(f"/notices/{notice.pk}/fill", {"pasted": pasted}).status_code == 200
    assert [row.cells for row in again(notice).rows] == [{"name": "王**"}]


def test_a_program_hears_what_is_wrong_in_a_table(town):
    notice, caller = draft(town, kind="assistance"), Caller(town, town.worker)
    checked = caller.post(f"/notices/{notice.pk}/check-list", {"pasted": BAD}).json()
    assert (checked["is_clean"], checked["stopped_rows"]) == (False, 3)
    assert caller.post(f"/notices/{notice.pk}/fill", {"pasted": BAD}).status_code == 422
    assert Caller(town, town.resident).post(f"/notices/{notice.pk}/check-list", {"pasted": BAD}).status_code == 404
    clock.advance(timedelta(minutes=1))
    assert caller.post(f"/notices/{posted(town).pk}/check-list", {"pasted": BAD}).status_code == 409

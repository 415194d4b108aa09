"""Tables through the pages: the file is checked first, waits encrypted, and comes in with a button; and by the API."""

import io
import json
import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from xlsxwriter import Workbook

from mulin.cases.tests.browsing import cookie_of, shown
from mulin.cases.tests.factories import town
from mulin.kernel.worker import do_chores
from mulin.tables import importer, waiting
from mulin.territory.models import Dwelling

__all__ = ["town"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Let files wait in a folder of this test."""
    settings.DATA = tmp_path
    return tmp_path / "waiting"


@pytest.fixture
def see(client, town):
    """Open or send a page of tables as someone, in English."""

    def visit(name, *args, by=None, data=None, **query):
        client.cookies["language"] = "en"
        client.cookies["mulin"] = cookie_of(by or town.worker)
        url = reverse(f"community:{name}", args=[town.community.slug, *args])
        return client.get(url, query) if data is None else client.post(url, data)

    return visit


def dwellings(*rows, name="房屋.xlsx"):
    """Write a table of dwellings as a browser sends it."""
    layout, out = importer("dwellings").layout, io.BytesIO()
    with Workbook(out) as book:
        page = book.add_worksheet(layout.sheet)
        page.write_row(0, 0, [column.head for column in layout.columns])
        for at, row in enumerate(rows, 1):
            page.write_row(at, 0, row)
    return SimpleUploadedFile(name, out.getvalue())


GOOD = [("1号楼", "1门", str(101 + n), 1, 80.5, "住宅") for n in range(3)]
BAD = ("77号楼", "", "101", "", "", "")


def hidden(response):
    """Return what the form of a checked file carries."""
    context = response.context
    found = {"token": context["token"], "filename": context["report"].file, "sheet": ""}
    return found


def test_a_good_file_is_checked_and_then_comes_in(see, town, folder):
    page = see("importing_kind", "dwellings", data={"file": dwellings(*GOOD)})
    assert "Bring in 3 rows" in shown(page)
    assert not Dwelling.objects.exists()
    (waits,) = folder.iterdir()
    assert waits.stat().st_mode & 0o777 == 0o600
    assert b"PK" not in waits.read_bytes()[:4]
    done = see("importing_bring", "dwellings", data=hidden(page))
    assert done.status_code == 302
    assert "3 rows were brought in." in shown(see("importing_kind", "dwellings"))
    assert Dwelling.objects.filter(community=town.community).count() == 3
    assert not list(folder.iterdir())


def test_a_second_click_brings_nothing_in(see):
    sent = hidden(see("importing_kind", "dwellings", data={"file": dwellings(*GOOD)}))
    see("importing_bring", "dwellings", data=sent)
    see("importing_bring", "dwellings", data=sent)
    assert "not here any more" in shown(see("importing_kind", "dwellings"))
    assert Dwelling.objects.count() == 3
    assert "already" in shown(see("importing_kind", "dwellings", data={"file": dwellings(*GOOD)}))


def test_rows_that_do_not_fit_are_listed_and_stay_outside(see):
    page = see("importing_kind", "dwellings", data={"file": dwellings(*GOOD, BAD)})
    words = shown(page)
    assert "There is no such building: 77号楼" in words
    assert "Send the mended file" in words
    sent = hidden(page)
    report = see("importing_report", "dwellings", data=sent)
    assert "77号楼" in b"".join(report.streaming_content).decode()
    see("importing_bring", "dwellings", data={**sent, "partial": "1"})
    assert Dwelling.objects.count() == 3
    assert "1 stayed outside" in shown(see("importing_kind", "dwellings"))


def test_without_a_word_nothing_of_a_bad_file_comes_in(see):
    sent = hidden(see("importing_kind", "dwellings", data={"file": dwellings(*GOOD, BAD)}))
    see("importing_bring", "dwellings", data=sent)
    assert not Dwelling.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04broken", "damaged"),
        (b"%PDF-1.7", "a PDF"),
        (b"a,b\n1,2", "headings"),
        ("楼栋,房号\n".encode(), "not one row"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_beside_the_field(see, content, words):
    page = see("importing_kind", "dwellings", data={"file": SimpleUploadedFile("x.xlsx", content)})
    assert page.status_code == 422
    assert words in shown(page)


def test_a_large_file_is_for_the_command(see):
    page = see("importing_kind", "dwellings", data={"file": SimpleUploadedFile("x.csv", b"x" * 10_000_001)})
    assert "mulin import table" in shown(page)


def test_many_problems_are_shown_in_part(see):
    rows = [("77号楼", "", str(n), "", "", "") for n in range(250)]
    page = see("importing_kind", "dwellings", data={"file": dwellings(*rows)})
    assert len(page.context["problems"]) == 200
    assert "50 more are not shown here" in shown(page)


def test_template_and_what_is_here_can_be_taken(see, town):
    assert see("importing_template", "spots").headers["Content-Disposition"] == 'attachment; filename="spots.xlsx"'
    content = b"".join(see("importing_all", "buildings").streaming_content)
    assert content.startswith(b"PK")
    assert "Take what is here" in shown(see("importing_kind", "buildings"))


def test_only_who_may_bring_in_sees_the_page(see, town):
    assert see("importing").status_code == 200
    for by in (town.resident, town.officer):
        assert see("importing", by=by).status_code == 404
        assert see("importing_kind", "dwellings", by=by).status_code == 404
        assert see("importing_template", "dwellings", by=by).status_code == 404
    assert see("importing_kind", "unheard-of").status_code == 404


def test_a_file_waits_for_one_pair_of_hands_and_an_hour(see, town, folder):
    sent = hidden(see("importing_kind", "dwellings", data={"file": dwellings(*GOOD)}))
    see("importing_bring", "dwellings", by=town.worker_two, data=sent)
    see("importing_bring", "spots", data=sent)
    assert not Dwelling.objects.exists()
    (waits,) = folder.iterdir()
    do_chores()
    assert waits.exists()
    os.utime(waits, (time.time() - 3700, time.time() - 3700))
    do_chores()
    assert not waits.exists()
    assert waiting.look("nonsense", []) is None


@pytest.fixture
def call(client, town):
    """Call the API about tables as someone, in English."""

    def ask(path="", *, by=None, data=None):
        client.cookies["language"] = "en"
        client.cookies["mulin"] = cookie_of(by or town.worker)
        url = f"/api/v1/{town.community.slug}/imports{path}"
        return client.get(url) if data is None else client.post(url, data)

    return ask


@pytest.mark.story("C2")
def test_the_api_checks_first_and_brings_in_when_told(call, see, town):
    kinds = {kind["key"]: kind for kind in call().json()["items"]}
    assert {"buildings", "dwellings"} <= set(kinds)
    assert call("/dwellings").json()["columns"][0]["required"]
    assert call("/dwellings/template.xlsx").content.startswith(b"PK")
    said = call("/dwellings", data={"file": dwellings(*GOOD)}).json()
    assert (said["done"], said["written"], said["counts"]) == (False, 0, {"new": 3, "known": 0})
    said = call("/dwellings", data={"file": dwellings(*GOOD, BAD), "dry_run": "false"}).json()
    assert (said["done"], said["stopped_rows"], said["problems"][0]["row"]) == (False, 1, 5)
    assert not Dwelling.objects.exists()
    said = call("/dwellings", data={"file": dwellings(*GOOD, BAD), "dry_run": "false", "partial": "true"}).json()
    assert (said["done"], said["written"]) == (True, 3)
    # The same through the page: all of it is here already.
    page = see("importing_kind", "dwellings", data={"file": dwellings(*GOOD)})
    assert page.context["plan"].known == 3


def test_the_api_says_what_is_wrong(call, town):
    assert call(by=town.resident).status_code == 404
    assert call("/dwellings", by=town.resident, data={"file": dwellings(*GOOD)}).status_code == 404
    assert call("/dwellings", data={}).json()["error"]["fields"]["file"]
    assert (
        call("/dwellings", data={"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")}).json()["error"]["code"]
        == "table_broken"
    )
    assert call("/dwellings", data={"file": dwellings(*GOOD), "dry_run": "perhaps"}).status_code == 422
    assert call("/dwellings", data={"file": dwellings(*GOOD), "speed": "1"}).status_code == 422


def test_the_document_tells_of_tables(client):
    document = json.loads(client.get("/api/v1/openapi.json").content)
    assert "multipart/form-data" in document["paths"]["/api/v1/{slug}/imports/{kind}"]["post"]["requestBody"]["content"]
    assert "Imported" in document["components"]["schemas"]
    assert Path(settings.DATA).exists()

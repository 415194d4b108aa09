"""Cases of another system whose point lies elsewhere: the map file says what is done, and every face shows them."""

import csv
import json

import pytest

from mulin.cases.models import Case
from mulin.journal.models import Detail
from mulin.journal.verify import verify

from .browsing import go, shown
from .callers import Caller
from .factories import make_town
from .importing import MAP, ROWS, bring

__all__ = ["bring", "go"]
KEPT = MAP.replace('then = ["skip"]', 'then = ["clear point"]').replace('lat = "Lat"', 'lat = "Lat"\naddress = "More"')
ELSEWHERE = "5,Open,Far away,,40.0,-72.9,Lamp,2014-07-02 10:00,,,r2,State Street"
HERE = ROWS[0]


@pytest.fixture
def town(db):
    """A community of its own, into which the cases come."""
    return make_town("elm")


@pytest.fixture
def case(town, bring):
    """A case that came in without the point that its source gave."""
    bring(HERE, ELSEWHERE, map_=KEPT, options=())
    return Case.objects.get(external_id="5")


def test_a_place_elsewhere_comes_in_without_a_point_and_keeps_its_words(case, town):
    assert (case.lon, case.lat, case.shown_lon, case.shown_lat) == (None, None, None, None)
    assert (case.address, case.state) == ("State Street", "reported")
    assert json.loads(Detail.objects.get(noun_id=case.pk).body)["details"]["contradictions"] == ["elsewhere"]
    assert verify(town.community.pk).ok


def test_the_report_says_that_the_point_was_left_out(town, bring, tmp_path):
    said = bring(HERE, ELSEWHERE, map_=KEPT, options=("--report", str(tmp_path / "out.csv")))
    assert "2 cases were brought in" in said
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["what"]: row["done"] for row in csv.DictReader(file) if row["id"] == "5"}
    assert rows == {"elsewhere": "Brought in without: point."}


def test_a_row_that_was_skipped_comes_in_once_the_map_says_so(town, bring):
    assert "1 cases were brought in; 0 were here already." in bring(HERE, ELSEWHERE, options=())
    assert "1 cases were brought in; 1 were here already." in bring(HERE, ELSEWHERE, map_=KEPT, options=())
    assert "0 cases were brought in; 2 were here already." in bring(HERE, ELSEWHERE, map_=KEPT, options=())


def test_likely_twins_are_found_by_the_points_of_the_source(town, bring):
    again = "6" + ELSEWHERE[1:]
    apart = "7" + ELSEWHERE[1:].replace("40.0", "39.0")
    bring(ELSEWHERE, again, apart, map_=KEPT, options=())
    bodies = [
        json.loads(body)["details"] for body in Detail.objects.filter(verb="adopt").values_list("body", flat=True)
    ]
    assert [body.get("same_as", "") for body in sorted(bodies, key=lambda body: body["row"])] == ["", "5", ""]


@pytest.mark.parametrize("who", ["worker", "resident", None])
def test_lists_count_it_and_maps_leave_it_out(case, town, go, who):
    by = getattr(town, who) if who else None
    page = go("list", by=by)
    assert [row["case"].number for row in page.context["rows"]] == ["B-2014-00002", "B-2014-00001"]
    assert [point["number"] for point in page.context["map"]["points"]] == [2]
    assert {chip["label"]: chip["count"] for chip in page.context["chips"]}["All"] == 2
    assert len(go("points", by=by).json()["points"]) == 1
    assert len(go("points", by=by, box="-180,-90,180,90").json()["points"]) == 1


@pytest.mark.parametrize("who", ["worker", "officer", "resident", None])
def test_its_own_page_opens_for_everyone(case, town, go, who):
    page = go("detail", case.pk, by=getattr(town, who) if who else None)
    assert page.status_code == 200
    assert ("State Street" in shown(page)) == (who == "worker")


def test_the_desk_works_on_it(case, town, go):
    assert case.number in shown(go("queue", by=town.worker))
    go("move", case.pk, "accept", by=town.worker, data={"version": case.version})
    case.refresh_from_db()
    assert case.state == "in_hand"
    assert go("detail", case.pk, by=town.worker).status_code == 200


def test_the_api_says_that_it_has_no_point(case, town):
    caller = Caller(town, town.worker)
    one = caller.get(f"/cases/{case.pk}").json()
    assert (one["lon"], one["lat"]) == (None, None)
    assert {row["lon"] for row in caller.get("/cases").json()["items"]} == {None, -72.9}

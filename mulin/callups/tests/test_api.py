"""Call-ups over the API: each program reads what its person may, and a repeated call is harmless."""

from mulin.callups.tests.walks import asked, call, turnout_of
from mulin.cases.tests.callers import Caller


def test_over_rest_each_reads_what_is_theirs(town, units):
    desk, firm, works = (Caller(town, who) for who in (town.worker, units.liaison, units.contact))
    case = town.report()
    body = {key: value for key, value in asked(units, case, contact="Zhou").items() if key != "once"}
    made = desk.post("/call-ups", body)
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    assert {unit["state"] for unit in made.json()["units"]} == {"called"}
    assert desk.post("/call-ups", body).status_code == 409
    assert Caller(town, town.neighbour).post("/call-ups", body).status_code == 403
    assert Caller(town, town.neighbour).get(f"/call-ups/{key}").status_code == 404
    assert Caller(town).get(f"/call-ups/{key}").status_code == 404
    wang = Caller(town, town.resident).get(f"/call-ups/{key}").json()
    assert wang["contact"] == ""
    assert works.get(f"/call-ups/{key}").json()["contact"] == "Zhou"
    (mine,) = works.get("/turnouts?mine=true").json()["items"]
    assert [step["name"] for step in works.get(f"/turnouts/{mine['id']}").json()["moves"]] == ["report_in", "refuse"]
    shown = works.post(f"/turnouts/{mine['id']}/report_in", {"people": 4, "came": "Sun"}).json()
    assert (shown["state"], shown["came"], shown["came_in_time"]) == ("reported_in", "Sun", True)
    assert works.post(f"/turnouts/{mine['id']}/report_in", {}).status_code == 409
    seen = Caller(town, town.resident).get(f"/turnouts/{mine['id']}").json()
    assert (seen["came"], seen["people"], seen["state"]) == ("", None, "reported_in")
    assert firm.get(f"/turnouts/{mine['id']}").json()["came"] == "Sun"  # it leads
    figures = desk.get("/call-up-figures").json()
    assert [(row["unit"], row["called"], row["reported_in"]) for row in figures] == [
        ("Firm", 1, 0),
        ("Water works", 1, 1),
    ]
    assert Caller(town, town.neighbour).get("/call-up-figures").status_code == 404
    assert len(desk.get(f"/call-ups?subject={case.pk}&q=wet").json()["items"]) == 1
    assert len(desk.get(f"/turnouts?callup={key}").json()["items"]) == 2


def test_a_repeated_call_over_rest_reports_in_once(town, units):
    works = Caller(town, units.contact)
    turnout = turnout_of(call(town, units), units.works)
    taps = [works.post(f"/turnouts/{turnout.pk}/report_in", {}, Idempotency_Key="tap") for _each in range(2)]
    assert [tap.status_code for tap in taps] == [200, 200]
    assert [tap.json()["version"] for tap in taps] == [2, 2]


def test_a_guest_finds_no_way_in(town, units):
    call(town, units)
    assert Caller(town).get("/turnouts").json()["items"] == []
    assert Caller(town).get("/call-ups").json()["items"] == []


def test_a_program_reads_and_keeps_how_units_are_called(town, units):
    desk = Caller(town, town.worker)
    before = desk.get("/call-ups/settings").json()
    assert before["asks_second"] is False
    kept = desk.post("/call-ups/settings", {"asks_second": True})
    assert kept.json() == {**before, "asks_second": True}
    assert desk.post("/call-ups/settings", {"report_hours": 8}).json() == {**kept.json(), "report_hours": 8}
    assert desk.post("/call-ups/settings", {"report_hours": 7_000}).status_code == 422
    assert desk.post("/call-ups/settings", {"hours": 8}).status_code == 422
    for other in (town.officer, town.resident, None):
        assert Caller(town, other).get("/call-ups/settings").status_code == 404

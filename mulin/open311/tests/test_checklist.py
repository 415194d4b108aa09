"""The twenty lines of the conformance checklist of GeoReport v2, one after the other."""

from datetime import datetime, timedelta

import jsonschema_rs
import pytest

from mulin.cases import actions as cases
from mulin.cases.models import Case
from mulin.cases.tests.factories import make_town
from mulin.kernel import clock
from mulin.kernel.clock import now
from mulin.open311 import actions
from mulin.open311.models import Receipt

from . import schemas
from .callers import Program, read


def fits(response, schema):
    """Check a JSON answer by its schema, and return what it says."""
    assert response.status_code == 200, response.content
    jsonschema_rs.validate(schema, response.json())
    return response.json()


def refused(response, status):
    """Check that a call was refused with an array of errors, and return the sentences."""
    assert response.status_code == status, response.content
    jsonschema_rs.validate(schemas.ERRORS, response.json())
    assert {each["code"] for each in response.json()} == {status}
    return " ".join(each["description"] for each in response.json())


def test_1_discovery_says_the_same_in_both_formats(program, settings):
    settings.SITE_URL = "https://mulin.example"
    found = fits(program.get("discovery.json"), schemas.DISCOVERY)
    assert read(program.get("discovery.xml")) == read(program.get("discovery.json"))
    assert datetime.fromisoformat(found["changeset"]) < datetime.now().astimezone()
    assert found["endpoints"][0]["url"] == "https://mulin.example/baocui/open311/v2"
    assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]


def test_1_the_discovery_of_the_installation_leads_to_every_community(town):
    make_town("huwei", letter="H")
    urls = [each["url"] for each in Program(town, shared=True).get("discovery.json").json()["endpoints"]]
    assert [url.partition(":8000")[2] for url in urls] == ["/open311/v2", "/baocui/open311/v2", "/huwei/open311/v2"]


def test_2_services_have_their_seven_fields_and_stable_codes(program, asking):
    found = fits(program.get("services.json"), schemas.SERVICES)
    assert read(program.get("services.xml")) == read(program.get("services.json"))
    lamp = next(each for each in found if each["service_code"] == "lamp")
    assert (lamp["service_name"], lamp["metadata"], lamp["type"]) == ("Street lights", True, "realtime")
    chinese = Program(asking, language="zh-hans").get("services.json").json()
    assert [each["service_code"] for each in chinese] == [each["service_code"] for each in found]
    assert chinese[0]["service_name"] != found[0]["service_name"]


def test_3_each_service_that_asks_has_its_definition(program, asking):
    for service in program.get("services.json").json():
        code = service["service_code"]
        found = fits(program.get(f"services/{code}.json"), schemas.DEFINITION)
        assert bool(found["attributes"]) is service["metadata"]
        assert [each["order"] for each in found["attributes"]] == [*range(1, len(found["attributes"]) + 1)]
    assert "no such service_code" in refused(program.get("services/nothing.json"), 404)
    assert read(program.get("services/pothole.xml")) == read(program.get("services/pothole.json"))


def test_4_reporting_takes_a_key_and_without_one_it_is_403(program, town):
    assert fits(program.report(), schemas.POSTED)[0]["service_request_id"] == "B-2026-00001"
    for key in ("", "wrong", "mk_00000000wrongwrongwrongwrong", "x" * 5000):
        refused(program.report(api_key=key), 403)
    assert "scopes" in refused(Program(town, town.resident, scopes=["read"]).report(), 403)
    other = make_town("huwei", letter="H")
    refused(program.report(api_key=Program(other, other.resident).key), 403)  # of another community
    assert Case.objects.count() == 1


def test_5_a_service_code_is_needed_and_has_to_be_known(program):
    assert "service_code" in refused(program.report(service_code=""), 400)
    assert "no such service_code" in refused(program.report(service_code="dragons"), 404)


@pytest.mark.parametrize("place", [{}, {"lat": "39.19"}, {"long": "117.1"}, {"lat": "", "long": "117.1"}])
def test_6_half_a_place_is_none(program, place):
    assert "lat and long together" in refused(program.report(address_string="", **place), 400)


def test_6_a_place_is_a_point_an_address_or_a_plate(program, town):
    door = town.where().entrance
    for place in (
        {"lat": str(door.lat), "long": str(door.lon)}, {"address_string": "2号楼"}, {"address_id": door.code},
    ):  # fmt: skip
        fits(program.report(**{"address_string": "", **place}), schemas.POSTED)
    assert "long" in refused(program.report(lat="39", long="east"), 400)
    refused(program.report(lat="1", long="1"), 400)  # not ours
    refused(program.report(address_string="", address_id="NOSUCH"), 400)


def test_7_what_has_to_be_answered_is_and_both_ways_of_writing_are_read(program, asking):
    assert "attribute[size]" in refused(program.report(service_code="pothole"), 400)
    fits(program.report(service_code="pothole", **{"attribute[size]": "hand"}), schemas.POSTED)
    made = program.report(service_code="litter", **{"attribute[kinds][]": ["rubble", "green"]})
    number = fits(made, schemas.POSTED)[0]["service_request_id"]
    found = fits(program.get(f"requests/{number}.json", extensions="true"), schemas.EXTENDED)[0]
    assert [each["key"] for each in found["attributes"][0]["values"]] == ["rubble", "green"]


@pytest.mark.parametrize(
    "given",
    [
        {"attribute[nothing]": "x"}, {"attribute[kinds]": "gold"}, {"attribute[kinds][]": ["rubble", "rubble"]},
    ],
)  # fmt: skip
def test_7_answers_that_do_not_fit_are_named(program, asking, given):
    assert "attribute[" in refused(program.report(service_code="litter", **given), 400)
    assert not Case.objects.exists()


def test_8_words_have_at_most_4000_signs_and_no_markup_counts(program):
    assert "description" in refused(program.report(description="x" * 4001), 400)
    fits(program.report(description="<script>alert(1)</script>" + "x" * 3900), schemas.POSTED)
    assert Case.objects.get().words.startswith("<script>")


def test_9_the_answer_is_one_number_or_one_token(program, town):
    assert len(read(program.report(form="xml"))) == 1
    actions.offer(town.category("manhole"), by=town.worker, is_offered=True, is_batch=True)
    fits(program.report(service_code="manhole"), schemas.POSTED)


def test_10_a_token_gives_the_number_once_somebody_took_it_on(program, town):
    actions.offer(town.category("manhole"), by=town.worker, is_offered=True, is_batch=True)
    service = next(each for each in program.get("services.json").json() if each["service_code"] == "manhole")
    assert service["type"] == "batch"
    token = program.report(service_code="manhole").json()[0]["token"]
    assert fits(program.get(f"tokens/{token}.json"), schemas.TOKEN)[0]["service_request_id"] is None
    case = Receipt.objects.get(token=token).case
    cases.accept(case, by=town.worker)
    assert fits(program.get(f"tokens/{token}.json"), schemas.TOKEN)[0]["service_request_id"] == case.number
    assert read(program.get(f"tokens/{token}.xml"))[0]["service_request_id"] == case.number
    refused(program.get("tokens/nothing.json"), 404)


def test_11_one_request_is_an_array_of_one(program, town):
    case = town.report()
    assert len(fits(program.get(f"requests/{case.number}.json"), schemas.REQUESTS)) == 1
    assert "no such service_request_id" in refused(program.get("requests/B-1999-00001.json"), 404)


def test_12_a_list_has_five_filters_and_ids_override_the_rest(program, town):
    lamp, bin_ = town.report(category=town.category("lamp")), town.report(category=town.category("bin"))
    cases.solve(cases.accept(bin_, by=town.worker), by=town.worker, cause="x", remedy="y")

    def numbers(**asked):
        return {each["service_request_id"] for each in fits(program.get("requests.json", **asked), schemas.REQUESTS)}

    assert numbers() == {lamp.number, bin_.number}
    assert numbers(service_code="lamp,tree") == {lamp.number}
    assert numbers(service_code="nothing") == set()
    assert numbers(status="open") == {lamp.number}
    assert numbers(status="closed") == {bin_.number}
    assert numbers(status="open,closed") == {lamp.number, bin_.number}
    assert numbers(service_request_id=f"{bin_.number},B-1", status="open", service_code="tree") == {bin_.number}
    clock.advance(timedelta(days=91))
    assert numbers() == set()
    long_ago = (now() - timedelta(days=92)).isoformat()
    assert numbers(start_date=long_ago) == {lamp.number, bin_.number}
    assert numbers(start_date=long_ago, end_date=(now() - timedelta(days=91, hours=1)).isoformat()) == set()
    assert numbers(end_date=(now() - timedelta(days=90)).isoformat()) == {lamp.number, bin_.number}


@pytest.mark.parametrize(
    "asked",
    [
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, {"start_date": "yesterday"},
        {"end_date": "2026-13-01"}, {"start_date": "2026-05-02", "end_date": "2026-05-01"}, {"status": "lost"},
        {"page": "0"}, {"page_size": "1001"}, {"page_size": "x"}, {"bbox": "1,2,3"}, {"bbox": "9,0,1,1"},
        {"lat": "1"}, {"lat": "1", "long": "nan"}, {"lat": "1", "long": "1", "radius": "-1"},
        {"service_request_id": ",".join(map(str, range(300)))}, {"service_code": "a\x00b"},
    ],
)  # fmt: skip
def test_12_what_cannot_be_asked_is_refused_with_a_sentence(program, asked):
    refused(program.get("requests.json", **asked), 400)


def test_13_a_status_is_open_or_closed_and_the_finer_state_is_a_note(program, town):
    case = town.report()
    for act in (
        lambda: cases.accept(case, by=town.officer),
        lambda: cases.solve(case, by=town.officer, cause="x", remedy="y"),
    ):
        act()
        row = fits(program.get(f"requests/{case.number}.json"), schemas.REQUESTS)[0]
        assert row["status_notes"] in ("In hand", "Solved, not confirmed yet")
        assert row["status"] == ("open" if row["status_notes"] == "In hand" else "closed")


def test_14_moments_have_a_zone_and_closed_ones_the_moment_of_closing(program, town):
    clock.set(datetime.fromisoformat("2026-03-02T10:00:00+08:00"))
    case = town.report()
    clock.advance(timedelta(hours=1))
    cases.solve(cases.accept(case, by=town.worker), by=town.worker, cause="x", remedy="y")
    clock.advance(timedelta(hours=1))
    cases.summarise(case, by=town.worker, summary="Lamp")
    row = program.get(f"requests/{case.number}.json").json()[0]
    assert row["requested_datetime"] == "2026-03-02T10:00:00+08:00"
    assert row["updated_datetime"] == "2026-03-02T11:00:00+08:00"
    for start in ("2026-03-02T02:00:00Z", "2026-03-02T10:00:00+08:00", "2026-03-02T01:59:59.999Z", "2026-03-02"):
        assert len(program.get("requests.json", start_date=start).json()) == 1, start


@pytest.mark.parametrize("path", ["services", "requests", "requests/nothing", "tokens/x", "services/x", "x"])
def test_15_every_answer_says_what_it_is(program, path):
    assert program.get(f"{path}.json")["Content-Type"] == "application/json; charset=utf-8"
    xml = program.get(f"{path}.xml")
    assert xml["Content-Type"] == "text/xml; charset=utf-8"
    assert xml.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')


@pytest.mark.parametrize("path", ["requests/nothing", "tokens/x", "services/x"])
def test_16_an_error_is_an_array_in_the_format_that_was_asked(program, path):
    refused(program.get(f"{path}.json"), 404)
    assert read(program.get(f"{path}.xml")) == read(program.get(f"{path}.json"))
    assert read(program.post("requests.xml", api_key=""))[0]["code"] == "403"


def test_17_a_jurisdiction_is_needed_only_where_there_are_several(program, town):
    shared = Program(town, shared=True)
    assert shared.get("services.json").status_code == 200
    assert shared.get("services.json", jurisdiction_id="elsewhere").status_code == 200
    make_town("huwei", letter="H")
    assert "jurisdiction_id" in refused(shared.get("services.json"), 400)
    refused(shared.get("requests.json", jurisdiction_id="elsewhere"), 404)
    town.report()
    assert len(fits(shared.get("requests.json", jurisdiction_id="baocui"), schemas.REQUESTS)) == 1
    assert fits(shared.get("requests.json", jurisdiction_id="huwei"), schemas.REQUESTS) == []
    made = shared.report(api_key=program.key, jurisdiction_id="baocui")
    assert fits(made, schemas.POSTED)
    assert program.get("services.json", jurisdiction_id="elsewhere").status_code == 200


def test_18_an_empty_value_is_none(program, town):
    town.report()
    empty = dict.fromkeys(("status", "service_code", "start_date", "bbox", "lat", "page", "service_request_id"), "")
    assert len(fits(program.get("requests.json", **empty), schemas.REQUESTS)) == 1
    fits(program.report(lat="", long="", address_id="", email="", phone="", media_url="", **{"attribute[x]": ""}),
         schemas.POSTED)  # fmt: skip


@pytest.mark.parametrize(
    "path", ["services.html", "services.yaml", "services", "requests.", "requests/1.pdf", "", "x/y"]
)
def test_19_an_unknown_ending_is_404_and_never_a_page(program, path):
    answer = program.get(path)
    assert answer.status_code == 404
    assert read(answer)[0]["code"] == "404"


def test_20_nothing_that_is_read_tells_of_a_person(program, town):
    case = town.report(
        words="Ms Wang at 1201 shouted.", contact_phone="13900000001", place=town.where(), disclosure="named"
    )
    cases.note(cases.accept(case, by=town.officer), by=town.officer, words="Rang Ms Wang", audience="internal")
    for path in ("requests", f"requests/{case.number}", "servicerequestupdates"):
        for form in ("json", "xml"):
            said = program.get(f"{path}.{form}", extensions="true").content.decode()
            assert case.number in said
            for secret in ("Wang", "1201", "13900000001", "Chen", '"note"', str(case.reporter_id)):
                assert secret not in said, (path, secret)
    assert "Wang" not in program.get("requests.csv").content.decode()

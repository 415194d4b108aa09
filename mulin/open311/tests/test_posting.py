"""Reporting from another program: what is kept, what is refused, and that a repeat does nothing."""

from io import BytesIO

import pytest
from PIL import Image

from mulin.api import limits
from mulin.cases import actions as cases
from mulin.cases.models import Case
from mulin.entry.tests.factories import sign_in
from mulin.journal.models import Detail
from mulin.open311 import actions
from mulin.open311.models import Answer, Receipt
from mulin.uploads.files import photos_of

from .callers import Program, read


def photo(name="lamp.jpg"):
    file = BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    file.seek(0)
    file.name = name
    return file


def test_a_report_goes_the_usual_way_as_the_person_of_the_key(program, town):
    answer = program.report(phone="139 0000 0001", email="wang@example.org", device_id="x", account_id="7")
    case = Case.objects.get()
    assert answer.json()[0]["service_request_id"] == case.number
    assert (case.reporter_id, case.contact_phone) == (town.resident.person_id, "13900000001")
    assert (case.disclosure, case.is_behalf, case.post_id) == ("named", False, town.officer_post.pk)
    receipt = Receipt.objects.get()
    assert (receipt.email, receipt.case_id) == ("wang@example.org", case.pk)


def test_who_serves_here_reports_on_behalf_of_whom_they_name(town):
    desk = Program(town, town.worker)
    desk.report(first_name="Mei", last_name="Li", phone="13900000002", email="mei@example.org")
    case = Case.objects.get()
    assert (case.is_behalf, case.reporter_id, case.contact_name) == (True, None, "Mei Li")


def test_a_photo_comes_along_and_a_strange_file_does_not(program):
    program.report(media=photo())
    assert len(photos_of(Case.objects.get())) == 1
    file = BytesIO(b"<?php")
    file.name = "lamp.jpg"
    refused = program.report(media=file, description="Another.")
    assert refused.status_code == 400
    assert "media: " in refused.json()[0]["description"]
    assert Case.objects.count() == 1


def test_several_photos_and_answers_come_along_at_once(asking, program):
    given = {"api_key": program.key, "service_code": "lamp", "description": "Out", "address_string": "1号楼1门"}
    given |= {"media": [photo("1.jpg"), photo("2.jpg")], "attribute[how]": "out"}
    answer = program.client.post(f"{program.base}/requests.json", given)
    assert answer.status_code == 200, answer.content
    assert len(photos_of(Case.objects.get())) == 2
    assert Answer.objects.get().values == ["out"]


def test_an_address_of_a_picture_is_kept_and_never_fetched(program):
    program.report(media_url=["https://example.org/1.jpg", "http://127.0.0.1/2.jpg"])
    assert Receipt.objects.get().media == ["https://example.org/1.jpg", "http://127.0.0.1/2.jpg"]
    assert program.report(media_url="file:///etc/passwd").status_code == 400


def test_the_same_report_sent_twice_is_one_case(program, asking):
    answers = [program.report(**{"attribute[how]": "out"}).json() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert (Case.objects.count(), Receipt.objects.count(), Answer.objects.count()) == (1, 1, 1)
    program.report(**{"attribute[how]": "day"})
    assert Case.objects.count() == 2


def test_the_same_report_of_two_people_are_two_cases(program, town):
    program.report()
    Program(town, town.neighbour).report()
    assert Case.objects.count() == 2


def test_a_key_of_ones_own_makes_a_repeat_harmless_and_is_found_as_a_token(program):
    first = program.report(headers={"Idempotency-Key": "mine-1"}).json()
    assert program.report(headers={"Idempotency-Key": "mine-1"}).json() == first
    assert program.get("tokens/mine-1.json").json()[0]["service_request_id"] == first[0]["service_request_id"]
    reused = program.report(headers={"Idempotency-Key": "mine-1"}, description="Other words")
    assert reused.status_code == 400
    assert "key" in reused.json()[0]["description"]


def test_a_reference_that_two_senders_took_tells_nothing(program, town):
    for each in (program, Program(town, town.neighbour)):
        assert each.report(headers={"Idempotency-Key": "1"}).status_code == 200
    assert program.get("tokens/1.json").status_code == 404


def test_a_key_in_the_address_does_not_count(program):
    given = {"service_code": "lamp", "address_string": "1号楼1门"}
    assert program.client.post(f"{program.base}/requests.json?api_key={program.key}", given).status_code == 403


def test_a_token_of_a_repeat_is_the_same(program, town):
    actions.offer(town.category("lamp"), by=town.worker, is_offered=True, is_batch=True)
    assert program.report().json() == program.report().json()


def test_what_is_not_offered_cannot_be_reported(program, town):
    actions.offer(town.category("lamp"), by=town.worker, is_offered=False, is_batch=False)
    assert program.report().status_code == 404
    assert "lamp" not in {each["service_code"] for each in program.get("services.json").json()}


@pytest.mark.parametrize(
    "given",
    [
        {"phone": "call me"}, {"email": "no address"}, {"description": "a\x00b"}, {"lat": "NaN", "long": "1"},
        {"lat": "1e999", "long": "1e999"}, {"lat": "91", "long": "181"},
    ],
)  # fmt: skip
def test_values_that_will_not_do_are_refused_and_nothing_is_kept(program, given):
    answer = program.report(**given)
    assert (answer.status_code, bool(answer.json()[0]["description"])) == (400, True)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"\xff\xfe=%ff&&&", "application/x-www-form-urlencoded"),
        (b'{"api_key": "x"}', "application/json"), (b"<request/>", "text/xml"), (b"", "multipart/form-data"),
        (b"&".join(b"a%d=1" % n for n in range(500)), "application/x-www-form-urlencoded"),
        (b"a=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_an_answer_and_no_crash(program, body, kind):
    answer = program.client.post(f"{program.base}/requests.json", body, content_type=kind)
    assert answer.status_code in (400, 403, 413)
    assert answer.json()[0]["code"] == answer.status_code


def test_other_methods_are_told_which_ones_do(program):
    answer = program.client.put(f"{program.base}/requests.json", b"")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert program.client.options(f"{program.base}/requests.json").status_code == 204
    assert program.client.head(f"{program.base}/requests.json").status_code == 200


def test_guessing_keys_is_slowed_down(program, monkeypatch, settings):
    settings.RATE_LIMITS = True
    limits.forget()
    monkeypatch.setitem(limits.PER_MINUTE, "guest", 2)
    codes = [program.report(api_key=f"mk_{number:08d}guess").status_code for number in range(3)]
    assert codes == [403, 403, 429]
    limits.forget()


def test_a_cookie_alone_may_nothing(town):
    program = Program(town)
    sign_in(program.client, town.resident)
    assert program.report().status_code == 403


def test_an_update_is_a_note_of_the_one_who_reported(program, town):
    number = program.report().json()[0]["service_request_id"]
    given = {"service_request_id": number, "description": "It flickers now", "update_id": "7", "status": "OPEN"}
    assert program.post("servicerequestupdates.json", given).json() == [{"update_id": "7"}]
    assert program.post("servicerequestupdates.json", given).json() == [{"update_id": "7"}]
    assert read(program.post("servicerequestupdates.xml", given))[0]["update_id"] == "7"
    assert Detail.objects.filter(verb="note").count() == 1
    assert Program(town, town.neighbour).post("servicerequestupdates.json", given).status_code == 403
    assert program.post("servicerequestupdates.json", given, service_request_id="B-1").status_code == 404
    assert program.post("servicerequestupdates.json", given, description="").status_code == 400


def test_an_update_that_it_is_open_again_reopens_what_was_solved(program, town):
    number = program.report().json()[0]["service_request_id"]
    cases.solve(cases.accept(Case.objects.get(), by=town.officer), by=town.officer, cause="x", remedy="y")
    given = {"service_request_id": number, "description": "Still out", "status": "open"}
    assert program.post("servicerequestupdates.json", given).status_code == 200
    assert Case.objects.get().state == "assigned"

"""The desk says what is offered and asked, and those in charge see what a program sent along."""

import pytest

from mulin.cases.models import Case
from mulin.cases.tests.callers import Caller
from mulin.entry.tests.factories import sign_in
from mulin.journal.models import Detail
from mulin.open311.models import Question

from .callers import Program


@pytest.fixture
def desk(client, town):
    sign_in(client, town.worker)
    return client


def test_the_desk_says_what_is_offered_and_asked(desk, town):
    page = "/baocui/open311/services/lamp/"
    asked = {
        "zh": "灯怎么了",
        "code": "how",
        "datatype": "singlevaluelist",
        "choices": "out | 不亮 | Out",
        "is_public": "on",
    }
    assert desk.post(page, asked).status_code == 302
    assert desk.post(page, asked).status_code == 422  # there already
    for wrong in ({"choices": ""}, {"datatype": "string"}, {"choices": "a b | x"}, {"choices": "a|x\na|y"}):
        assert desk.post(page, {**asked, "code": "other", **wrong}).status_code == 422
    assert [each["code"] for each in Program(town).get("services/lamp.json").json()["attributes"]] == ["how"]
    assert "asks 1 question" in desk.get("/baocui/open311/").content.decode()
    desk.post(page, {"is_batch": "on"})
    assert "lamp" not in {each["service_code"] for each in Program(town).get("services.json").json()}
    question = Question.objects.get()
    desk.post(f"{page}{question.pk}/drop/")
    assert Program(town).get("services/lamp.json").status_code == 404
    desk.post(page, {"is_offered": "on"})
    assert Program(town).get("services/lamp.json").json()["attributes"] == []


def test_what_a_program_sent_along_stands_on_the_page_of_the_case(client, desk, asking, town):
    program = Program(town, town.resident)
    program.report(email="wang@example.org", media_url="https://example.org/1.jpg", **{"attribute[how]": "out"})
    case = Case.objects.get()
    page = desk.get(case.get_absolute_url()).content.decode()
    assert "It is out" in page
    assert "w***@example.org" in page
    assert "wang@example.org" not in page
    shown = desk.post(f"/baocui/open311/cases/{case.pk}/mail/", {"reason": "To ask back"}).content.decode()
    assert "wang@example.org" in shown
    assert Detail.objects.filter(noun_id=case.pk, verb="contact").count() == 1
    assert desk.post(f"/baocui/open311/cases/{case.pk}/mail/", {"reason": ""}).status_code == 422
    sign_in(client, town.neighbour)
    assert "It is out" not in client.get(case.get_absolute_url()).content.decode()
    assert client.post(f"/baocui/open311/cases/{case.pk}/mail/", {"reason": "x"}).status_code == 403


def test_a_key_for_open311_reports_and_no_more(town):
    program = Program(town, town.resident, scopes=["open311"])
    assert program.report().status_code == 200
    assert Caller(town, town.resident, scopes=["open311"]).get("/cases").status_code == 403


def test_the_desks_pages_are_not_there_for_others(client, town):
    sign_in(client, town.resident)
    for path in ("", "services/lamp/"):
        assert client.get(f"/baocui/open311/{path}").status_code == 404

"""A case goes on to another server and its news comes back; nothing is sent twice, and nobody but people decides."""

import json
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from mulin.cases import actions as cases
from mulin.cases.models import Case
from mulin.cases.queries import timeline
from mulin.forwarding import actions
from mulin.forwarding.models import Connection, Errand, Forwarding
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.models import Link
from mulin.kernel.refusals import Refused
from mulin.kernel.worker import tick

POSTED = "POST /requests.json"


def rows(*found):
    return 200, json.dumps(list(found)).encode()


def lamp(town, **fields):
    return cases.accept(town.report(category=town.category("lamp"), **fields), by=town.worker)


def send(town, connected, case=None, words="The lamp is out."):
    case = case or lamp(town)
    return actions.forward(by=town.worker, community=town.community, case=case, connection=connected, words=words)


def later(**much):
    clock.advance(timedelta(**(much or {"hours": 13})))
    return actions.do_errands()


def standing(made):
    return Forwarding.objects.get(pk=made.pk)


def heard(town, made):
    return [step.details["words"] for step in timeline(made.case, town.worker) if step.verb == "note"]


def test_a_case_goes_on_with_what_everyone_may_see_and_chosen_words(town, stranger, connected):
    stranger.answers(POSTED, rows({"service_request_id": 77}))
    case = lamp(town, words="Ms Wang's door is dark", contact_phone="13900000001")
    made = send(town, connected, case)
    assert (made.state, actions.do_errands()) == ("waiting", 1)
    (_verb, _path, body, headers) = stranger.got[0]
    sent = {name: value[0] for name, value in parse_qs(body).items()}
    assert (sent["api_key"], sent["jurisdiction_id"], sent["service_code"]) == ("their-key", "city", "LAMP-1")
    assert sent["description"].startswith("The lamp is out.\n[mulin-")
    assert (float(sent["lat"]), float(sent["long"])) == (case.shown_lat, case.shown_lon)
    assert not {"phone", "first_name", "last_name"} & sent.keys()
    assert "Wang" not in body
    assert headers["Idempotency-Key"] == f"mulin-{made.pk.hex}"
    made = standing(made)
    assert (made.state, made.remote_id) == ("sent", "77")
    assert Link.objects.filter(source_id=case.pk, target_id=made.pk).exists()


def test_what_always_has_to_be_answered_goes_along(town, stranger, connected):
    stranger.answers(POSTED, rows({"service_request_id": "77"}))
    actions.map_category(
        connected, by=town.worker, category=town.category("lamp"), service_code="L2", attributes={"kind": "street"}
    )
    send(town, connected)
    actions.do_errands()
    assert parse_qs(stranger.got[0][2])["attribute[kind]"] == ["street"]


def test_news_is_a_note_for_those_in_charge_and_closing_is_only_proposed(town, stranger, connected):
    stranger.answers(POSTED, rows({"service_request_id": "77"}))
    made = send(town, connected)
    actions.do_errands()
    about = {"service_request_id": "77", "status": "open", "status_notes": "Crew on the way"}
    note = {"datetime": "2026-03-02T10:00:00Z", "description": "Inspected", "type": "x"}
    stranger.answers("GET /requests/77.json", rows({**about, "notes": [note]}))
    later()
    later()
    assert standing(made).state == "answered"
    assert heard(town, made) == ["City works, 77: 2026-03-02 10:00 Inspected"]
    assert "Inspected" not in str(timeline(made.case, town.resident))
    stranger.answers("GET /requests/77.json", rows({**about, "status": "closed", "status_notes": "Bulb replaced"}))
    later()
    made = standing(made)
    assert (made.state, made.proposal) == ("closed", "Bulb replaced")
    assert Case.objects.get().state == "in_hand"
    with pytest.raises(Refused):
        actions.take_over(made, by=town.resident, cause="x", remedy="y")
    actions.take_over(made, by=town.worker, cause="Old bulb", remedy=made.proposal)
    case = Case.objects.get()
    assert (case.state, case.remedy) == ("solved", "Bulb replaced")
    assert later() == 0


def test_a_token_becomes_a_number(town, stranger, connected):
    stranger.answers(POSTED, rows({"token": "t-1"}))
    stranger.answers("GET /tokens/t-1.json", rows({"token": "t-1"}), rows({"token": "t-1", "service_request_id": 5}))
    made = send(town, connected)
    actions.do_errands()
    assert (standing(made).token, standing(made).remote_id) == ("t-1", "")
    later()
    assert standing(made).remote_id == ""
    later()
    assert (standing(made).state, standing(made).remote_id) == ("sent", "5")


def hangs_up(handler):
    handler.close_connection = True
    handler.connection.close()


def test_after_an_answer_that_never_came_it_is_looked_up_and_not_sent_again(town, stranger, connected):
    made = send(town, connected)
    stranger.answers(POSTED, hangs_up)
    actions.do_errands()
    assert (standing(made).state, Errand.objects.get().is_doubtful) == ("waiting", True)
    listed = {"service_request_id": "9", "description": f"The lamp is out. [mulin-{made.pk.hex}]"}
    stranger.answers("GET /requests.json", rows({"service_request_id": "8", "description": "x"}, listed))
    later(minutes=2)
    assert (standing(made).state, standing(made).remote_id) == ("sent", "9")
    assert len(stranger.asked("POST")) == 1


def test_what_is_found_by_our_reference_as_a_token_is_not_sent_again(town, stranger, connected):
    made = send(town, connected)
    stranger.answers(POSTED, (500, b"<h1>Error</h1>"))
    actions.do_errands()
    stranger.answers(f"GET /tokens/mulin-{made.pk.hex}.json", rows({"service_request_id": "9", "token": "x"}))
    later(minutes=2)
    assert (standing(made).remote_id, len(stranger.asked("POST"))) == ("9", 1)


def test_while_it_cannot_be_looked_up_it_is_not_sent_again(town, stranger, connected):
    send(town, connected)
    stranger.answers(POSTED, (500, b""), rows({"service_request_id": "9"}))
    stranger.answers("GET /requests.json", (503, b""), (503, b""), rows())
    for _ in range(3):
        later(minutes=10)
    assert len(stranger.asked("POST")) == 1
    later(hours=2)
    assert (Forwarding.objects.get().remote_id, len(stranger.asked("POST"))) == ("9", 2)


def test_where_it_may_be_theirs_already_somebody_has_to_look(town, stranger, connected):
    made = send(town, connected)
    stranger.answers(POSTED, (500, b""), rows({"service_request_id": "9"}))
    case = made.case
    listed = {"service_request_id": "3", "description": "", "lat": case.shown_lat, "long": str(case.shown_lon)}
    stranger.answers("GET /requests.json", rows(listed))
    actions.do_errands()
    later(minutes=2)
    made = standing(made)
    assert made.state == "failed"
    assert "Look before" in made.trouble
    actions.try_again(made, by=town.worker)
    actions.do_errands()
    assert (standing(made).remote_id, len(stranger.asked("POST"))) == ("9", 2)


def test_a_worker_that_dies_on_the_way_leaves_the_doubt_behind(town, stranger, connected, monkeypatch):
    send(town, connected)
    stranger.answers(POSTED, rows({"service_request_id": "9"}))
    monkeypatch.setattr(actions.errands, "_record", lambda row, brought: None)  # dead before it was written down
    actions.do_errands()
    monkeypatch.undo()
    stranger.answers("GET /requests.json", rows())
    assert actions.do_errands() == 0  # the lease
    later(minutes=3)
    assert stranger.asked()[0].startswith("/tokens/mulin-")


def test_a_clear_no_is_told_to_who_sent_it(town, stranger, connected):
    said = b'[{"code": 400, "description": "attribute[kind] is needed"}]'
    stranger.answers(POSTED, (400, said))
    made = send(town, connected)
    actions.do_errands()
    made = standing(made)
    assert (made.state, made.trouble) == ("failed", "400 attribute[kind] is needed")
    assert later() == 0


def test_a_server_that_is_away_is_tried_less_and_less_often_and_given_up_after_three_days(town, stranger, connected):
    stranger.answers(POSTED, (503, b""))
    made = send(town, connected)
    for _ in range(200):
        clock.advance(timedelta(minutes=30))
        actions.do_errands()
        tick()
    assert standing(made).state == "failed"
    assert 8 < len(stranger.asked("POST")) < 30


def test_silence_of_half_a_year_ends_it(town, stranger, connected):
    stranger.answers(POSTED, rows({"service_request_id": "7"}))
    made = send(town, connected)
    actions.do_errands()
    clock.advance(timedelta(days=181))
    tick()
    made = standing(made)
    assert made.state == "failed"
    actions.renew(Connection.objects.get(), by=town.worker)
    stranger.answers("GET /requests/7.json", rows({"service_request_id": "7", "status": "open"}))
    actions.try_again(made, by=town.worker)
    actions.do_errands()
    assert (standing(made).state, len(stranger.asked("POST"))) == ("answered", 1)


def test_a_connection_that_rests_is_not_called(town, stranger, connected):
    made = send(town, connected)
    actions.pause(connected, by=town.worker)
    assert actions.do_errands() == 0
    stranger.answers(POSTED, rows({"service_request_id": "7"}))
    actions.resume(connected, by=town.worker)
    actions.do_errands()
    assert standing(made).state == "sent"


def test_a_case_is_at_one_server_once_at_a_time(town, stranger, connected):
    made = send(town, connected)
    with pytest.raises(Refused, match="already"):
        send(town, connected, made.case)
    actions.give_up(made, by=town.worker)
    send(town, connected, made.case)


@pytest.mark.parametrize("disclosure", ["confidential"])
def test_what_is_not_public_never_goes_on(town, connected, disclosure):
    with pytest.raises(Refused, match="everyone may see"):
        send(town, connected, lamp(town, disclosure=disclosure))


def test_only_who_is_in_charge_sends_it_on(town, connected):
    case = lamp(town)
    for by in (town.resident, town.neighbour, SYSTEM):
        with pytest.raises(Refused):
            actions.forward(by=by, community=town.community, case=case, connection=connected, words="x")
    with pytest.raises(Refused, match="do not go there"):
        send(town, connected, cases.accept(town.report(category=town.category("tree")), by=town.worker))
    assert list(Forwarding.objects.visible_to(town.resident)) == []


def test_a_key_does_not_go_along_to_another_server(town, connected):
    same = {"name": "Works", "url": connected.url, "jurisdiction": "city"}
    assert actions.change(connected, by=town.worker, **same).key == "their-key"
    moved = actions.change(connected, by=town.worker, **same | {"url": "https://elsewhere.test/v2"})
    assert moved.key == ""


def test_a_connection_ends_after_a_year_and_forgets_its_key(town, connected):
    assert Connection.objects.get().key == "their-key"
    clock.advance(timedelta(days=366))
    tick()
    found = Connection.objects.get()
    assert (found.state, found.key) == ("ended", "")

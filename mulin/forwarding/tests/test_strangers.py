"""Hostile servers, and two communities that speak with each other."""

import json
import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest

from mulin.cases import actions as cases
from mulin.cases.models import Case
from mulin.cases.tests.factories import make_town
from mulin.forwarding import actions
from mulin.forwarding.actions import remote
from mulin.forwarding.models import Errand, Forwarding
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.open311.tests.callers import Program
from mulin.wire import calls as wire

from .test_forwarding import POSTED, lamp, later, rows, send, standing
from .test_reading import BOMB, DEEP, OUTSIDE

HUGE = b'[{"service_request_id": "' + b"9" * (3 * 1024 * 1024) + b'"}]'


@pytest.mark.parametrize(
    ("code", "body"),
    [
        (200, HUGE), (200, b"<html>Welcome</html>"), (200, b"[]"), (200, b"[[]]"), (200, b"null"), (200, b"[" * 50_000),
        (200, b'[{"service_request_id": {"a": 1}, "token": []}]'), (200, b'[{"service_request_id": true}]'),
        (200, b"\xff\xfe"), (204, b""), (500, b"x" * 100_000),
    ],
)  # fmt: skip
def test_an_answer_that_means_nothing_leaves_it_waiting(town, stranger, connected, code, body):
    stranger.answers(POSTED, (code, body))
    made = send(town, connected)
    actions.do_errands()
    assert standing(made).state == "waiting"
    errand = Errand.objects.get()
    assert (errand.tries, bool(errand.trouble), errand.is_doubtful) == (1, True, True)


@pytest.mark.parametrize("body", [BOMB, OUTSIDE, DEEP, b"<x", b"<service_requests><request/></service_requests>"])
def test_xml_that_would_harm_is_not_read(town, stranger, connected, body):
    actions.change(connected, by=town.worker, name="x", url=stranger.url, form="xml")
    stranger.answers("POST /requests.xml", (200, body))
    made = send(town, connected)
    actions.do_errands()
    assert standing(made).state == "waiting"


@pytest.mark.parametrize("to", ["http://127.0.0.1:1/", "https://127.0.0.1/", "file:///etc/passwd"])
def test_a_redirect_is_not_followed(town, stranger, connected, to):
    stranger.answers(POSTED, (302, b"", {"Location": to}))
    stranger.answers("GET /services.json", (301, b"", {"Location": to}))
    made = send(town, connected)
    actions.do_errands()
    assert standing(made).state == "waiting"
    with pytest.raises(remote.Trouble):
        remote.services(remote.Far(stranger.url))
    assert len(stranger.got) == 2


@pytest.mark.parametrize("url", ["https://127.0.0.1/v2", "https://localhost.localdomain/v2", "http://1.1.1.1/v2"])
def test_a_server_inside_our_own_net_is_never_called(url, settings):
    settings.WEBHOOK_HTTP_HOSTS = []
    with pytest.raises(remote.Trouble, match=r"No answer: (not a public address|no such host|not https)"):
        remote.services(remote.Far(url))


def test_a_server_that_drips_is_cut_off(town, stranger, connected, monkeypatch):
    monkeypatch.setattr(wire, "ALL", 0.4)
    ended = threading.Event()

    def drip(handler):
        handler.close_connection = True
        with suppress(OSError):
            handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n[")
            while not ended.wait(0.05):
                handler.wfile.write(b" ")

    stranger.answers(POSTED, drip)
    send(town, connected)
    begun = time.monotonic()
    actions.do_errands()
    took = time.monotonic() - begun
    ended.set()
    assert took < 4
    assert Forwarding.objects.get().state == "waiting"
    assert Errand.objects.get().is_doubtful


def test_a_flood_of_news_does_not_fill_the_case(town, stranger, connected):
    stranger.answers(POSTED, rows({"service_request_id": "7"}))
    made = send(town, connected)
    actions.do_errands()
    for turn in range(4):
        notes = [{"datetime": "2026-01-01", "description": f"{turn}-{n} " + "x" * 3000} for n in range(300)]
        about = {"service_request_id": "7", "status": "open", "status_notes": "x" * 5000, "notes": notes}
        stranger.answers("GET /requests/7.json", rows(about))
        later()
    found = Detail.objects.filter(noun_id=made.case_id, verb="note")
    assert found.count() <= 20
    assert max(len(each.body) for each in found) < 3000
    assert len(Errand.objects.get().heard) <= 200


@pytest.mark.parametrize(
    "about",
    [
        {"status": "exploded"}, {"status": 7}, {"status": ["open"]}, {"status": "open", "notes": "x"},
        {"status": "open", "notes": [1, None, {"description": {"a": 1}}]}, {"status": "open", "status_notes": {"a": 1}},
    ],
)  # fmt: skip
def test_wrong_types_are_no_crash(town, stranger, connected, about):
    stranger.answers(POSTED, rows({"service_request_id": "7"}))
    made = send(town, connected)
    actions.do_errands()
    stranger.answers("GET /requests/7.json", (200, json.dumps([{"service_request_id": "7", **about}]).encode()))
    later()
    assert standing(made).state in ("sent", "answered")


# ---- two communities ----


@pytest.mark.parametrize("form", ["json", "xml"])
def test_two_communities_send_cases_to_each_other(town, site, form):
    other = make_town("huwei", letter="H")
    key = Program(other, other.resident).key
    connected = actions.connect(
        by=town.worker, community=town.community, name="Huwei", url=f"{site}/huwei/open311/v2", form=form, key=key
    )
    connected = actions.map_category(connected, by=town.worker, category=town.category("lamp"), service_code="lamp")
    made = send(town, connected)
    actions.do_errands()
    theirs = Case.objects.get(community=other.community)
    assert standing(made).remote_id == theirs.number
    assert theirs.words.startswith("The lamp is out.")
    assert theirs.category.key == "lamp"
    cases.accept(theirs, by=other.worker)
    later()
    assert standing(made).state == "answered"
    theirs = cases.solve(theirs, by=other.worker, cause="Old", remedy="Replaced", summary="A new bulb")
    later()
    made = standing(made)
    assert (made.state, made.proposal) == ("closed", "A new bulb")
    assert Case.objects.get(community=town.community).state == "in_hand"


def test_between_communities_a_lost_answer_makes_no_double(town, site, monkeypatch):
    other = make_town("huwei", letter="H")
    connected = actions.connect(
        by=town.worker, community=town.community, name="Huwei", url=f"{site}/huwei/open311/v2",
        key=Program(other, other.resident).key,
    )  # fmt: skip
    connected = actions.map_category(connected, by=town.worker, category=town.category("lamp"), service_code="lamp")
    made = send(town, connected, lamp(town))
    whole = remote.call

    def lost(method, *given):
        reply = whole(method, *given)
        return wire.Reply(error="TimeoutError", arrived=True) if method == "POST" else reply

    monkeypatch.setattr(remote, "call", lost)
    actions.do_errands()
    assert (standing(made).state, Case.objects.filter(community=other.community).count()) == ("waiting", 1)
    monkeypatch.undo()
    clock.advance(timedelta(minutes=2))
    actions.do_errands()
    theirs = Case.objects.get(community=other.community)
    assert (standing(made).state, standing(made).remote_id) == ("sent", theirs.number)

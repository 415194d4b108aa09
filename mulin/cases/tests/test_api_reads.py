"""Lists, the log, languages, limits and photos over REST."""

from datetime import datetime
from types import SimpleNamespace
from uuid import UUID

from mulin.api import limits
from mulin.cases import actions
from mulin.journal import merkle
from mulin.journal import signing as heads
from mulin.uploads.tests.test_pictures import file

from .callers import WORDS, Caller, guest, officer, resident
from .factories import town

__all__ = ["guest", "officer", "resident", "town"]


def test_methods_and_addresses_that_are_not_there_answer_json(town, guest):
    answer = guest.client.put(guest.base + "/cases")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert answer.json()["error"]["code"] == "method_not_allowed"
    for path in ("/api/v1/nowhere/cases", "/api/v1/nothing", f"{guest.base}/cases/", f"{guest.base}/x/y/z"):
        answer = guest.client.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found"), path
    assert guest.client.options(guest.base + "/cases").status_code == 204
    assert guest.client.head(guest.base + "/cases").status_code == 200


def test_sentences_come_in_the_language_that_was_asked_for(town, officer):
    case = town.report()
    answers = [
        officer.post(f"/cases/{case.pk}/escalate", Accept_Language=language) for language in ("en", "zh-CN,zh;q=0.9")
    ]
    assert [answer["Content-Language"] for answer in answers] == ["en", "zh-hans"]


def test_photos_come_in_a_multipart_body(town, resident, guest):
    photo = file()
    made = resident.client.post(resident.base + "/cases", {**WORDS, "photos": [photo]}, headers=resident.headers)
    assert made.status_code == 201, made.content
    shown = made.json()["full"]["photos"][0]
    assert (shown["stage"], shown["width"] > 0) == ("report", True)
    href = shown["href"].removeprefix(resident.base)
    picture = resident.get(href)
    assert picture["Content-Type"] == "image/jpeg"
    picture.close()
    assert guest.get(href).status_code == 404


def test_a_code_opens_the_photos_too(town, guest):
    made = guest.client.post(guest.base + "/cases", {**WORDS, "photos": [file()]}, headers=guest.headers).json()
    href = made["full"]["photos"][0]["href"].removeprefix(guest.base)
    assert guest.get(href).status_code == 404
    picture = guest.get(f"{href}?size=thumb", X_Case_Code=made["secret"])
    assert picture.status_code == 200
    picture.close()


def test_a_list_is_walked_page_by_page_without_loss(town, guest, resident):
    made = [str(town.report(words=f"Lamp {n}").pk) for n in range(7)]
    for caller, query in (
        (guest, "limit=3"),
        (resident, "limit=2&mine=true"),
        (Caller(town, town.worker), "queue=1&limit=3"),
    ):
        seen, path = [], f"/cases?{query}"
        while path:
            page = caller.get(path).json()
            seen += [row["id"] for row in page["items"]]
            path = page["next"] and page["next"].removeprefix(caller.base)
        assert sorted(seen) == sorted(made)


def test_a_list_is_narrowed(town, guest):
    case = town.report(words="The lamp is out")
    actions.accept(case, by=town.officer)
    town.report(words="Rubbish at the gate")
    assert [row["id"] for row in guest.get("/cases?state=in_hand").json()["items"]] == [str(case.pk)]
    assert len(guest.get("/cases?state=open").json()["items"]) == 2
    assert len(guest.get("/cases?grid=1").json()["items"]) == 2
    assert guest.get("/cases?grid=9").json()["items"] == []
    worker = Caller(town, town.worker)
    assert [row["title"] for row in worker.get("/cases?q=rubbish").json()["items"]] == ["Rubbish at the gate"]
    for query in (
        "state=nonsense",
        "limit=0",
        "limit=101",
        "grid=-1",
        "after=x",
        "after=LjA",
        "order=up",
        "mine=perhaps",
    ):
        answer = guest.get(f"/cases?{query}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_query"), query
    assert guest.get("/cases?mine=true").status_code == 401


def test_the_log_proves_itself_to_anyone(town, guest):
    town.report()
    head = guest.get("/log/head").json()
    size = head["size"]
    root = bytes.fromhex(head["root"])
    assert heads.check(
        bytes.fromhex(head["public_key"]),
        bytes.fromhex(head["signature"]),
        UUID(head["log"]),
        size,
        root,
        datetime.fromisoformat(head["at"]),
    )
    proof = guest.get(f"/log/proof?seq={size - 1}&size={size}").json()
    path = [bytes.fromhex(step) for step in proof["path"]]
    item = merkle.leaf(size - 1, bytes.fromhex(proof["commitment"]), proof["cleared"].encode())
    assert merkle.check_inclusion(item, size - 1, size, path, root)
    town.report()
    newer = guest.get("/log/head").json()
    proof = guest.get(f"/log/consistency?first={size}&second={newer['size']}").json()
    path = [bytes.fromhex(step) for step in proof["path"]]
    assert merkle.check_consistency(size, newer["size"], path, root, bytes.fromhex(newer["root"]))
    for query in ("proof", "proof?seq=9999", "proof?seq=0&size=0", "proof?seq=-1", "consistency?first=5&second=2"):
        assert guest.get(f"/log/{query}").status_code == 400, query


def test_me_and_the_categories(town, guest, officer):
    assert guest.get("/me").json()["is_signed_in"] is False
    me = officer.get("/me").json()
    assert (me["posts"][0]["kind"], me["scopes"], me["csrf_token"]) == ("grid_officer", ["read", "write"], None)
    rows = guest.get("/categories").json()["items"]
    assert {row["parent"] for row in rows} - {None} <= {row["key"] for row in rows}
    warnings = {row["key"]: row["warning"] for row in rows}
    assert ("119" in warnings["gas_smell"], warnings["stair_light"]) == (True, "")


def test_too_many_writes_are_slowed_down(town, guest, settings, monkeypatch):
    settings.RATE_LIMITS = True
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: 1000.0))  # no bucket fills meanwhile
    limits.forget()
    answers = [guest.post("/cases", "{") for _ in range(limits.PER_MINUTE["guest"] + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {400}
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) >= 1
    limits.forget()


def test_the_same_few_statements_whatever_is_listed(town, officer, django_assert_max_num_queries):
    cases = [town.report() for _ in range(3)]
    for caller, most in ((officer, 10), (Caller(town, town.worker), 10), (Caller(town), 3)):
        caller.get("/me")  # the first call of a day notes on which day a key was used
        with django_assert_max_num_queries(most):
            assert len(caller.get("/cases?limit=100").json()["items"]) == 3
    actions.accept(cases[0], by=town.officer)
    with django_assert_max_num_queries(15):
        officer.get(f"/cases/{cases[0].pk}")

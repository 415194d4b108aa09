"""Cases over REST: the same moves and refusals as on the pages, for keys, browsers and guests."""

import json

import pytest

from mulin.cases import queries
from mulin.cases.models import Case

from .callers import WORDS, Caller, guest, officer, resident, sign_in
from .factories import town

__all__ = ["guest", "officer", "resident", "town"]


def test_a_case_is_reported_taken_on_solved_and_confirmed(town, resident, officer):
    made = resident.post("/cases", WORDS)
    assert made.status_code == 201, made.content
    case = made.json()
    assert case["state"] == "assigned"
    assert made["ETag"] == '"1"'
    assert case["full"]["words"] == WORDS["words"]
    assert {move["name"] for move in case["moves"]} >= {"withdraw", "note"}
    path = f"/cases/{case['id']}"
    steps = {step["name"]: step for step in officer.get(path).json()["moves"]}
    assert steps["accept"]["main"]
    assert steps["accept"]["asks"] == []
    assert steps["refuse"]["second"]
    assert officer.post(f"{path}/accept").json()["state"] == "in_hand"
    solved = officer.post(f"{path}/solve", {"cause": "Worn out", "remedy": "A new lamp"})
    assert solved.json()["state"] == "solved"
    closed = resident.post(f"{path}/confirm", {"rating": 3}).json()
    assert (closed["state"], closed["rating"]) == ("closed", 3)
    assert [event["verb"] for event in closed["timeline"]] == ["confirm", "solve", "accept", "report"]


def test_what_a_move_asks_is_json_schema(town, officer):
    case = town.report()
    asks = {step["name"]: step["asks"] for step in officer.get(f"/cases/{case.pk}").json()["moves"]}
    why, words = asks["refuse"]
    assert why["schema"]["enum"] == ["not_ours", "no_action", "not_a_matter"]
    assert words["required"]
    assert words["schema"]["maxLength"] == 2000


def test_everyone_reads_what_is_public_and_no_more(town, guest):
    case = town.report(words="Wang at door 3 shouts at night.")
    shown = guest.get(f"/cases/{case.pk}")
    assert shown.status_code == 200
    assert shown.json()["full"] is None
    assert shown.json()["moves"] == []
    assert "shouts" not in shown.content.decode()
    assert "shouts" not in guest.get("/cases").content.decode()
    assert guest.get("/cases?q=shouts").json()["items"] == []


def test_what_may_not_be_seen_does_not_exist(town, guest):
    case = town.report(disclosure="confidential")
    answers = [guest.get(f"/cases/{key}") for key in (case.pk, "00000000-0000-7000-8000-000000000000", "nonsense")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert guest.post(f"/cases/{case.pk}/accept").status_code == 404


def test_a_stranger_is_refused_in_plain_words(town, guest, resident):
    case = town.report()
    for caller in (guest, Caller(town, town.neighbour)):
        answer = caller.post(f"/cases/{case.pk}/accept", {"nonsense": 1})
        assert answer.status_code == 403
        assert answer.json()["error"]["message"].startswith("Who can do this: the post in charge")
    assert resident.post(f"/cases/{case.pk}/withdraw").status_code == 200


def test_the_clock_is_nobody_who_calls(town, officer):
    case = town.report()
    for name, status in (("escalate", 403), ("expire", 409), ("report", 404), ("load_categories", 404), ("begin", 404)):
        assert officer.post(f"/cases/{case.pk}/{name}").status_code == status, name
        answer = officer.post(f"/cases/{case.pk}/{name}", Idempotency_Key="k" + name)
        assert answer.status_code in {status, 403}, name


def test_a_stale_version_is_a_conflict(town, officer):
    case = town.report()
    path = f"/cases/{case.pk}"
    assert officer.post(f"{path}/accept", If_Match='"1"')["ETag"] == '"2"'
    for name, body in (("accept", {}), ("ask", {"words": "Which lamp?"})):
        stale = officer.post(f"{path}/{name}", body, If_Match="1")
        assert stale.status_code == 409
        assert stale.json()["error"]["code"] == "conflict"
    assert officer.post(f"{path}/accept").json()["error"]["code"] == "wrong_state"
    assert officer.post(f"{path}/ask", {"words": "?"}, If_Match="soon").status_code == 400


def test_a_repeat_with_a_key_is_harmless(town, resident, officer):
    first = resident.post("/cases", WORDS, Idempotency_Key="one")
    again = resident.post("/cases", WORDS, Idempotency_Key="one")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    other = resident.post("/cases", {**WORDS, "words": "Something else"}, Idempotency_Key="one")
    assert (other.status_code, other.json()["error"]["code"]) == (422, "once_reused")
    path = f"/cases/{first.json()['id']}/accept"
    answers = [officer.post(path, Idempotency_Key="two", If_Match='"1"') for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1].json()["version"] == 2
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[1]", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ('{"words": "\\ud800"}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        ("words=x", "application/x-www-form-urlencoded", 415),
        ("words", "text/plain", 415),
        ("x", "multipart/form-data", 400),
        ("x", "multipart/form-data; boundary=b", 422),
        (json.dumps({"words": "x" * 3_000_000}), "application/json", 413),
        ('{"words": 5, "lon": "east"}', "application/json", 422),
        ('{"words": ["a"], "lat": true, "photos": "x"}', "application/json", 422),
        ('{"words": "a", "lon": 1e300, "lat": 1}', "application/json", 422),
        ('{"words": "a\\u0000b", "address": "1号楼"}', "application/json", 422),
    ],
)
def test_a_body_that_cannot_be_read_gets_a_sentence(town, resident, body, kind, status):
    answer = resident.post("/cases", body, content_type=kind)
    assert answer.status_code == status, answer.content
    assert answer.json()["error"]["message"].endswith(".")
    assert Case.objects.count() == 0


def test_unknown_and_missing_fields_are_named(town, resident):
    answer = resident.post("/cases", {**WORDS, "urgent": True}).json()["error"]
    assert "urgent" in answer["message"]
    assert answer["fields"].keys() == {"urgent"}
    missing = resident.post("/cases", {"address": "1号楼"}).json()["error"]
    assert missing["fields"].keys() == {"words"}
    nowhere = resident.post("/cases", {"words": "Out"}).json()["error"]
    assert nowhere["message"].startswith("Tell where it is")


def test_a_guest_follows_by_a_code_that_is_shown_once(town, guest):
    made = guest.post("/cases", WORDS).json()
    assert made["secret"]
    assert made["full"]["words"] == WORDS["words"]
    path = f"/cases/{made['id']}"
    assert guest.get(path).json()["full"] is None
    opened = guest.get(path, X_Case_Code=made["secret"]).json()
    assert opened["full"]["words"] == WORDS["words"]
    assert opened["secret"] is None
    assert guest.get(path, X_Case_Code="WRONG234").status_code == 403
    assert guest.post(f"{path}/withdraw", {"reason": "Gone"}).status_code == 403
    assert guest.post(f"{path}/withdraw", {"reason": "Gone"}, X_Case_Code=made["secret"]).json()["state"] == "withdrawn"


def test_a_code_opens_what_is_not_public_and_a_wrong_one_tells_nothing(town, guest):
    key = next(row.key for row in queries.leaves(town.community.pk) if row.is_household)
    made = guest.post("/cases", {**WORDS, "category": key}).json()
    path = f"/cases/{made['id']}"
    assert guest.get(path).status_code == 404
    assert guest.get(path, X_Case_Code="WRONG234").status_code == 404
    assert guest.get(path, X_Case_Code=made["secret"]).status_code == 200


def test_who_reports_without_a_name_stays_without_one(town, resident, officer):
    made = resident.post("/cases", {**WORDS, "disclosure": "anonymous"}).json()
    seen = officer.get(f"/cases/{made['id']}")
    assert seen.json()["full"]["words"]
    assert str(town.resident.person_id) not in seen.content.decode()


def test_a_refusal_waits_for_a_second_person(town, officer):
    case, worker = town.report(), Caller(town, town.worker)
    path = f"/cases/{case.pk}"
    asked = officer.post(f"{path}/refuse", {"why": "not_ours", "words": "Ask the power company."})
    assert asked.json()["state"] == "assigned"
    assert asked.json()["full"]["waiting"][0]["may_agree"] is False
    assert worker.get(path).json()["full"]["waiting"][0]["may_agree"] is True
    assert officer.post(f"{path}/refuse/agree", {"agree": True}).status_code == 403
    assert worker.post(f"{path}/refuse/agree", {"agree": "perhaps"}).status_code == 422
    assert worker.post(f"{path}/refuse/agree", {}).status_code == 422
    assert worker.post(f"{path}/refuse/agree", {"agree": True}, If_Match='"99"').status_code == 409
    assert worker.post(f"{path}/refuse/agree", {"agree": True}).json()["state"] == "refused"


def test_a_key_without_the_scope_is_refused(town):
    case = town.report()
    reader, writer = Caller(town, town.officer, ["read"]), Caller(town, town.officer, ["write"])
    assert reader.get(f"/cases/{case.pk}").json()["moves"] == []
    refused = reader.post(f"/cases/{case.pk}/accept")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "scope")
    assert writer.get("/cases").status_code == 403
    assert writer.post(f"/cases/{case.pk}/accept").status_code == 200


def test_a_wrong_key_opens_nothing(town, guest):
    answer = guest.get("/cases", Authorization="Bearer mk_00000000nothing")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "bad_key")


def test_a_browser_needs_the_token_and_a_program_does_not(town, guest):
    case = town.report()
    sign_in(guest.client, town.officer)
    path = f"/cases/{case.pk}/accept"
    assert guest.post(path).json()["error"]["code"] == "csrf"
    token = guest.get("/me").json()["csrf_token"]
    assert guest.post(path, X_CSRFToken=token).status_code == 200
    assert Caller(town).post("/cases", WORDS).status_code == 201

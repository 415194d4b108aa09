"""The API's document: valid, complete, in plain words, and made from the flows and forms."""

import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from mulin.api.openapi import document
from mulin.api.resources import is_for_people, offered
from mulin.entry.actions import make_key

from .factories import make_town

DOCUMENT = document(offered())
MOVES = [
    (resource.name, move) for resource in offered() for move in resource.model.flow
    if move.sources and is_for_people(move)
]  # fmt: skip


def asked(name, resource="cases"):
    return DOCUMENT["paths"][f"/api/v1/{{slug}}/{resource}/{{id}}/{name}"]["post"]


def operations():
    return [entry[method] for entry in DOCUMENT["paths"].values() for method in ("get", "post") if method in entry]


def test_it_is_valid_openapi():
    errors = [f"{error.instance_path}: {error.message}" for error in OPENAPI_31_VALIDATOR.iter_errors(DOCUMENT)]
    assert errors == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_is_valid_in_every_language(language):
    assert list(OPENAPI_31_VALIDATOR.iter_errors(document(offered(), language))) == []


def test_no_two_types_share_a_name():
    """Two of one name would be told apart by the path of their module, which no other language can say."""
    assert [name for name in DOCUMENT["components"]["schemas"] if not name.isidentifier()] == []


@pytest.mark.parametrize(("resource", "move"), MOVES, ids=[f"{name}-{move.name}" for name, move in MOVES])
def test_every_move_is_in_it_with_a_sentence(resource, move):
    post = asked(move.name, resource)
    assert post["summary"].endswith(".")
    assert str(move.who.label) in post["description"] or "Who can do this" in post["description"]
    assert {"200", "403", "404", "409", "422"} <= post["responses"].keys()


def test_what_only_time_does_is_not_in_it():
    for name in ("escalate", "tell", "expire", "report"):
        assert f"/api/v1/{{slug}}/cases/{{id}}/{name}" not in DOCUMENT["paths"]


def test_what_a_form_knows_is_in_its_schema():
    solve = asked("solve")["requestBody"]
    assert solve["required"]
    schema = solve["content"]["application/json"]["schema"]
    assert schema["required"] == ["cause", "remedy"]
    assert schema["properties"]["summary"]["maxLength"] == 200
    assert "photos" not in schema["properties"]
    photos = solve["content"]["multipart/form-data"]["schema"]["properties"]["photos"]
    assert (photos["maxItems"], photos["items"]["format"]) == (6, "binary")
    rating = asked("confirm")["requestBody"]["content"]["application/json"]["schema"]["properties"]["rating"]
    assert (rating["type"], rating["enum"]) == ("integer", [3, 2, 1])
    until = asked("wait")["requestBody"]["content"]["application/json"]["schema"]["properties"]["until"]
    assert until["format"] == "date"


def test_a_second_persons_word_has_its_address():
    assert "/api/v1/{slug}/cases/{id}/refuse/agree" in DOCUMENT["paths"]
    assert "/api/v1/{slug}/cases/{id}/accept/agree" not in DOCUMENT["paths"]


def test_every_operation_has_a_name_of_its_own():
    names = [entry["operationId"] for entry in operations()]
    assert len(names) == len(set(names))
    assert [name for name in names if not name.isidentifier()] == []


def test_every_operation_says_which_scopes_open_it():
    opened = {
        entry["operationId"]: [each["key"] for each in entry["security"] if "key" in each] for entry in operations()
    }
    assert opened["list_cases"] == [["cases:read"], ["read"]]
    assert opened["report_cases"] == [["cases:write"], ["write"]]
    assert opened["make_webhooks"] == [["webhooks:write"], ["webhooks"], ["write"]]
    assert opened["get_me"] == [[]]
    # What stands above the communities is for people at a browser: a key is of one community.
    above = {name for name, scopes in opened.items() if not scopes}
    assert above == {"read_overview", "list_sign_ins", "revoke_sign_in", "revoke_other_sign_ins"}


def test_every_shape_is_there_once():
    # Two modules that call different shapes by one name would take each other's place.
    types = {one for resource in offered() for one in (resource.row, resource.shown)}
    assert len({one.__name__ for one in types}) == len(types)


def test_it_is_served(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer.json() == DOCUMENT


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["good", "bad"])
def test_an_address_of_no_community_answers_whatever_key_is_sent(client, key):
    town = make_town()
    _key, secret = make_key(town.worker.account_id, community=town.community, name="t", scopes=["read"])
    bearer = {"Authorization": f"Bearer {secret if key == 'good' else 'mk_nothing'}"}
    for path in ("/api/v1/openapi.json", "/api/v1/"):
        answer = client.get(path, headers=bearer)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    nowhere = client.get("/api/v1/nowhere/cases", headers=bearer)
    assert (nowhere.status_code, nowhere.json()["error"]["code"]) == (404, "not_found")
    assert client.get(f"/api/v1/{town.community.slug}/me", headers=bearer).status_code == (
        200 if key == "good" else 401
    )

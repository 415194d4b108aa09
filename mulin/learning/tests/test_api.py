"""Suggestions for programs: categories with reasons, places and similar cases; nothing is written."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mulin.cases.models import Case
from mulin.cases.tests.browsing import cookie_of
from mulin.entry import actions as entry
from mulin.journal.models import Head
from mulin.learning import actions
from mulin.territory.tests.factories import entrances

from .lessons import settled


@pytest.fixture
def ask(town):
    _key, secret = entry.make_key(
        town.neighbour.account_id, community=town.community, name="kiosk", scopes=["read", "write"]
    )

    def call(body, head=f"Bearer {secret}"):
        return Client().post(
            f"/api/v1/{town.community.slug}/cases/suggest",
            body if isinstance(body, str) else json.dumps(body),
            content_type="application/json",
            **({"HTTP_AUTHORIZATION": head} if head else {}),
        )

    return call


def test_a_program_is_told_what_the_page_shows(town, ask):
    settled(town)
    actions.learn(town.community)
    door, case = town.where(), town.report(words="路灯不亮", category=town.category("lamp"))
    before = Head.objects.get(key=town.community.pk).size
    said = ask({"words": "路灯杆断了", "lon": door.lon, "lat": door.lat}).json()
    assert said["categories"][0]["category"] == "lamp"
    assert "路灯" in said["categories"][0]["words"]
    assert case.number in [each["number"] for each in said["similar"]]
    assert "路灯不亮" not in json.dumps(said, ensure_ascii=False)
    assert Head.objects.get(key=town.community.pk).size == before


def test_a_place_is_suggested_while_none_was_told(town, ask):
    door = entrances(town.community)[0]
    words = f"{door.building.number}号楼{door.name}的灯不亮"
    [found] = ask({"words": words}).json()["places"]
    assert (found["kind"], found["code"]) == ("entrance", door.code)
    assert ask({"words": words, "e": door.code}).json()["places"] == []


def test_anyone_may_ask_without_signing_in(town, ask):
    town.report(disclosure="confidential")
    said = ask({"words": "楼道的灯不亮", "e": entrances(town.community)[0].code}, head=None)
    assert said.status_code == 200
    assert said.json()["similar"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "words"),
        ({"words": " "}, "words"),
        ({"words": 7}, "words"),
        ({"words": "灯" * 100_000}, "words"),
        ({"words": "灯", "lon": 117.1}, "lat"),
        ({"words": "灯", "lon": "117", "lat": 39}, "lon"),
        ({"words": "灯", "lon": 1e400, "lat": 39}, None),
        ({"words": "灯", "lon": 181, "lat": 39}, "lon"),
        ({"words": "灯", "lon": True, "lat": 39}, "lon"),
        ({"words": "灯", "e": "NOTOURS"}, "e"),
        ({"words": "灯", "name": "Wang"}, "name"),
        ({"words": ["灯"]}, "words"),
    ],
)
def test_what_cannot_be_asked_is_named(town, ask, body, field):
    answer = ask(body)
    assert answer.status_code in (400, 422)
    if field:
        assert field in answer.json()["error"]["fields"]


@pytest.mark.parametrize("words", ["😀", "\x00", "\ud800", "'; --", "%s", "‮灯", "x" * 2000])
def test_whatever_is_written_is_answered(town, ask, words):
    assert ask(json.dumps({"words": words})).status_code in (200, 400, 422)


def test_outside_the_community_is_refused_in_words(town, ask):
    answer = ask({"words": "灯不亮", "lon": 2.3, "lat": 48.9})
    assert answer.status_code in (200, 422)


def test_a_suggestion_costs_few_statements(town):
    for _time in range(3):
        town.report()
    client = Client()
    client.cookies["mulin"] = cookie_of(town.resident)
    token = client.get(f"/api/v1/{town.community.slug}/me").json()["csrf_token"]
    url, body = (
        f"/api/v1/{town.community.slug}/cases/suggest",
        {"words": "灯不亮", "e": entrances(town.community)[0].code},
    )

    def call():
        return client.post(url, json.dumps(body), content_type="application/json", HTTP_X_CSRFTOKEN=token)

    assert call().status_code == 200
    with CaptureQueriesContext(connection) as seen:
        call()
    assert len([each for each in seen if "SAVEPOINT" not in each["sql"]]) <= 10, [each["sql"][:200] for each in seen]
    assert Case.objects.count() == 3

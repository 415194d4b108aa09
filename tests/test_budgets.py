"""How many statements a call may cost, everything counted: sign-in, rights, transaction."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mulin.cases.tests.browsing import cookie_of
from mulin.cases.tests.factories import make_town
from mulin.entry import actions as entry
from mulin.kernel.clock import SYSTEM, now
from mulin.people import actions as people
from mulin.people.queries import load_viewer
from mulin.territory.models import Division
from mulin.territory.queries import forget_communities
from mulin.territory.tests.factories import entrances


@pytest.fixture
def town(db):
    return make_town()


def statements(call):
    """Count the statements of a call, made once before so that caches are warm; savepoints of the test apart."""
    call()
    with CaptureQueriesContext(connection) as seen:
        answer = call()
    assert answer.status_code < 400, answer.content.decode()
    return [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]


def test_a_report_over_the_api_costs_at_most_15(town):
    client, slug = Client(), town.community.slug
    _key, secret = entry.make_key(
        town.resident.account_id, community=town.community, name="bench", scopes=["read", "write"]
    )
    body = json.dumps({"words": "楼道的灯不亮", "e": entrances(town.community)[0].code, "disclosure": "named"})

    def call():
        return client.post(
            f"/api/v1/{slug}/cases",
            body,
            content_type="application/json",
            HTTP_AUTHORIZATION=f"Bearer {secret}",
            HTTP_IDEMPOTENCY_KEY=str(uuid4()),
        )

    said = statements(call)
    assert len(said) <= 15, "\n".join(said)


def test_a_report_at_a_point_on_the_map_costs_at_most_15(town):
    client, slug = Client(), town.community.slug
    client.post("/sign-in/", {"target": "wang@baocui.test", "password": "a-good-password"})
    door = entrances(town.community)[0]
    data = {"words": "路灯不亮", "lon": door.lon, "lat": door.lat, "disclosure": "named", "checked": "yes"}

    def call():
        return client.post(f"/{slug}/report/", {**data, "once": str(uuid4())})

    said = statements(call)
    assert len(said) <= 15, "\n".join(said)


def oversees(town):
    """Let someone oversee the division above the town, and return their account."""
    street = Division.objects.create(level=4, name="Street")
    town.community.division = street
    town.community.save(update_fields=["division"])
    forget_communities()
    account = people.open_account(by=SYSTEM, email="he@street.test", password="a-good-password")
    today = now().date()
    days = {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=100)}
    people.give_oversight(by=SYSTEM, account=account, division=street, kind="subdistrict", **days)
    return load_viewer(account.pk, town.community)


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("resident", "/baocui/"),
        ("officer", "/baocui/cases/queue/"),
        ("worker", "/baocui/cases/queue/"),
        ("worker", "/baocui/overview/"),
        ("above", "/baocui/overview/"),
        ("above", "/overview/"),
        ("guest", "/baocui/"),
    ],
)
def test_a_first_page_costs_at_most_12(town, role, path):
    client = Client()
    for _time in range(3):
        town.report()
    viewer = oversees(town) if role == "above" else getattr(town, role, None)
    if viewer:
        client.cookies["mulin"] = cookie_of(viewer)
    said = statements(lambda: client.get(path))
    assert len(said) <= 12, "\n".join(said)

"""Who calls the API in tests: programs with keys, browsers, guests."""

import json
from datetime import datetime

import pytest
from django.test import Client
from django.utils import translation

from mulin.entry import actions as entry
from mulin.entry.tests.factories import sign_in
from mulin.kernel import clock

WORDS = {"words": "The lamp at the door is out.", "address": "1号楼1门"}


class Caller:
    """A program that calls with a key, or as nobody."""

    def __init__(self, town, viewer=None, scopes=("read", "write")):
        self.client, self.base = Client(enforce_csrf_checks=True), f"/api/v1/{town.community.slug}"
        self.headers = {"Accept-Language": "en"}
        if viewer:
            _key, secret = entry.make_key(viewer.account_id, community=town.community, name="t", scopes=list(scopes))
            self.headers["Authorization"] = f"Bearer {secret}"

    def get(self, path, **headers):
        return self.client.get(self.base + path, headers={**self.headers, **named(headers)})

    def post(self, path, body=None, content_type="application/json", **headers):
        data = body if isinstance(body, str | bytes) else json.dumps(body or {})
        return self.client.post(
            self.base + path, data, content_type=content_type, headers={**self.headers, **named(headers)}
        )


def named(headers):
    return {name.replace("_", "-"): value for name, value in headers.items()}


def browser(viewer=None):
    """Open a browser in English, signed in as someone or not."""
    client = Client(headers={"accept-language": "en"})
    if viewer:
        sign_in(client, viewer)
    return client


@pytest.fixture
def monday(db):
    """A Monday morning, in English; a conftest that wants it for each of its tests says so."""
    clock.set(datetime.fromisoformat("2026-11-23T09:00:00+08:00"))
    with translation.override("en"):
        yield


@pytest.fixture
def web(town):
    """Open browsers in English: web() for nobody, web(viewer) signed in."""

    def visit(viewer=None):
        client = browser(viewer)
        client.cookies["language"] = "en"
        return client

    return visit


def caller(town, viewer):
    """Start a program with someone's key."""
    _key, secret = entry.make_key(viewer.account_id, community=town.community, name="test", scopes=["read", "write"])
    return Client(headers={"authorization": f"Bearer {secret}"})


@pytest.fixture
def officer(town):
    return Caller(town, town.officer)


@pytest.fixture
def resident(town):
    return Caller(town, town.resident)


@pytest.fixture
def guest(town):
    return Caller(town)


__all__ = ["WORDS", "Caller", "browser", "caller", "guest", "monday", "officer", "resident", "sign_in", "web"]

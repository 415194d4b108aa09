"""What the stories need: a small town and two ways to act in it, as a browser without scripts and over the API."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from mulin.cases.models import Case
from mulin.cases.tests.factories import make_town
from mulin.entry import actions as entry
from mulin.kernel.worker import drain
from mulin.people.models import Account


class Web:
    """A person at the pages."""

    def __init__(self, town, viewer):
        self.town, self.viewer, self.client = town, viewer, Client()
        if viewer is not None:
            mail = Account.objects.get(pk=viewer.account_id).email
            answer = self.client.post("/sign-in/", {"target": mail, "password": "a-good-password"})
            assert answer.status_code == 302, answer.content.decode()

    def report(self, words, door=0, **fields):
        code = self.town.code(door)
        data = {"words": words, "e": code, "disclosure": "named", "checked": "yes", "once": str(uuid4()), **fields}
        answer = self.client.post(f"/{self.town.community.slug}/report/?e={code}", data)
        assert answer.status_code == 302, answer.content.decode()
        drain()
        return Case.objects.order_by("-created_at", "-id")[0].pk

    def move(self, case, name, **answers):
        path = f"/{self.town.community.slug}/cases/{case}/{name}/"
        answer = self.client.post(path, {**answers, "once": str(uuid4())})
        drain()
        return answer.status_code

    def sees(self, case):
        return self.client.get(f"/{self.town.community.slug}/cases/{case}/").content.decode()


class Api:
    """The same person's program, with a key."""

    def __init__(self, town, viewer):
        self.town, self.viewer, self.client = town, viewer, Client()
        self.root = f"/api/v1/{town.community.slug}"
        self.headers = {}
        if viewer is not None:
            _key, secret = entry.make_key(
                viewer.account_id, community=town.community, name="tests", scopes=["read", "write"]
            )
            self.headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}

    def post(self, path, **body):
        answer = self.client.post(self.root + path, json.dumps(body), content_type="application/json", **self.headers)
        drain()
        return answer

    def report(self, words, door=0, **fields):
        answer = self.post("/cases", words=words, e=self.town.code(door), disclosure="named", **fields)
        assert answer.status_code in (200, 201), answer.content.decode()
        return answer.json()["id"]

    def move(self, case, name, **answers):
        return self.post(f"/cases/{case}/{name}", **answers).status_code

    def sees(self, case):
        return self.client.get(f"{self.root}/cases/{case}", **self.headers).content.decode()


@pytest.fixture
def town(db):
    from mulin.territory.tests.factories import entrances

    town = make_town()
    town.code = lambda number: entrances(town.community)[number].code
    return town


@pytest.fixture(params=[Web, Api], ids=["web", "api"])
def door(request):
    """Each story is walked twice: through the pages and over the API."""
    return request.param


def done(status):
    """Tell whether a door let the move through: the web redirects, the API answers."""
    return status in (200, 302)


@pytest.fixture
def state():
    return lambda case: Case.objects.get(pk=case)

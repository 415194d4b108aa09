"""What the stories need: a small town and two ways to act in it, as a browser without scripts and over the API."""

import json
import re
from uuid import uuid4

import pytest
from django.test import Client

from mulin.cases.models import Case
from mulin.cases.tests.factories import make_town
from mulin.entry import actions as entry
from mulin.entry.tests.factories import sign_in
from mulin.kernel.worker import drain
from mulin.people.models import Account

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Where the pages of nouns lie, by the names that the API gives them: all of them, and where one is made.
PAGES = {
    "cases": ("cases/", "report/"),
    "claims": ("take-part/claims/", "take-part/claims/new/"),
    "affiliations": ("take-part/memberships/", "take-part/memberships/new/"),
    "registrations": ("take-part/registrations/", "take-part/registrations/new/"),
    "talents": ("take-part/talents/", "take-part/talents/new/"),
    "signs": ("take-part/signs/", "take-part/signs/new/"),
    "posts": ("people/posts/", "people/posts/new/"),
    "organisations": ("people/organisations/", "people/organisations/new/"),
    "persons": ("people/persons/", "people/persons/new/"),
    "declarations": ("households/members/", "households/declare/"),
    "memberships": ("households/members/", ""),
    "households": ("households/", ""),
    "ownerships": ("households/ownerships/", ""),
    "consents": ("consents/", "consents/new/"),
    "call-ups": ("callups/", "callups/new/"),
    "turnouts": ("callups/turnouts/", ""),
    "suggestions": ("deputies/", "deputies/new/"),
    "votes": ("votes/", "votes/new/"),
}


class Web:
    """A person at the pages; nobody in particular without a viewer."""

    def __init__(self, town, viewer=None):
        self.town, self.viewer, self.client = town, viewer, Client()
        self.root = f"/{town.community.slug}/"
        if viewer is not None and viewer.person_id is None:
            sign_in(self.client, viewer)
        elif viewer is not None:
            mail = Account.objects.get(pk=viewer.account_id).email
            answer = self.client.post("/sign-in/", {"target": mail, "password": "a-good-password"})
            assert answer.status_code == 302, answer.content.decode()
        self.client.cookies["language"] = "en"

    def open(self, path):
        """Open a page below the community's address, or another one that begins with a stroke."""
        return self.client.get(path if path.startswith("/") else self.root + path)

    def send(self, path, **answers):
        """Send a form, and let the readers run."""
        answer = self.client.post(self.root + path, {**answers, "once": str(uuid4())})
        drain()
        return answer

    def make(self, kind, /, at="", **answers):
        """Make a noun with its form, or with the one at another address, and return its id."""
        answer = self.send(at or PAGES[kind][1], **answers)
        assert answer.status_code == 302, answer.content.decode()
        return UUID.findall(answer["Location"])[-1]

    def report(self, words, door=0, **fields):
        code = self.town.code(door)
        data = {"words": words, "e": code, "disclosure": "named", "checked": "yes", **fields}
        answer = self.send(f"report/?e={code}", **data)
        assert answer.status_code == 302, answer.content.decode()
        return Case.objects.order_by("-created_at", "-id")[0].pk

    def move(self, noun, name, kind="cases", **answers):
        return self.send(f"{PAGES[kind][0]}{noun}/{name}/", **answers).status_code

    def sees(self, noun, kind="cases"):
        """Return what one page says, the web's words in the head and foot included; nothing where it is not there."""
        answer = self.open(f"{PAGES[kind][0]}{noun}/")
        return answer.content.decode() if answer.status_code == 200 else ""

    def status(self, noun, kind="cases"):
        return self.open(f"{PAGES[kind][0]}{noun}/").status_code


class Api:
    """The same person's program, with a key; those who are nobody here but oversee have only a cookie."""

    def __init__(self, town, viewer=None):
        self.town, self.viewer, self.client = town, viewer, Client()
        self.root = f"/api/v1/{town.community.slug}"
        self.headers = {"HTTP_ACCEPT_LANGUAGE": "en"}
        if viewer is not None and viewer.person_id is None:
            sign_in(self.client, viewer)
        elif viewer is not None:
            _key, secret = entry.make_key(
                viewer.account_id, community=town.community, name="tests", scopes=["read", "write"]
            )
            self.headers["HTTP_AUTHORIZATION"] = f"Bearer {secret}"

    def open(self, path):
        """Read an address below the community's, or one of the whole installation that begins with two strokes."""
        root, path = ("/api/v1/", path[2:]) if path.startswith("//") else (f"{self.root}/", path)
        return self.client.get(root + path, **self.headers)

    def post(self, path, **body):
        answer = self.client.post(self.root + path, json.dumps(body), content_type="application/json", **self.headers)
        drain()
        return answer

    def make(self, kind, /, at="", **answers):
        answer = self.post(f"/{kind}", **answers)
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()["id"]

    def report(self, words, door=0, **fields):
        answer = self.post("/cases", words=words, e=self.town.code(door), disclosure="named", **fields)
        assert answer.status_code in (200, 201), answer.content.decode()
        return answer.json()["id"]

    def move(self, noun, name, kind="cases", **answers):
        return self.post(f"/{kind}/{noun}/{name}", **answers).status_code

    def sees(self, noun, kind="cases"):
        answer = self.open(f"{kind}/{noun}")
        return answer.content.decode() if answer.status_code == 200 else ""

    def status(self, noun, kind="cases"):
        return self.open(f"{kind}/{noun}").status_code


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

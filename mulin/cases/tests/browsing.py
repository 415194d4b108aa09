"""Going through the pages of cases as someone: the browser of the page tests."""

import re

import pytest
from django.http import HttpResponse
from django.urls import reverse

from mulin.cases import actions
from mulin.entry.actions import browser
from mulin.entry.models import SignIn
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.territory.tests.factories import entrances

WORDS = "三楼的灯不亮。老人下楼看不清台阶。"


@pytest.fixture
def go(client, town):
    """Open or send a page of the town as someone, in English."""
    cookies = {}

    def visit(name, *args, by=None, data=None, **query):
        client.cookies["language"] = "en"
        client.cookies.pop("mulin", None)
        if by:
            cookies[by.account_id] = cookies.get(by.account_id) or cookie_of(by)
            client.cookies["mulin"] = cookies[by.account_id]
        url = reverse(f"cases:{name}", args=[town.community.slug, *args])
        return client.get(url, query) if data is None else client.post(url, data)

    return visit


def cookie_of(viewer):
    """Make the cookie that signing in would give."""
    made = SignIn.objects.create(account_id=viewer.account_id, created_at=clock.now(), seen_at=clock.now())
    response = HttpResponse()
    browser.keep_sign_in(response, SignIn.objects.select_related("account").get(pk=made.pk))
    return response.cookies["mulin"].value


def told(town, **fields):
    """What the report form sends."""
    given = {"words": WORDS, "e": entrances(town.community)[0].code, "disclosure": "named", "once": "one-click"}
    return {**given, **fields}


def shown(response):
    return re.sub(r"\s+", " ", response.content.decode())


def solved(town, **fields):
    case = actions.accept(town.report(**fields), by=town.officer)
    case = actions.solve(case, by=town.officer, cause="灯泡坏了", remedy="换了灯泡")
    return actions.tell(case, by=SYSTEM)

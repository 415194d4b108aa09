"""A town, pages of news as someone, and a look each time it is asked for."""

import pytest
from django.core import mail
from django.urls import reverse

from mulin.cases.tests.browsing import cookie_of
from mulin.cases.tests.factories import make_town
from mulin.kernel.worker import drain
from mulin.news.actions import watching
from mulin.news.models import Notification


@pytest.fixture(autouse=True)
def look_again():
    watching._looked.clear()
    yield
    watching._looked.clear()


@pytest.fixture
def town(db):
    """A town whose people have read what was told of its founding."""
    made = make_town()
    drain()
    Notification.objects.all().delete()
    mail.outbox.clear()
    return made


@pytest.fixture
def go(client, town):
    """Open or send a page in English, as someone."""

    def visit(url, by=None, data=None):
        client.cookies["language"] = "en"
        client.cookies.pop("mulin", None)
        if by:
            client.cookies["mulin"] = cookie_of(by)
        return client.get(url) if data is None else client.post(url, data)

    return visit


@pytest.fixture
def here(town):
    """Write the address of a page of news in the town."""
    return lambda name, *args: reverse(f"news:{name}", args=[town.community.slug, *args])

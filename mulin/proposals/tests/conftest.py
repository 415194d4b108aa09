"""A Monday morning in a town where proposals are made, in English."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import translation

from mulin.cases.tests.factories import town
from mulin.entry.tests.factories import sign_in
from mulin.kernel import clock

from ..queries import any_there
from .walks import Stage

__all__ = ["town"]


@pytest.fixture(autouse=True)
def monday(db):
    clock.set(datetime.fromisoformat("2026-11-23T09:00:00+08:00"))
    any_there.forget()
    with translation.override("en"):
        yield


@pytest.fixture
def stage(town):
    return Stage(town)


@pytest.fixture
def plain(town):
    """The same without councils and committees: quicker."""
    return Stage(town, bodies=False)


@pytest.fixture
def web(town):
    def visit(viewer=None):
        client = Client(headers={"Accept-Language": "en"})
        if viewer is not None:
            sign_in(client, viewer)
        client.cookies["language"] = "en"
        return client

    return visit


@pytest.fixture
def base(town):
    return f"/{town.community.slug}/proposals/"

"""The cast of the people tests, and a clock that runs again after each."""

import pytest

from mulin.kernel import clock
from mulin.people import queries

from . import factories


@pytest.fixture(autouse=True)
def clean_slate(settings):
    settings.DEMO, settings.RATE_LIMITS = False, True
    queries.forget_communities()
    yield
    clock.reset()
    queries.forget_communities()


@pytest.fixture
def cast(db):
    return factories.make()

"""The cast of the people tests, and limits that count."""

import pytest

from mulin.people.tests import factories


@pytest.fixture(autouse=True)
def strict(settings):
    settings.DEMO, settings.RATE_LIMITS = False, True


@pytest.fixture
def cast(db):
    return factories.make()

"""The cast of the people tests, limits that count, and plain English."""

import pytest
from django.utils import translation

from mulin.people.tests import factories


@pytest.fixture(autouse=True)
def strict(settings):
    settings.DEMO, settings.RATE_LIMITS = False, True


@pytest.fixture
def english():
    """Refusals in English, whatever the installation speaks."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db):
    return factories.make()

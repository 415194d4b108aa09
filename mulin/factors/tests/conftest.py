"""The cast of the factor tests: the site has a name, and limits count."""

import pytest

from mulin.factors.tests.soft_key import SITE
from mulin.people.tests import factories


@pytest.fixture(autouse=True)
def strict(settings):
    settings.DEMO, settings.RATE_LIMITS, settings.SITE_URL = False, True, SITE


@pytest.fixture
def cast(db):
    return factories.make()


@pytest.fixture
def account(cast):
    return cast.officer.account

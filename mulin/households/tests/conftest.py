"""The homes of the tests, and limits that count."""

import pytest

from mulin.households.tests.factories import homes


@pytest.fixture(autouse=True)
def strict(settings):
    settings.DEMO, settings.RATE_LIMITS = False, True


__all__ = ["homes"]

"""The town of the case tests, with three units, a case to call them to, and callers of the API."""

import pytest

from mulin.cases.tests.callers import guest, monday, officer, resident, web
from mulin.cases.tests.factories import town

from .walks import Units

__all__ = ["guest", "monday", "officer", "resident", "town", "web"]


@pytest.fixture(autouse=True)
def _monday(monday):
    """Every test here begins on a Monday morning, in English."""


@pytest.fixture
def units(town):
    return Units.at(town)

"""The town of the case tests, with three units, a case to call them to, and callers of the API."""

from datetime import datetime

import pytest
from django.utils import translation

from mulin.cases.tests.callers import guest, officer, resident
from mulin.cases.tests.factories import town
from mulin.kernel import clock

from .walks import Units

__all__ = ["guest", "officer", "resident", "town"]


@pytest.fixture(autouse=True)
def monday(db):
    """A Monday morning, in English."""
    clock.set(datetime.fromisoformat("2026-11-23T09:00:00+08:00"))
    with translation.override("en"):
        yield


@pytest.fixture
def units(town):
    return Units.at(town)

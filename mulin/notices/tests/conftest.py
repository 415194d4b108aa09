"""The town of the case tests; a Monday morning, in English."""

import pytest

from mulin.cases.tests.callers import monday, web
from mulin.cases.tests.factories import town

__all__ = ["monday", "town", "web"]


@pytest.fixture(autouse=True)
def _monday(monday):
    """Every test here begins on a Monday morning, in English."""


@pytest.fixture
def base(town):
    return f"/{town.community.slug}/notices/"

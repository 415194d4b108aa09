"""The town of the case tests, with deputies, departments and those who speak for them."""

import pytest

from mulin.cases.tests.callers import monday, web
from mulin.cases.tests.factories import town

from .walks import Office

__all__ = ["monday", "town", "web"]


@pytest.fixture(autouse=True)
def _monday(monday):
    """Every test here begins on a Monday morning, in English."""


@pytest.fixture
def office(town):
    return Office.at(town)


@pytest.fixture
def base(town):
    return f"/{town.community.slug}/deputies/"

"""The town of the case tests, with people enough for councils."""

import pytest

from mulin.cases.tests.callers import monday, web
from mulin.cases.tests.factories import town

from .walks import Hall

__all__ = ["monday", "town", "web"]


@pytest.fixture(autouse=True)
def _monday(monday):
    """Every test here begins on a Monday morning, in English."""


@pytest.fixture
def hall(town):
    return Hall(town)


@pytest.fixture
def base(town):
    return f"/{town.community.slug}/bodies/"

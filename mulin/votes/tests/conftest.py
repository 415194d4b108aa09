"""A Monday morning in a town where votes are held, in English."""

import pytest

from mulin.cases.tests.callers import monday, web
from mulin.cases.tests.factories import town

from .walks import Polls

__all__ = ["monday", "town", "web"]


@pytest.fixture(autouse=True)
def _monday(monday):
    """Every test here begins on a Monday morning, in English."""


@pytest.fixture
def polls(town):
    return Polls(town)


@pytest.fixture
def base(town):
    return f"/{town.community.slug}/votes/"

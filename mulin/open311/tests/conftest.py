"""A town that other programs report to, and a program that does."""

import pytest

from mulin.cases.tests.factories import town
from mulin.open311 import actions

from .callers import Program

__all__ = ["town"]


@pytest.fixture
def program(town):
    """A program with a resident's key."""
    return Program(town, town.resident)


@pytest.fixture
def asking(town):
    """The town, whose categories ask something besides."""
    actions.load_questions(town.community, by=town.worker)
    return town

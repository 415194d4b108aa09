"""The town of the case tests, with a branch, a team, and callers of the API."""

import pytest
from django.utils import translation

from mulin.cases.tests.callers import guest, officer, resident
from mulin.cases.tests.factories import town

from .walks import organisation

__all__ = ["guest", "officer", "resident", "town"]


@pytest.fixture(autouse=True)
def in_english():
    """Refusals in English, whatever the installation speaks."""
    with translation.override("en"):
        yield


@pytest.fixture
def branch(town):
    return organisation(town, "Branch of the third grid", "party_branch", town.worker_two)


@pytest.fixture
def team(town):
    return organisation(town, "Dawn patrol", "volunteer_team", town.neighbour)

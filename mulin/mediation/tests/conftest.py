"""Mediation is told in English here, and somebody holds the post of mediator."""

import pytest
from django.utils import translation

from .walks import Table, make_town


@pytest.fixture(autouse=True)
def english():
    """Refusals in English, whatever the installation speaks."""
    with translation.override("en"):
        yield


@pytest.fixture
def table(db):
    return Table.at(make_town())

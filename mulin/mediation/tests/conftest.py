"""A town in which somebody holds the post of mediator."""

import pytest

from .walks import Table, make_town


@pytest.fixture
def table(db):
    return Table.at(make_town())

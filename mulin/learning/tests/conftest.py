"""The town of the case tests, and a browser in it."""

import pytest

from mulin.cases.tests.browsing import go
from mulin.cases.tests.factories import town
from mulin.learning.queries import forget_lessons

__all__ = ["go", "town"]


@pytest.fixture(autouse=True)
def nothing_remembered():
    forget_lessons()
    yield
    forget_lessons()

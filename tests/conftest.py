"""What the tests of the whole house share: the town of the case tests and its cast, and plain English."""

import pytest
from django.utils import translation

from mulin.cases.tests.factories import town


@pytest.fixture
def english():
    """Refusals in English, whatever the installation speaks."""
    with translation.override("en"):
        yield


__all__ = ["english", "town"]

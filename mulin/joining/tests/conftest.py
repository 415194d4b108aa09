"""A town with doors; keepers are the two workers of the desk."""

import pytest
from django.utils import translation

from mulin.households.tests.factories import homes

__all__ = ["homes"]


@pytest.fixture(autouse=True)
def english():
    """Refusals in English, whatever the installation speaks."""
    with translation.override("en"):
        yield

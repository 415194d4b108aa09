"""Rounds are told in English here."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """Refusals in English, whatever the installation speaks."""
    with translation.override("en"):
        yield

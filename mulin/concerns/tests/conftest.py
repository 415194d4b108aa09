"""Confidential reports are told in English here, and two posts read them."""

import pytest
from django.utils import translation

from .walks import Bench, make_town


@pytest.fixture(autouse=True)
def english():
    """Refusals in English, whatever the installation speaks."""
    with translation.override("en"):
        yield


@pytest.fixture
def bench(db):
    return Bench.at(make_town())

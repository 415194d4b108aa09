"""Channels speak English here, and files of exports lie in a folder of the test's own."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english(settings, tmp_path):
    """Refusals in English, whatever the installation speaks."""
    settings.DATA = tmp_path
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield

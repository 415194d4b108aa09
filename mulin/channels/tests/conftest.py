"""The town of the case tests; files of exports lie in a folder of the test's own."""

import pytest

from mulin.cases.tests.factories import town

__all__ = ["town"]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA = tmp_path

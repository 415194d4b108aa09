"""The town of the case tests."""

from mulin.cases.tests.factories import town

__all__ = ["town"]

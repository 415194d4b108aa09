"""What the tests of the whole house share: the town of the case tests and its cast."""

from mulin.cases.tests.factories import town

__all__ = ["town"]

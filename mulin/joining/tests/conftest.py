"""A town with doors; keepers are the two workers of the desk."""

from mulin.households.tests.factories import homes

__all__ = ["homes"]

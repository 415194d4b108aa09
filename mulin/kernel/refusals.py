"""The one way to say no."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Refused(Exception):
    """An expected refusal: a code for programs and a sentence for the person, with what would work.

    Pages show the message, the API returns it as JSON with `status`, and nobody is paged.
    Anything else that is raised is a bug.
    """

    def __init__(self, code: str, message: str, status: int = 409) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status

    @classmethod
    def stale(cls) -> Refused:
        """Say that what was seen has changed meanwhile."""
        return cls("conflict", _("Someone else changed this meanwhile. Look at it again; what you wrote is kept."))

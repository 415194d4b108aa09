"""What a move asks. One form serves the page and the API; it offers only what its viewer may choose."""

from __future__ import annotations

from typing import Any

from django import forms


class Act(forms.Form):
    """A form that knows who fills it in and for which noun (None when something new is made)."""

    def __init__(self, data: Any = None, files: Any = None, *, by: Any, noun: Any = None, **kwargs: Any) -> None:
        self.by, self.noun = by, noun
        super().__init__(data, files, **kwargs)
        self.offer()

    def offer(self) -> None:
        """Narrow choices and querysets to what `by` may see; overridden where a field needs it."""

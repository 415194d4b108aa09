"""Where pages and API meet the actions: one way to check what was asked and make a move."""

from __future__ import annotations

from typing import Any, TypeVar

from django.utils.datastructures import MultiValueDict

from .engine import second
from .forms import Act
from .models import Noun
from .turn import Once, fingerprint

__all__ = ["Once", "fill_in", "fingerprint", "form_of", "make_move", "second"]

N = TypeVar("N", bound=Noun)


def form_of(noun: Any, name: str, *, by: Any, data: Any = None, files: Any = None, **kwargs: Any) -> Act:
    """Return the form of a move, bound when there is data."""
    form_class = noun.flow.form(name) or Act
    form: Act = form_class(data, files, by=by, noun=noun, **kwargs)
    return form


def fill_in(form: Act, data: Any, files: Any = None) -> Act:
    """Bind a form that was built to see what it asks: to build it costs more than to read it."""
    form.data, form.files, form.is_bound = data, files or MultiValueDict(), True
    return form


def make_move(
    noun: N, name: str, *, by: Any, data: Any, files: Any = None, version: int | None = None, once: Once | None = None
) -> tuple[N | None, Act]:
    """Make a move with what was sent; return the noun, or None and the form that says what is missing.

    Raises Refused. A stranger is refused before the form is looked at.
    """
    refused = noun.flow.why_not(name, by, noun)
    # A repeated click finds the noun moved on already: the engine recognises its key.
    if refused and once is None:
        raise refused
    form = form_of(noun, name, by=by, data=data, files=files)
    if not form.is_valid():
        if refused:
            raise refused
        return None, form
    made: N = noun.flow.action(name)(noun, by=by, version=version, once=once, **form.cleaned_data)
    return made, form

"""Cases for programs: the same moves and the same reads as on the pages, as JSON."""

from mulin.api.resources import Extra, Resource
from mulin.territory.api import EXTRAS

from ..models import Case
from .lists import FILTERS, categories, page
from .one import cases_of, code_of, draft, photo, show
from .shapes import CasePage, CaseShown, Categories

CASES = Resource(
    name="cases",
    model=Case,
    row=CasePage,
    shown=CaseShown,
    nouns=cases_of,
    page=page,
    show=show,
    filters=FILTERS,
    create="report",
    draft=draft,
    code_of=code_of,
    extras=(
        *EXTRAS,  # places have no life of their own: where a case is said to be is asked beside it
        Extra("categories", categories, Categories, "List the kinds of matters that can be reported."),
        Extra("cases/<uuid:id>/photos/<uuid:photo>", photo, None, "Read a photo; `?size=thumb` for a small one."),
    ),
)

"""Reads of suggestions: lists, what waits for whom, its way, figures of departments, who hears, what is known."""

from .counting import counted, years
from .lists import any_open, cases_by_number, cases_of, departments, found, mine, of_case, waiting
from .shown import returned, sheet, way
from .telling import in_charge, of_reporters, of_units, tell_brought, tell_signed, the_bringer, the_deputies, the_desk

__all__ = [
    "any_open", "cases_by_number", "cases_of", "counted", "departments", "found", "in_charge", "mine", "of_case",
    "of_reporters", "of_units", "returned", "sheet", "tell_brought", "tell_signed", "the_bringer", "the_deputies",
    "the_desk", "waiting", "way", "years",
]  # fmt: skip

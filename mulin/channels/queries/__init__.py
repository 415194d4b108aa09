"""Reads of channels: tables of cases, what a desk types, slips, and who hears of exports."""

from .desk import caller, kinds, near_by, place_typed
from .exporting import chosen, count_of, csv_parts, layout, public_rows, whole_rows
from .mails import last_mail, mail_of, place_written, sender_of, tell_exports, tell_mails, who_hears
from .slips import closing, sketch

__all__ = [
    "caller", "chosen", "closing", "count_of", "csv_parts", "kinds", "last_mail", "layout", "mail_of",
    "near_by", "place_typed", "place_written", "public_rows", "sender_of", "sketch", "tell_exports", "tell_mails",
    "who_hears", "whole_rows",
]  # fmt: skip

"""Reads of channels: tables of cases, what a desk types, slips, and who hears of exports."""

from .desk import caller, kinds, near_by, place_typed
from .exporting import choice_in_words, chosen, count_of, layout, public_rows, whole_rows
from .mails import last_mail, mail_of, place_written, proof_of, sender_of, tell_exports, tell_mails, who_hears
from .slips import closing, sketch

__all__ = [
    "caller", "choice_in_words", "chosen", "closing", "count_of", "kinds", "last_mail", "layout", "mail_of",
    "near_by", "place_typed", "place_written", "proof_of", "public_rows", "sender_of", "sketch", "tell_exports",
    "tell_mails", "who_hears", "whole_rows",
]  # fmt: skip

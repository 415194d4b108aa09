"""What can be done: taking reports in, saying what is offered and asked. Every write happens here."""

from .intake import ask, drop, offer, see_email, take_in
from .packs import load_questions

__all__ = ["ask", "drop", "load_questions", "offer", "see_email", "take_in"]

"""What the moves of homes ask; nothing that the system holds already."""

from .homes import Admit, Consent, Correct, Declare, Dissolve, Form, Leave, Name, Relocate, Rename
from .owners import Amend, Deliver, End, Give, Register, Transfer

__all__ = [
    "Admit", "Amend", "Consent", "Correct", "Declare", "Deliver", "Dissolve", "End", "Form", "Give", "Leave", "Name",
    "Register", "Relocate", "Rename", "Transfer",
]  # fmt: skip

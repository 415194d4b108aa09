"""What the moves of bodies and mandates ask; each form offers only what its viewer may choose."""

from .bodies import ChangeRules, EndBody, Found, NewTerm, OfferSeat, TakeOffice
from .mandates import Grant, Propose, Revoke, Use, Within

__all__ = [
    "ChangeRules", "EndBody", "Found", "Grant", "NewTerm", "OfferSeat", "Propose", "Revoke", "TakeOffice", "Use",
    "Within",
]  # fmt: skip

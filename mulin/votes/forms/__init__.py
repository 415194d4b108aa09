"""What the moves of votes ask; each form offers only what its viewer may choose."""

from .casting import Answer, Cast, Challenge, CheckIn, CountHands, Nominate
from .preparing import Amend, CallOff, CorrectRoll, Prepare, TakeBack

__all__ = [
    "Amend", "Answer", "CallOff", "Cast", "Challenge", "CheckIn", "CorrectRoll", "CountHands", "Nominate", "Prepare",
    "TakeBack",
]  # fmt: skip

"""What the moves of proposals and steps ask, and what the editor of ways asks."""

from .keeping import NewSitting, SettingsForm, StepForm, WayForm
from .proposals import Amend, GoOn, Merge, Pitch, Review, Revise, Submit, Withdraw
from .steps import Answer, CallVote, Conclude, CountHands, Entrust, ObjectTo, Rate, ReportOn

__all__ = [
    "Amend", "Answer", "CallVote", "Conclude", "CountHands", "Entrust", "GoOn", "Merge", "NewSitting", "ObjectTo",
    "Pitch", "Rate", "ReportOn", "Review", "Revise", "SettingsForm", "StepForm", "Submit", "WayForm", "Withdraw",
]  # fmt: skip

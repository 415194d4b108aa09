"""What is stored of call-ups: the call-up itself, each unit's turnout, and how the community wants it."""

from .callup import CallUp, Custom
from .turnout import Turnout

__all__ = ["CallUp", "Custom", "Turnout"]

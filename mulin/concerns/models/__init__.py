"""What is stored of confidential reports: the sealed words, who reads them, and the finding released in the end."""

from .bench import Bench, Seat, about, fit
from .concern import Concern, Message
from .finding import Finding

__all__ = ["Bench", "Concern", "Finding", "Message", "Seat", "about", "fit"]

"""Pages of votes: the list, one vote, casting and receipts, roll, proof sheet and files, and a panel at home."""

from .boards import board, new
from .casting import ballot, receipt, receipt_file
from .one import vote
from .proof import file, openings, roll, sheet

__all__ = ["ballot", "board", "file", "new", "openings", "receipt", "receipt_file", "roll", "sheet", "vote"]

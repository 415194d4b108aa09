"""The pages of proposals: the board, one proposal and its steps, bringing one, ways and numbers, sittings."""

from .boards import board, mine
from .keeping import settings, way, way_copy, way_edit, way_retire, way_step, way_step_move, ways
from .one import new, photo, proposal, step, step_photo
from .sittings import sitting, sitting_new, sittings

__all__ = [
    "board", "mine", "new", "photo", "proposal", "settings", "sitting", "sitting_new", "sittings", "step", "step_photo",
    "way", "way_copy", "way_edit", "way_retire", "way_step", "way_step_move", "ways",
]  # fmt: skip

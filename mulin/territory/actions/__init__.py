"""What is done to places: founding a community, drawing its grids, adding buildings and what is in them."""

from .checks import CAPABILITY, FAULTS
from .correcting import correct_place
from .drawing import add_building, add_dwelling, add_entrance, add_spot, draw_grid
from .founding import add_division, draw_boundary, found, founding_head
from .keeping import remove_grid, rename_grid, settle

__all__ = [
    "CAPABILITY",
    "FAULTS",
    "add_building",
    "add_division",
    "add_dwelling",
    "add_entrance",
    "add_spot",
    "correct_place",
    "draw_boundary",
    "draw_grid",
    "found",
    "founding_head",
    "remove_grid",
    "rename_grid",
    "settle",
]

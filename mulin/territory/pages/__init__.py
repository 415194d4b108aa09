"""Pages of places: codes and plates, shapes and how they are drawn, finding, and a community's settings."""

from .adding import add
from .correcting import correct
from .finding import divisions, search
from .keeping import settings
from .plates import plate, plates, qr_code, sheet, spot_plate
from .shapes import boundary, features, grid, grid_new, grid_remove, grids
from .uploading import upload

__all__ = [
    "add", "boundary", "correct", "divisions", "features", "grid", "grid_new", "grid_remove", "grids", "plate",
    "plates", "qr_code", "search", "settings", "sheet", "spot_plate", "upload",
]  # fmt: skip

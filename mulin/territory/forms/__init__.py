"""Forms of places: drawn areas and settings, single places by hand."""

from .drawing import DrawBoundary, DrawGrid, Settle, Upload, read_shape, write_shape
from .places import CORRECT, NEW, OnMap

__all__ = ["CORRECT", "NEW", "DrawBoundary", "DrawGrid", "OnMap", "Settle", "Upload", "read_shape", "write_shape"]

"""Reads about homes: doors and who lives behind them, boards of buildings, the roll of owners."""

from .boards import board, buildings_with_counts, doors_found
from .homes import building_at, dwelling_at, find_dwelling, find_person, formed_at, known_owner, persons_near
from .rolls import free_share, owners_roll
from .telling import TELLS

__all__ = [
    "TELLS", "board", "building_at", "buildings_with_counts", "doors_found", "dwelling_at", "find_dwelling",
    "find_person", "formed_at", "free_share", "known_owner", "owners_roll", "persons_near",
]  # fmt: skip

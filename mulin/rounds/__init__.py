"""Patrol rounds of places, and what of theirs is looked after at fixed times."""

"""Telling other programs what happened: signed calls with retries, of what is public anyway."""

"""Councils and committees: who sits in them, by which rules they decide, and how far they may go."""

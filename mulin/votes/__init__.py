"""Votes: lawful and named, by rules that are frozen, counted in the open, so that anyone can recount them."""

"""Counting votes: rules, rolls, ballots and one pure function. No database, no Django, whole numbers only."""

"""Invented neighbourhoods that live through actions alone: the demo, and many at once to see that nothing is lost."""

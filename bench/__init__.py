"""Measures of Mulin: `make bench`. Each subject runs in processes of its own, on temporary databases."""

"""How well matters are answered: the three rates by published definitions, what is left out, and what comes."""

"""How often another server is asked, and how strictly its answers are read; no Django models."""

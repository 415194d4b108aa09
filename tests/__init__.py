"""Tests of the whole house; each module keeps its own beside its code."""

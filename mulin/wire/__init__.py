"""Calling other machines without being sent astray: one guard for everything that leaves this one."""

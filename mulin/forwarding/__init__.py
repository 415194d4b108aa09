"""Sending cases on: other Open311 servers are connected, take a case, and their news comes back."""

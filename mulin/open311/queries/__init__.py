"""Reads: what is offered, the requests that everyone may see, and what happened to them."""

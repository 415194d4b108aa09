"""Homes and who lives in them; dwellings and who owns them."""

from .homes import Guardian, Household, Membership
from .owners import Owned, Ownership, Proxy

__all__ = ["Guardian", "Household", "Membership", "Owned", "Ownership", "Proxy"]

"""The verbs about purposes, consents and forgetting; every write."""

from .consents import PACK, expire, give, load_purposes, renew, set_purpose, withdraw
from .forgetting import forget_guests, forget_invited

__all__ = [
    "PACK", "expire", "forget_guests", "forget_invited", "give", "load_purposes", "renew", "set_purpose", "withdraw",
]  # fmt: skip

"""What follows when an account gets its first second factor; entry, which stands above, says what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mulin.people.models import Account

GUARDED: list[Callable[[Account, Any], None]] = []  # called with the account and the sign-in that stays


def guarded_now(account: Account, *, was: bool, here: Any) -> None:
    """Tell whoever listens that a password alone does not open an account any more."""
    if not was:
        for follow in GUARDED:
            follow(account, here)

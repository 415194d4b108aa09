"""The verbs of second factors; every write."""

from .authenticators import begin_totp, confirm_totp, drawn, otpauth, remove_totp, spelled_out, take_totp
from .challenges import keep_challenge, kept_challenge
from .guarding import GUARDED
from .mail import deliver, tell_change
from .passkeys import add_passkey, ask_for, ask_to_make, remove_all, remove_passkey, rename_passkey, take_passkey
from .recovery import renew_codes, take_recovery
from .throttle import forgive, is_first, slow_down, tidy

__all__ = [
    "GUARDED",
    "add_passkey", "ask_for", "ask_to_make", "begin_totp", "confirm_totp", "deliver", "drawn", "forgive",
    "is_first", "keep_challenge", "kept_challenge", "otpauth", "remove_all", "remove_passkey", "remove_totp",
    "rename_passkey", "renew_codes", "slow_down", "spelled_out", "take_passkey", "take_recovery", "take_totp",
    "tell_change", "tidy",
]  # fmt: skip

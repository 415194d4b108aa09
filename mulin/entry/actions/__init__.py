"""The verbs of getting in; every write."""

from .codes import check_code, send_code
from .invitations import invite, take_invitation
from .joining import join, join_by_code
from .keys import make_key, revoke_key
from .sign_ins import enter, enter_by_code, leave, seen, set_password, start, tidy
from .throttle import forgive, slow_down

__all__ = [
    "check_code", "enter", "enter_by_code", "forgive", "invite", "join", "join_by_code", "leave", "make_key",
    "revoke_key", "seen", "send_code", "set_password", "slow_down", "start", "take_invitation", "tidy",
]  # fmt: skip

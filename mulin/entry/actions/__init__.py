"""The verbs of getting in; every write."""

from mulin.factors.actions import forgive, slow_down

from .codes import check_code, send_code
from .invitations import invite, take_invitation
from .joining import enter_as_guest, join, join_by_code
from .keys import key_used, make_key, revoke_key
from .sign_ins import (
    HalfIn,
    admit,
    drop_factors,
    enter,
    enter_by_code,
    enter_by_factor,
    enter_by_passkey,
    leave,
    leave_all,
    leave_others,
    seen,
    set_password,
    start,
    tidy,
)

__all__ = [
    "HalfIn", "admit", "check_code", "drop_factors", "enter", "enter_as_guest", "enter_by_code", "enter_by_factor",
    "enter_by_passkey", "forgive", "invite", "join", "join_by_code", "key_used", "leave",
    "leave_all", "leave_others", "make_key", "revoke_key", "seen", "send_code", "set_password", "slow_down",
    "start", "take_invitation", "tidy",
]  # fmt: skip

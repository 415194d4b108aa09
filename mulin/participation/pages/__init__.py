"""Pages about taking part: overview, claims, memberships, registrations, talents, signs, groups."""

from .claims import claim, claims, new_claim
from .members import (
    admission,
    members,
    membership,
    new_membership,
    new_registration,
    organisations,
    register_members,
    registration,
)
from .overview import neighbour, overview
from .shown import groups, new_sign, new_talent, sign, talent, talents

__all__ = [
    "admission", "claim", "claims", "groups", "members", "membership", "neighbour", "new_claim", "new_membership",
    "new_registration", "new_sign", "new_talent", "organisations", "overview", "register_members", "registration",
    "sign", "talent", "talents",
]  # fmt: skip

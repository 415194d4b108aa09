"""What people take upon themselves and offer: claims, memberships, registrations, talents, signs."""

from .claim import Claim, ClaimParty
from .member import Admission, Affiliation, Registration
from .shown import Sign, Talent

__all__ = ["Admission", "Affiliation", "Claim", "ClaimParty", "Registration", "Sign", "Talent"]

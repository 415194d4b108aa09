"""Fixed lists and small arithmetic about people; no Django models."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import now
from mulin.secrecy.normal import normal_phone

if TYPE_CHECKING:
    from mulin.territory.models import Community

PLACES = ("community", "grid", "building", "entrance")

# What someone of a higher level may do in the communities below: read and press, never handle.
OVERSIGHTS: dict[str, frozenset[str]] = {
    "subdistrict": frozenset({"cases.oversee"}),
    "city": frozenset({"cases.oversee"}),
}

OFFER_LIVES = timedelta(days=14)
TERM_LASTS = timedelta(days=365)
LONGEST_TERM = timedelta(days=10 * 366)
ENDS_SOON = timedelta(days=30)  # how long before its end a term is shown to whoever looks after the posts
DEEPEST = 12  # organisations above one another; also ends the walk if the tree were ever a ring
OF_AGE = 14  # under it nobody has an account or a post of their own

PLACE_LABELS = {
    "community": _("Whole community"), "grid": _("Grid"), "building": _("Building"), "entrance": _("Entrance"),
}  # fmt: skip
PERSON_KINDS = {"resident": _("Resident"), "staff": _("Works here"), "guest": _("Guest"), "owner": _("Owns here only")}
ORGANISATION_KINDS = {
    "party_branch": _("Party branch"), "residents_committee": _("Residents' committee"),
    "owners_committee": _("Owners' committee"), "council": _("Council or committee"),
    "property_firm": _("Property firm"),
    "department": _("Government department"), "resident_unit": _("Unit in the neighbourhood"),
    "social_organisation": _("Social organisation"),
    "volunteer_team": _("Volunteer team"), "interest_group": _("Interest group"), "firm": _("Firm"),
}  # fmt: skip
# What residents found among themselves; the rest is entered by whoever keeps the register.
GROUP_KINDS = ("interest_group", "volunteer_team", "social_organisation")

_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I, O, S, V, Z


def masked(name: str) -> str:
    """Write a name as lists show it: its first sign."""
    return f"{name[:1]}{'*' * max(len(name) - 1, 1)}" if name else ""


def hour_of(moment: datetime) -> datetime:
    """Return the start of the hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def today_in(community: Community) -> date:
    """Return the date in a community's own time zone."""
    return now().astimezone(community.zone_info).date()


def until(day: date, community: Community, at: time = time()) -> timedelta:
    """Return how long it is until a day, or an hour of it, begins in the community's own time; nothing once it has."""
    ends = datetime.combine(day, at, community.zone_info).astimezone(UTC)
    return max(ends - now(), timedelta())


def in_their_language(zh: str, en: str) -> str:
    """Choose between two names by the reader's language; what has no English name keeps the Chinese one."""
    return zh if not en or (get_language() or "zh").startswith("zh") else en


def spelled(target: str) -> str:
    """Write a mail address or phone the one way; what is neither stays as it is and is never found."""
    if "@" in target:
        return target.strip().lower()
    try:
        return normal_phone(target)
    except ValidationError:
        return target.strip()[:100]


def age_on(born_on: str | date, day: date) -> int | None:
    """Return how many years old someone is on a day; None where the day of birth is not known."""
    if not born_on:
        return None
    born = date.fromisoformat(born_on) if isinstance(born_on, str) else born_on
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_under_age(born_on: str | date, day: date) -> bool:
    """Tell whether someone is known to be under fourteen."""
    age = age_on(born_on, day)
    return age is not None and age < OF_AGE


def registration_code(text: str) -> str:
    """Write a unified social credit code the one way. Raises ValueError when its 18 characters do not fit together."""
    code = "".join(text.split()).upper()
    if len(code) == 18 and not set(code) - set(_CODE_SIGNS):
        # GB 32100: a weighted sum modulo 31, the weights being powers of three.
        total = sum(_CODE_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
        if _CODE_SIGNS[-total % 31] == code[17]:
            return code
    raise ValueError(_("Please look at the code again: its 18 characters do not fit together."))

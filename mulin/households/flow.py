"""The lives of households, memberships, guardians, ownerships and proxies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.clock import now
from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system
from mulin.people.figures import until

from . import rules as r
from .figures import DECLARATION_WAITS, FULL_AGE, birthday

PACKAGE = "mulin.households"


class Home(TextChoices):
    FORMED = "formed", _("Lived in")
    DISSOLVED = "dissolved", _("Dissolved")


class Member(TextChoices):
    DECLARED = "declared", _("Waits to be confirmed")
    MEMBER = "member", _("Lives here")
    LEFT = "left", _("No longer here")


class Care(TextChoices):
    NAMED = "named", _("Named, has not agreed yet")
    HELD = "held", _("Agreed")
    ENDED = "ended", _("Ended")


class Own(TextChoices):
    REGISTERED = "registered", _("Not delivered yet")
    DELIVERED = "delivered", _("Delivered")
    ENDED = "ended", _("Ended")


class Power(TextChoices):
    GIVEN = "given", _("Given")
    ENDED = "ended", _("Ended")


def _until(day: date, noun: Any) -> Span:
    # A moment into the day: the clock starts a little before this is worked out.
    return Span(until(day, noun.community) + timedelta(seconds=1), working=False)


def _to_confirm(membership: Any) -> Span:
    """Sixty days; all hours count."""
    return Span(DECLARATION_WAITS, working=False)


def _until_of_age(guardian: Any) -> Span:
    """Until the child's eighteenth birthday, in the community's own time."""
    return _until(birthday(guardian.child.born_on, FULL_AGE) or now().date(), guardian)


def _until_the_last_day(proxy: Any) -> Span:
    """Until the first day without it, in the community's own time."""
    return _until(proxy.ends_on, proxy)


OPEN = (Member.DECLARED, Member.MEMBER)
OWNED = (Own.REGISTERED, Own.DELIVERED)
IN_CARE = (Care.NAMED, Care.HELD)
_household = r.keeps_people | r.is_adult_there
# Nobody takes others off the list who can say so themselves.
_alone = r.keeps_people | r.decides_alone
_oneself = r.is_oneself | r.speaks_for | r.keeps_people

HOUSEHOLD = Flow(
    PACKAGE,
    _("Household"),
    Home,
    moves=(
        Move("form", None, Home.FORMED, r.keeps_people | the_system, _("Add a household")),
        Move("rename", Home.FORMED, None, _household, _("Change the label")),
        Move("relocate", Home.FORMED, Home.DISSOLVED, _alone, _("Move to another home")),
        Move("dissolve", Home.FORMED, Home.DISSOLVED, _alone, _("Close the household")),
    ),
)

MEMBERSHIP = Flow(
    PACKAGE,
    _("Membership of a household"),
    Member,
    moves=(
        Move("declare", None, Member.DECLARED, r.is_oneself | the_system, _("I live here"), needs=r.may_be_listed),
        Move("admit", None, Member.MEMBER, _household | the_system, _("Add someone"), needs=r.may_be_listed),
        Move("confirm", Member.DECLARED, Member.MEMBER, _household, _("Yes, they live here"), needs=r.may_be_listed,
             main=True),
        Move("decline", Member.DECLARED, Member.LEFT, _household, _("No, they do not live here")),
        Move("correct", OPEN, None, _oneself | the_system, _("Correct")),
        Move("leave", OPEN, Member.LEFT, _oneself | the_system, _("Moved out")),
        Move("lapse", Member.DECLARED, Member.LEFT, the_clock, _("Lapse")),
    ),
    limits=(
        Limit(name="answer", states=(Member.DECLARED,), span=_to_confirm, then="lapse", label=_("it lapses")),
    ),
)  # fmt: skip

GUARDIAN = Flow(
    PACKAGE,
    _("Guardian"),
    Care,
    moves=(
        Move("name", None, Care.NAMED, r.names_another | the_system, _("Name a guardian"), needs=r.is_minor),
        Move("consent", Care.NAMED, Care.HELD, r.is_guardian | r.keeps_people | the_system, _("Agree as the guardian"),
             needs=r.is_minor, main=True),
        Move("release", IN_CARE, Care.ENDED, r.is_guardian | r.keeps_people, _("End the guardianship")),
        Move("come_of_age", IN_CARE, Care.ENDED, the_clock, _("Come of age")),
    ),
    limits=(
        Limit(name="of_age", states=IN_CARE, span=_until_of_age, then="come_of_age", label=_("the child is of age")),
    ),
)  # fmt: skip

OWNERSHIP = Flow(
    PACKAGE,
    _("Ownership"),
    Own,
    moves=(
        Move("register", None, OWNED, r.keeps_people | the_system, _("Register an owner")),
        Move("deliver", Own.REGISTERED, Own.DELIVERED, r.keeps_people, _("Hand it over"), main=True),
        Move("amend", OWNED, None, r.keeps_people, _("Correct")),
        Move("transfer", OWNED, Own.ENDED, r.keeps_people, _("Transfer to a new owner")),
        Move("end", OWNED, Own.ENDED, r.keeps_people, pgettext_lazy("ownership", "End it")),
    ),
)

PROXY = Flow(
    PACKAGE,
    _("Proxy"),
    Power,
    moves=(
        Move("give", None, Power.GIVEN, r.is_owner | r.keeps_people, _("Give a proxy")),
        Move("revoke", Power.GIVEN, Power.ENDED, r.is_owner | r.is_holder | r.keeps_people | the_system,
             _("Take the proxy back")),
        Move("expire", Power.GIVEN, Power.ENDED, the_clock, _("End by itself")),
    ),
    limits=(
        Limit(
            name="last_day", states=(Power.GIVEN,), span=_until_the_last_day, then="expire", label=_("the proxy ends")
        ),
    ),
)  # fmt: skip

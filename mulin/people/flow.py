"""The lives that people keep: a person, an organisation, a post, and the term for which someone holds one."""

from __future__ import annotations

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.flow import Flow, Limit, Move, Span
from mulin.kernel.rules import the_clock, the_system

from . import rules as r
from .figures import OFFER_LIVES, until

PACKAGE = "mulin.people"


class State(TextChoices):
    OFFERED = "offered", _("Offered")
    HELD = "held", _("Held")
    ENDED = "ended", _("Ended")


class PersonState(TextChoices):
    HERE = "here", _("Lives or works here")
    LEFT = "left", _("Moved away")
    JOINED = "joined", _("Joined to another entry")


class OrganisationState(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    REGISTERED = "registered", _("Registered")
    SUSPENDED = "suspended", _("Suspended")
    DISSOLVED = "dissolved", _("Dissolved")
    DECLINED = "declined", _("Not registered")


class PostState(TextChoices):
    OPEN = "open", pgettext_lazy("post", "Open")
    CLOSED = "closed", pgettext_lazy("post", "Closed")


def _until_the_last_day(term: Any) -> Span:
    """Until its last day begins, in the community's own time."""
    return Span(until(term.ends_on, term.community), working=False)


def _to_answer(term: Any) -> Span:
    """Two weeks; all hours count."""
    return Span(OFFER_LIVES, working=False)


TERM = Flow(
    PACKAGE,
    _("Term"),
    State,
    moves=(
        Move("offer", None, State.OFFERED, r.looks_after_posts | the_system, _("Offer the post")),
        Move("accept", State.OFFERED, State.HELD, r.is_the_person, _("Accept the post"), main=True),
        Move("decline", State.OFFERED, State.ENDED, r.is_the_person, _("Decline"), public=False),
        Move("hand_over", State.HELD, None, r.looks_after_posts, _("Name the next one"), public=False),
        Move("renew", State.HELD, None, r.looks_after_posts & r.is_anothers, _("Set another last day")),
        Move("resign", State.HELD, State.ENDED, r.is_the_person, _("Step down")),
        Move("end", (State.OFFERED, State.HELD), State.ENDED, r.looks_after_posts, _("End the term")),
        Move("expire", (State.OFFERED, State.HELD), State.ENDED, the_clock, _("End by itself")),
    ),
    limits=(
        Limit(name="answer", states=(State.OFFERED,), span=_to_answer, then="expire", label=_("the offer lapses")),
        Limit(
            name="term", states=(State.HELD,), span=_until_the_last_day, then="expire", label=_("the term ends"),
            restarts=("hand_over", "renew"),
        ),
    ),
)  # fmt: skip

_KNOWN = (PersonState.HERE, PersonState.LEFT)

PERSON = Flow(
    PACKAGE,
    _("Person"),
    PersonState,
    moves=(
        Move("add_person", None, PersonState.HERE, r.keeps_register | r.is_oneself | the_system, _("Enter someone"),
             public=False),
        Move("correct", _KNOWN, None, r.keeps_register, _("Correct"), public=False),
        Move("move_away", PersonState.HERE, PersonState.LEFT, r.keeps_register, _("Moved away"), public=False,
             needs=r.has_no_post),
        Move("stay", PersonState.HERE, None, the_system, _("No guest any more"), public=False),
        Move("link", PersonState.HERE, None, the_system, _("Joined with their own phone"), public=False,
             needs=r.has_no_account),
        Move("come_back", PersonState.LEFT, PersonState.HERE, r.keeps_register, _("Is here again"), public=False),
        Move("move_home", _KNOWN, PersonState.HERE, the_system, _("Home changed"), public=False),
        Move("join_into", _KNOWN, PersonState.JOINED, the_system, _("Joined to another entry"), public=False),
        Move("forget", _KNOWN, PersonState.LEFT, the_system, _("The days of a guest are over"), public=False,
             needs=r.is_only_a_guest),
        Move("take_in", PersonState.HERE, None, the_system, _("Took in another entry"), public=False),
    ),
)  # fmt: skip

_LIVING = (OrganisationState.REGISTERED, OrganisationState.SUSPENDED)
_MEASURED = (*_LIVING, OrganisationState.DISSOLVED)

ORGANISATION = Flow(
    PACKAGE,
    _("Organisation"),
    OrganisationState,
    moves=(
        Move("propose", None, OrganisationState.PROPOSED, r.is_somebody_here, _("Propose a group"), public=False),
        Move("add_organisation", None, OrganisationState.REGISTERED, r.keeps_register | the_system,
             _("Enter an organisation")),
        Move("register", OrganisationState.PROPOSED, OrganisationState.REGISTERED, r.keeps_register,
             _("Register it"), main=True),
        Move("turn_down", OrganisationState.PROPOSED, OrganisationState.DECLINED, r.keeps_register,
             _("Do not register it"), public=False),
        Move("take_back", OrganisationState.PROPOSED, OrganisationState.DECLINED, r.is_its_contact,
             _("Take the proposal back"), public=False),
        Move("amend", (OrganisationState.PROPOSED, *_LIVING), None, r.keeps_register, _("Correct"), public=False),
        Move("warn", OrganisationState.REGISTERED, None, r.keeps_register, _("Warn"), public=False),
        Move("suspend", OrganisationState.REGISTERED, OrganisationState.SUSPENDED, r.keeps_register, _("Suspend")),
        Move("appeal", _MEASURED, None, r.is_its_contact, _("Appeal"), public=False),
        Move("uphold", _MEASURED, None, r.answers_appeals, _("Keep the measure"), needs=r.has_appealed, public=False),
        Move("grant", _MEASURED, OrganisationState.REGISTERED, r.answers_appeals, _("Take the measure back"),
             needs=r.has_appealed),
        Move("lift", OrganisationState.SUSPENDED, OrganisationState.REGISTERED, r.keeps_register,
             _("Lift the suspension"), main=True),
        Move("dissolve", _LIVING, OrganisationState.DISSOLVED, r.keeps_register, _("Dissolve"),
             second=r.keeps_register, needs=r.has_no_parts),
    ),
    public=lambda organisation: organisation.state not in (OrganisationState.PROPOSED, OrganisationState.DECLINED),
)  # fmt: skip

POST = Flow(
    PACKAGE,
    _("Post"),
    PostState,
    moves=(
        Move("add_post", None, PostState.OPEN, r.keeps_posts | the_system, _("Open a post")),
        Move("rename", PostState.OPEN, None, r.keeps_posts, _("Rename")),
        Move("close", PostState.OPEN, PostState.CLOSED, r.keeps_posts, _("Close the post"), needs=r.nobody_has_it),
    ),
    public=lambda post: True,
)

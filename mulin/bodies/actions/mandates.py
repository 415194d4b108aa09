"""The life of a mandate: proposed, granted, used, revoked or over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.engine import Once, begin, moves, writing
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.territory.models import Community

from .. import queries
from ..figures import MANDATE_YEARS, MATTERS, years_later
from ..flow import LIVING, MANDATE
from ..models import Body, Mandate, Matter, Use
from ..queries.mandates import covers, within_one


def propose(
    *, by: Any, community: Community, body: Body, matters: Mapping[str, int], year_fen: int, starts_on: date,
    ends_on: date, place_kind: str = "", place_id: UUID | None = None, once: Once | None = None,
) -> Mandate:  # fmt: skip
    """Propose what a body may decide alone: which matters, how much money, where, and until when."""
    belongs(community, body)
    place = (place_kind, place_id) if place_kind else (body.place_kind, body.place_id)
    _must_hold(body, matters, year_fen, starts_on, ends_on, place)
    draft = Mandate(
        community=community, body=body, place_kind=place[0], place_id=place[1], starts_on=starts_on, ends_on=ends_on,
        year_fen=year_fen,
    )  # fmt: skip
    with writing(community.pk):
        made = begin(draft, by=by, verb="propose", once=once)
        if made is draft:
            for key, most in matters.items():
                Matter.objects.create(community_id=community.pk, mandate=made, key=key, most_fen=most)
    return made


def _must_hold(
    body: Body, matters: Mapping[str, int], year_fen: int, starts_on: date, ends_on: date, place: queries.Place
) -> None:
    if body.state not in LIVING:
        raise Refused("body_ended", _("%(body)s is no more.") % {"body": body})
    if not matters or not set(matters) <= set(MATTERS):
        raise Refused("no_matters", _("Name one matter at least, and how much one decision may cost; 0 for none."), 422)
    if any(most > year_fen for most in matters.values()):
        raise Refused("over_year", _("One decision cannot cost more than all of a year."), 422)
    today = today_in(body.community)
    if ends_on <= max(starts_on, today):
        raise Refused("no_days", _("A mandate ends after it starts, on a day to come."), 422)
    if ends_on > years_later(starts_on, MANDATE_YEARS):
        words = _("A mandate lasts %(years)s years at most; it can be granted anew then.")
        raise Refused("too_long", words % {"years": MANDATE_YEARS}, 422)
    if not covers(body, place):
        raise Refused("elsewhere", _("The body does not speak for this place. Choose its own, or one within it."), 422)


@moves(MANDATE)
def grant(mandate: Mandate, *, by: Any, granted_by: str, granted_on: str, granted_ref: str = "") -> dict[str, Any]:
    """Note that those whom it concerns granted it, with which decision; a second person agrees that it is so."""
    mandate.granted_by, mandate.granted_ref = granted_by.strip(), granted_ref.strip()
    mandate.granted_on = date.fromisoformat(granted_on)
    if mandate.granted_on > today_in(mandate.community):
        raise Refused("to_come", _("The day of the decision is still to come. Note it when it was made."), 422)
    return {"on": granted_on}


@moves(MANDATE)
def withdraw(mandate: Mandate, *, by: Any) -> None:
    """Withdraw a mandate that was only proposed."""


@moves(MANDATE)
def use(
    mandate: Mandate, *, by: Any, matter: str, what: str, amount_fen: int = 0, ref: str = "",
    decided_on: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Note what the body decided under the mandate; what it costs counts against the year. Beyond it, it is refused."""
    today = today_in(mandate.community)
    on = decided_on or today
    if not mandate.starts_on <= on <= today:
        raise Refused("day", _("Choose a day of the mandate that is not to come."), 422)
    answer = within_one(mandate, matter, amount_fen, (mandate.place_kind, mandate.place_id), on)
    if not answer.ok:
        raise Refused("beyond", answer.why)
    made = Use.objects.create(
        community_id=mandate.community_id, mandate=mandate, matter=matter, amount_fen=amount_fen, what=what.strip(),
        ref=ref.strip(), decided_on=on,
    )  # fmt: skip
    return {"use": str(made.pk), "matter": matter, "amount_fen": amount_fen}


@moves(MANDATE)
def revoke(mandate: Mandate, *, by: Any, ended_by: str, reason: str) -> None:
    """Note that those who granted the mandate revoked it, and why; a second person agrees that it is so."""
    mandate.ended_by, mandate.ended_reason = ended_by.strip(), reason.strip()


@moves(MANDATE)
def expire(mandate: Mandate, *, by: Any) -> None:
    """End the mandate on its last day, or a proposal that nobody granted in time."""


@moves(MANDATE)
def stop(mandate: Mandate, *, by: Any) -> None:
    """End the mandate of a body that is no more."""

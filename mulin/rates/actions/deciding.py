"""Leaving a case out of the rates, and publishing how a rate is counted."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.kernel.engine import Once, begin, change, moves, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.people.figures import today_in
from mulin.territory.models import Community

from ..flow import EXCLUSION, State
from ..models import Definition, Exclusion
from ..queries import definitions


def ask(*, by: Any, community: Community, case: Case, ground: str, reason: str, once: Once | None = None) -> Exclusion:
    """Ask that a case be left out of the rates. A second person decides within two weeks."""

    def once_only(turn: Any, exclusion: Exclusion) -> None:
        open_already = Exclusion.objects.filter(community=community, case=case).exclude(state=State.COUNTED)
        if open_already.exists():
            raise Refused("asked_already", _("This was asked for already, or it is left out. Look at what is there."))

    draft = Exclusion(community=community, case=case, ground=ground, reason=reason.strip(), asked_by=by.actor)
    return begin(
        draft, by=by, verb="ask", once=once, prepare=once_only, origin=Ref.of(case), details={"ground": ground}
    )


@moves(EXCLUSION)
def agree(exclusion: Exclusion, *, by: Any) -> None:
    """Agree as the second person; from the next count on it is left out."""
    exclusion.decided_by = by.actor


@moves(EXCLUSION)
def decline(exclusion: Exclusion, *, by: Any) -> None:
    """Say that it stays counted."""
    exclusion.decided_by = by.actor


@moves(EXCLUSION)
def take_back(exclusion: Exclusion, *, by: Any) -> None:
    """Take the request back."""


@moves(EXCLUSION)
def lapse(exclusion: Exclusion, *, by: Any) -> None:
    """Let it stay counted, since nobody agreed in time."""


@moves(EXCLUSION)
def count_again(exclusion: Exclusion, *, by: Any, reason: str = "") -> dict[str, str]:
    """Count it again."""
    return {"reason": reason.strip()}


def define(
    community: Community, key: str, *, by: Any, part: str, whole: str, zh: str, en: str, source: str = ""
) -> Definition:
    """Publish how a rate is counted from today on; what counted before stays readable with its days.

    Raises Refused where the part is no part of the whole, and for whoever does not answer for the rates here.
    """
    if not (by.community_id == community.pk and by.can("cases.desk")):
        raise Refused("not_yours", _("Who can do this: %(who)s.") % {"who": _("the community's desk")}, status=403)
    said = {"part": part, "whole": whole, "zh": zh.strip(), "en": en.strip(), "source": source.strip()}
    with writing(community.pk):
        before = next(each for each in definitions(community) if each.key == key)
        if said == {name: getattr(before, name) for name in said}:
            return before
        today = today_in(community)
        if before._state.adding:  # so far the shipped one counted, without a row of its own
            founded = community.created_at.astimezone(community.zone_info).date()
            before.starts_on, before.ends_on = founded, today
            before.save()
        else:
            Definition.objects.filter(pk=before.pk, community=community).update(ends_on=today)
        made = Definition(community=community, key=key, version=before.version + 1, starts_on=today, **said)
        if not made.fits:
            raise Refused("no_part", _("What is counted must be a part of what it is counted out of."), status=422)
        made.save()
        change(made, by=by, kind="rates.definition", verb="define", details={"key": key, "version": made.version})
    return made

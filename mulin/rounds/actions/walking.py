"""What those who walk do: set out, look at each stop, finish. When somebody stood where is written nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.cases import actions as cases
from mulin.cases.queries import where
from mulin.kernel.engine import begin, link, moves, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.territory.models import Entrance

from ..flow import ROUND, RoundState
from ..models import Look, Round, Route, kind_of
from ..rules import has_it, is_desk


def schedule(*, by: Any, route: Route, day: date) -> Round:
    """Plan a round of a day."""
    return begin(Round(community=route.community, route=route, day=day), by=by, verb="schedule")


@moves(ROUND)
def fall_due(round: Round, *, by: Any) -> None:
    """Say in the morning that it is due."""


@moves(ROUND)
def set_out(round: Round, *, by: Any) -> dict[str, Any]:
    """Set out on it: its stops are those that the route has now."""
    round.walker_id = by.person_id
    stops = round.route.stops
    if not stops:
        raise Refused("no_stops", _("This route has no stops. The desk can add some."))
    Look.objects.bulk_create([
        Look(
            community_id=round.community_id, round=round, position=n, place_kind=stop.place_kind,
            place_id=stop.place_id, kind=kind_of(stop.place), lines=round.route.lines_at(stop.place),
        )
        for n, stop in enumerate(stops, 1)
    ])  # fmt: skip
    round.__dict__.pop("looks", None)
    return {"stops": len(stops)}


def look(
    round: Round, *, by: Any, stop: UUID, result: str, ticked: Iterable[int] = (), reason: str = "", words: str = "",
    photos: Any = (), category: Any = None,
) -> Look:  # fmt: skip
    """Say what is so at a stop: all well, something found (it becomes a case), or left out and why.

    It leaves no line of its own: the finish tells how many stops were seen, and nobody can read who stood where when.
    """
    with writing(round.community_id):
        round = Round.objects.for_list().get(community_id=round.community_id, pk=round.pk)
        if round.state != RoundState.WALKING:
            words = _("This round is not under way. Set out first.")
            raise Refused("wrong_state", words)
        if not (has_it | is_desk)(by, round):
            raise Refused("not_yours", _("Who can do this: %(who)s.") % {"who": (has_it | is_desk).label}, status=403)
        row = next((each for each in round.looks if each.pk == stop), None)
        if row is None:
            raise Refused("no_stop", _("This stop is not on the round."), status=404)
        if row.case_id is not None:
            raise Refused("reported", _("What was found here is reported already: it is a case now."))
        _answer(round, row, by, result, sorted(set(ticked)), reason.strip(), words.strip(), photos, category)
        row.save()
    return row


def _answer(
    round: Round, row: Look, by: Any, result: str, ticked: list[int], reason: str, words: str, photos: Any,
    category: Any,
) -> None:  # fmt: skip
    row.ticked = [at for at in ticked if 0 <= at < len(row.lines)]
    row.result, row.reason = result, reason if result == "missed" else ""
    if result == "well" and len(row.ticked) < len(row.lines):
        said = _("Tick every line that is in order. What is not, report as something found.")
        raise Refused("not_all_ticked", said, status=422)
    if result == "missed" and not reason:
        raise Refused("no_reason", _("Say why this stop was left out."), status=422)
    if result == "finding":
        if not words:
            raise Refused("no_words", _("Say what you found."), status=422)
        case = cases.report(
            by=by, community=round.community, words=words, place=_where(round, row), category=category, photos=photos
        )
        link(Ref.of(round), Ref.of(case), "origin")
        row.case_id = case.pk


def _where(round: Round, row: Look) -> Any:
    place = row.place
    if isinstance(place, Entrance):
        return where(round.community, entrance=place)
    if place is None:
        raise Refused("no_place", _("This place is no more. Leave the stop out, and tell the desk."))
    return where(round.community, lon=place.lon, lat=place.lat, address=str(place))


@moves(ROUND)
def finish(round: Round, *, by: Any, note: str = "") -> dict[str, Any]:
    """Finish it, and count what was seen."""
    results = [look.result for look in round.looks]
    round.note = note.strip()
    round.found, round.left_out = results.count("finding"), results.count("missed")
    round.seen = len(results) - round.left_out
    return {"seen": round.seen, "found": round.found, "left_out": round.left_out}


@moves(ROUND)
def miss(round: Round, *, by: Any) -> None:
    """Say that its day is over and it was not finished."""


@moves(ROUND)
def explain(round: Round, *, by: Any, reason: str) -> None:
    """Say why it was missed."""
    round.reason = reason.strip()


@moves(ROUND)
def call_off(round: Round, *, by: Any, reason: str) -> None:
    """Call it off; nobody needs to walk."""
    round.reason = reason.strip()

"""Reads of routes and rounds: what is due, what was seen, what is known of a place, and who walks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.utils.translation import ngettext

from mulin.kernel.brief import Brief
from mulin.kernel.readers import Heard
from mulin.news.queries import accounts_of_organisation, accounts_of_persons, accounts_that_can
from mulin.participation.flow import AffiliationState
from mulin.participation.models import Affiliation
from mulin.people.figures import today_in
from mulin.people.models import Term
from mulin.territory.models import Building, Community, Entrance
from mulin.territory.queries import place_by_code, places

from ..figures import AHEAD
from ..flow import AHEAD_OF_US, TO_WALK, RoundState, RouteState
from ..models import Look, Round, Route, Stop, kind_of, kind_word


def around(community: Community, viewer: Any) -> dict[str, list[Round]]:
    """List the rounds that the viewer may see: to walk now, done today, ahead, and missed in the last week."""
    today = today_in(community)
    rows = Round.objects.visible_to(viewer).for_list().filter(community=community)
    near = rows.filter(Q(state__in=TO_WALK) | Q(day__range=(today - AHEAD, today + AHEAD)))
    found: dict[str, list[Round]] = {"now": [], "done": [], "missed": [], "ahead": []}
    for row in near.order_by("day", "route__name", "pk")[:300]:
        if row.state in TO_WALK:
            found["now"].append(row)
        elif row.state == RoundState.PLANNED:
            found["ahead"].append(row)
        elif row.state == RoundState.MISSED:
            found["missed"].append(row)
        elif row.state == RoundState.DONE and row.day == today:
            found["done"].append(row)
    found["now"].sort(key=lambda row: (row.state != RoundState.WALKING, row.day))
    return found


_any_to_walk = Brief(lambda community: Round.objects.filter(community=community, state__in=TO_WALK).exists())


def waits_for(community: Community, viewer: Any) -> list[Round]:
    """List the rounds that this very person can walk now; one statement and one for each."""
    if not viewer.is_person or not _any_to_walk(community):
        return []
    rows = Round.objects.visible_to(viewer).for_list().filter(community=community, state__in=TO_WALK)
    mine = (row for row in rows.order_by("day", "pk")[:20] if row.walker_id in (None, viewer.person_id))
    return [row for row in mine if row.is_walked_by(viewer)][:5]


def routes(community: Community, viewer: Any, words: str = "", state: str = "") -> Any:
    """Keep the routes of a community that the viewer may see, those that are walked first."""
    rows = Route.objects.visible_to(viewer).for_list().filter(community=community)
    if words:
        rows = rows.filter(name__icontains=words)
    rows = rows.filter(state=state) if state in RouteState.values else rows
    return rows.annotate(size=Count("all_stops", distinct=True)).order_by("state", "name", "pk")


def history(route: Route) -> list[Round]:
    """List the rounds of a route that are over, the latest first."""
    over = (RoundState.DONE, RoundState.MISSED, RoundState.CALLED_OFF)
    rows = Round.objects.filter(community_id=route.community_id, route=route, state__in=over)
    return list(rows.select_related("walker", "community", "route").order_by("-day")[:60])


def found_by_kind(route: Route) -> list[tuple[str, int]]:
    """Count what a route found, by kind of stop, the most first."""
    rows = Look.objects.filter(community_id=route.community_id, round__route=route, result="finding")
    counted = rows.values("kind").annotate(n=Count("pk")).order_by("-n", "kind")
    return [(kind_word(row["kind"]), row["n"]) for row in counted]


def place_facts(place: Any) -> dict[str, Any]:
    """Tell when a place was last seen on a round, and when the next one comes; two statements."""
    of_place = {"community_id": place.community_id, "place_id": place.pk}
    seen = Look.objects.filter(**of_place, round__state=RoundState.DONE, result__in=("well", "finding"))
    last = seen.aggregate(last=Max("round__day"))["last"]
    on_it = Stop.objects.filter(**of_place, route__state=RouteState.ACTIVE).values("route")
    ahead = Round.objects.filter(community_id=place.community_id, route__in=on_it, state__in=AHEAD_OF_US)
    return {"last": last, "next": ahead.aggregate(next=Min("day"))["next"]}


def here(community: Community, viewer: Any, code: str) -> tuple[Round, Look] | None:
    """Find the stop with this code on the round that the viewer is walking."""
    if not viewer.is_person:
        return None
    place = place_by_code(community, code)
    if place is None:
        return None
    walking = {"round__walker": viewer.person_id, "round__state": RoundState.WALKING}
    rows = Look.objects.filter(community=community, place_id=place.pk, **walking)
    found = rows.select_related("round__community", "round__route").first()
    if found is None:
        return None
    found.place = place
    return found.round, found


def place_choices(community: Community, words: str = "") -> list[tuple[str, str, str]]:
    """List what can be a stop as key, name and kind, all or those whose name or kind has the words."""
    known, asked = places(community), words.strip().lower()
    found = []
    for kind, rows in (("spot", known.spots), ("entrance", known.entrances), ("building", known.buildings)):
        for place in rows:
            row = (f"{kind}:{place.pk}", str(place), kind_word(kind_of(place)))
            if asked in f"{row[1]} {row[2]}".lower():
                found.append(row)
    return found


def stops_at(place: Any) -> str:
    """Say how many living routes stop at a place, so that it is not taken away below them."""
    living = Stop.objects.filter(community_id=place.community_id, place_id=place.pk)
    count = living.exclude(route__state=RouteState.ENDED).count()
    words = ngettext("a stop of %(n)s patrol route", "a stop of %(n)s patrol routes", count)
    return words % {"n": count} if count else ""


def walkers(route: Route) -> set[UUID]:
    """Name the accounts of those who walk a route today."""
    here: dict[str, Any] = {"community": route.community_id}
    if route.claim_id:
        return accounts_of_persons(route.community_id, [route.claim.holder_id])
    if route.organisation_id:
        members = Affiliation.objects.filter(
            **here, organisation=route.organisation_id, state=AffiliationState.ACTIVE
        ).values_list("person", flat=True)
        team = accounts_of_organisation(route.community_id, route.organisation_id)
        return team | accounts_of_persons(route.community_id, list(members))
    terms = Term.objects.filter(**here, post__kind__key=route.post_kind).current(today_in(route.community))
    if route.grid_id:
        houses = Building.objects.filter(**here, grid=route.grid_id)
        doors = Entrance.objects.filter(**here, building__grid=route.grid_id)
        near = Q(post__place_id=route.grid_id) | Q(post__place_id__in=houses.values("pk"))
        terms = terms.filter(near | Q(post__place_id__in=doors.values("pk")) | Q(post__place_kind="community"))
    return accounts_of_persons(route.community_id, list(terms.values_list("person", flat=True)))


def who_hears_of_round(line: Heard) -> set[UUID]:
    """Say who hears that a round is due or was missed: who walks it; of a missed one the desk as well."""
    round = Round.objects.for_list().filter(community=line.community, pk=line.noun_id).first()
    if round is None:
        return set()
    desk = accounts_that_can(line.community, "cases.desk") if line.verb == "miss" else set()
    return walkers(round.route) | desk


def who_hears_of_route(line: Heard) -> set[UUID]:
    """Say who hears that a route ends: the desk."""
    return accounts_that_can(line.community, "cases.desk")


def tell_rounds(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which rounds an account walked, and on which days."""
    rows = Round.objects.filter(walker__account=account).for_list().order_by("-day")
    return [(row.route.community, row.created_at, str(row), row.get_absolute_url()) for row in rows]

"""Reads of mediations: lists, who may be asked to mediate, whom one concerns, counts without names, what is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.kernel.readers import Heard
from mulin.kernel.refs import linked
from mulin.news.queries import accounts_of_persons, accounts_that_can
from mulin.people.figures import today_in
from mulin.people.flow import PersonState
from mulin.people.models import Person, Term
from mulin.people.queries import account_by, speakers
from mulin.secrecy.fields import hash_of
from mulin.territory.models import Community
from mulin.web.counts import if_many

from .figures import KINDS, MediationCount, told
from .flow import OPEN, State
from .models import Choice, Mediation, Party, Session, Side

QUARTERS = 8
GOING = (*OPEN, State.SETTLED)
JOINABLE = (State.ASKED, State.AGREED, State.CHOSEN, State.IN_SESSION, State.RESTING)


def known_as(community: Community, name: str, phone: str) -> Person | None:
    """Find who has this whole name and this whole number; nobody where that is not exactly one."""
    here = Person.objects.filter(community=community, state=PersonState.HERE, name=name.strip())
    if not (name.strip() and phone):
        return None
    account = account_by(phone)
    ways = Q(phone_hash=hash_of("phone", phone)) | (Q(account=account) if account else Q(pk=None))
    found = list(here.filter(ways)[:2])
    return found[0] if len(found) == 1 else None


def side_by(community: Community, code: str) -> Side | None:
    """Find the side that a code admits to, while one can still join."""
    rows = Side.objects.filter(community=community, code_hash=hash_of("mediation", code))
    return rows.filter(mediation__state__in=JOINABLE).select_related("mediation").first() if code else None


def mediators(mediation: Mediation) -> list[tuple[str, list[tuple[Person, str]]]]:
    """List who may be asked to mediate, by post: mediators first, then others who hold a post; nobody of a side."""
    rows = Term.objects.filter(community=mediation.community_id).current(today_in(mediation.community))
    rows = rows.exclude(person__in=too_near(mediation)).exclude(person__account=None)
    groups: dict[bool, dict[UUID, tuple[Person, str]]] = {True: {}, False: {}}
    for term in rows.select_related("post__kind", "person").order_by("person__name", "pk"):
        groups[term.post.kind.key == "mediator"].setdefault(term.person_id, (term.person, str(term.post)))
    trained = groups[True]
    others = [each for key, each in groups[False].items() if key not in trained]
    return [(_("Mediators"), list(trained.values())), (_("Others who hold a post here"), others)]


def too_near(mediation: Mediation) -> set[UUID]:
    """Name the persons who cannot mediate: of a side, speaking for one, or who said that they stand too near."""
    near = {party.person_id for party in mediation.parties if party.person_id}
    for party in mediation.parties:
        if party.organisation_id:
            near |= speakers(mediation.community_id, party.organisation_id)
    said = Choice.objects.filter(community=mediation.community_id, mediation=mediation, outcome="conflict")
    return near | set(said.values_list("person_id", flat=True))


# ---- Lists ----


def mine(viewer: Any, community: Community) -> Any:
    """Keep the mediations that go on in which someone is a party."""
    rows = Mediation.objects.visible_to(viewer).for_list().filter(community=community, state__in=GOING)
    return rows.filter(pk__in=rows.parties_of(viewer).values("mediation")) if viewer.is_person else rows.none()


def mediated(viewer: Any, community: Community) -> Any:
    """Keep the mediations that go on whose mediator someone is."""
    rows = Mediation.objects.visible_to(viewer).for_list().filter(community=community, state__in=GOING)
    return rows.filter(mediator=viewer.person_id) if viewer.is_person else rows.none()


def over(viewer: Any, community: Community) -> Any:
    """Keep what is over of all that someone may see."""
    return Mediation.objects.visible_to(viewer).for_list().filter(community=community).exclude(state__in=GOING)


def is_mediator(viewer: Any, community: Community) -> bool:
    """Tell whether someone mediates here: by a post, or since two sides chose them."""
    if any(term.kind == "mediator" for term in viewer.terms):
        return True
    return viewer.is_person and Mediation.objects.filter(community=community, mediator=viewer.person_id).exists()


def seats(mediation: Mediation, viewer: Any) -> list[dict[str, Any]]:
    """List both sides as a viewer may read them: parties once a side agreed or asked, else as it was named."""
    role = mediation.role_of(viewer)
    shown = []
    for number in (1, 2):
        side = mediation.side(number)
        own = role.side == number
        reads = role.mediates or own or (role.side and side.agreed_at)
        parties = [party for party in mediation.parties if party.side == number] if reads else []
        named = side.named if role.side or (mediation.by_community and not role.mediates) else ""
        # Who asked hands the first code over, whether or not we knew whom they named: they cannot tell.
        asked = viewer.can("cases.desk") if mediation.by_community else role.side == 1 and role.speaks
        hands_on = asked and not (side.is_used or side.agreed_at)
        shown.append({
            "side": side, "own": own, "parties": parties, "named": named if not parties else "",
            "code": side.code if (own and role.speaks) or hands_on else "",
        })  # fmt: skip
    return shown


def for_desk(viewer: Any, community: Community) -> Any:
    """Keep those that the desk may know of."""
    if not viewer.can("cases.desk"):
        return Mediation.objects.none()
    return Mediation.objects.visible_to(viewer).for_list().filter(community=community)


def coming(viewer: Any, community: Community) -> list[Session]:
    """List the sessions that a mediator planned, the next first."""
    rows = Session.objects.filter(community=community, mediator=viewer.person_id, held_at=None, is_off=False)
    held = rows.filter(mediation__mediator=viewer.person_id) if viewer.is_person else rows.none()
    return list(held.select_related("mediation__community").order_by("at")[:50])


def choices(mediation: Mediation) -> list[Choice]:
    """List who was proposed as mediator, and what came of it."""
    rows = Choice.objects.filter(community=mediation.community_id, mediation=mediation)
    return list(rows.select_related("person").order_by("at", "pk"))


def of_case(case: Case, viewer: Any) -> list[Mediation]:
    """List the mediations of a case that someone may know of."""
    if "mediation.mediation" not in linked(case):
        return []
    rows = Mediation.objects.visible_to(viewer).for_list().filter(community=case.community_id, case=case.pk)
    return list(rows.order_by("-created_at"))


# ---- Counts ----


def counts(community: Community) -> tuple[list[MediationCount], list[MediationCount], MediationCount]:
    """Count what came of the mediations asked for: by quarter, by kind over two years, and all; few are not told."""
    rows = Mediation.objects.filter(community=community, created_at__gte=_first(community))
    quarters: dict[tuple[int, int], list[int]] = {}
    for at, *steps in rows.values_list("created_at", "agreed_at", "settled_at", "kept_at"):
        day = localtime(at, community.zone_info)
        found = quarters.setdefault((day.year, (day.month + 2) // 3), [0, 0, 0, 0])
        for place, step in enumerate((at, *steps)):
            found[place] += step is not None
    kinds: Any = rows.order_by("kind").values_list("kind").annotate(
        asked=Count("pk"), agreed=Count("agreed_at"), settled=Count("settled_at"), kept=Count("kept_at")
    )  # fmt: skip
    total = [sum(found[place] for found in quarters.values()) for place in range(4)]
    by_quarter = told({f"{year}-Q{quarter}": quarters[year, quarter] for year, quarter in sorted(quarters)})
    by_kind = {kind: found for kind, *found in kinds}
    told_kinds = told({str(KINDS[kind]): by_kind[kind] for kind in KINDS if kind in by_kind})
    return by_quarter, told_kinds, MediationCount(_("Two years"), *map(if_many, total))


def _first(community: Community) -> datetime:
    day = today_in(community)
    quarter = day.year * 4 + (day.month - 1) // 3 - QUARTERS + 1
    return datetime.combine(date(quarter // 4, quarter % 4 * 3 + 1, 1), time(), community.zone_info)


# ---- Who hears ----


def _accounts(mediation: Mediation, parties: Iterable[Party]) -> set[UUID]:
    persons: set[UUID] = set()
    for party in parties:
        if party.person_id:
            persons.add(party.person_id)
        elif party.organisation_id:
            persons |= speakers(mediation.community_id, party.organisation_id)
    return accounts_of_persons(mediation.community_id, persons)


def _noun(line: Heard) -> Mediation:
    found: Mediation = Mediation.objects.get(community=line.community, pk=line.noun_id)
    return found


def sides_hear(line: Heard) -> set[UUID]:
    """Say which parties hear: all; of a first yes or a first confirmation nobody."""
    if line.verb in ("agree", "confirm") and line.after == line.before:
        return set()
    mediation = _noun(line)
    return _accounts(mediation, mediation.parties)


def mediator_hears(line: Heard) -> set[UUID]:
    """Say that the mediator hears, while there is one."""
    if line.verb == "confirm" and line.after == line.before:
        return set()
    return accounts_of_persons(line.community, [_noun(line).mediator_id])


def desk_hears(line: Heard) -> set[UUID]:
    """Say that the desk hears how one stands for which it asked itself."""
    if line.after == line.before or not _noun(line).by_community:
        return set()
    return accounts_that_can(line.community, "cases.desk")


def in_charge(rows: list[Mediation]) -> dict[UUID, set[UUID]]:
    """Say whose turn it is: the mediator's, while one is asked or leads the talks."""
    leads = [row for row in rows if row.mediator_id and row.state in (State.CHOSEN, State.IN_SESSION)]
    return {row.pk: accounts_of_persons(row.community_id, [row.mediator_id]) for row in leads}


# ---- What is known of someone ----


def tell_parties(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell in which mediations someone is a party."""
    rows = Party.objects.filter(person__account=account).select_related("mediation__community").order_by("-joined_at")
    return [_told(row.mediation, row.joined_at) for row in rows]


def tell_mediated(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which mediations someone leads or led; where one was only proposed is told by `tell_choices`."""
    rows = Mediation.objects.filter(mediator__account=account)
    return [_told(row, row.created_at) for row in rows.select_related("community").order_by("-created_at")]


def tell_choices(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell where someone was proposed as mediator, and what came of it."""
    rows = Choice.objects.filter(person__account=account).select_related("mediation__community").order_by("-at")
    return [(row.mediation.community, row.at, f"{row.mediation}: {row.outcome_label}", "") for row in rows]


def tell_sessions(account: UUID) -> list[tuple[Any, Any, str, str]]:
    """Tell which sessions someone led."""
    rows = Session.objects.filter(mediator__account=account).select_related("mediation__community").order_by("-at")
    return [_told(row.mediation, row.at) for row in rows]


def _told(mediation: Mediation, at: Any) -> tuple[Any, Any, str, str]:
    return mediation.community, at, f"{mediation} ({mediation.state_label})", mediation.get_absolute_url()

"""The verbs about incidents; every write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.cases.models import Case
from mulin.kernel.clock import now
from mulin.kernel.engine import Once, begin, link, moves, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.territory.models import Community
from mulin.territory.queries import places

from .figures import MOST_PARTS
from .flow import INCIDENT
from .models import Follower, Incident, Part, Update

Where = tuple[str, UUID | None]
EVERYWHERE: Where = ("community", None)


def declare(
    *, by: Any, community: Community, title: str, words: str, where: Where = EVERYWHERE, cases: Iterable[Case] = (),
    tell: bool = False, once: Once | None = None,
) -> Incident:  # fmt: skip
    """Declare an incident; the cases that it begins with stay what they are, and are told together."""
    draft = Incident(community=community, title=title.strip(), words=words.strip(), spoken_at=now())
    _place(draft, where)
    first = list(cases)

    def prepare(turn: Any, incident: Incident) -> None:
        _free(incident, first)

    with writing(community.pk):
        details = {"cases": len(first), "told": tell}
        made = begin(draft, by=by, verb="declare", once=once, prepare=prepare, details=details)
        return add(made, by=by, cases=first) if made is draft and first else made


def _place(incident: Incident, where: Where) -> None:
    kind, key = where
    if key is not None and key not in places(incident.community).by_id:
        raise Refused("unknown_place", _("There is no such grid or house here. Choose one of the list."), status=422)
    incident.place_kind, incident.place_id = kind, key


def _free(incident: Incident, cases: list[Case]) -> None:
    taken = Part.objects.filter(community_id=incident.community_id, case__in=cases, left_at=None)
    if found := taken.select_related("case", "incident").first():
        words = _("%(case)s belongs to “%(incident)s” already. Take it out there first.")
        raise Refused("belongs_elsewhere", words % {"case": found.case.number, "incident": found.incident})
    if len(incident.parts) + len(cases) > MOST_PARTS:
        words = _("An incident holds at most %(most)s cases. Declare a second one.")
        raise Refused("too_many", words % {"most": MOST_PARTS}, status=422)


@moves(INCIDENT)
def add(incident: Incident, *, by: Any, cases: Iterable[Case]) -> dict[str, Any]:
    """Add cases to it; each keeps its own history, its clocks and whoever handles it."""
    added = list(cases)
    _free(incident, added)
    at = now()
    Part.objects.bulk_create([
        Part(community_id=incident.community_id, incident=incident, case=case, added_at=at) for case in added
    ])  # fmt: skip
    for case in added:
        link(Ref.of(incident), Ref.of(case), "part")
    incident.__dict__.pop("parts", None)
    return {"cases": len(added)}


@moves(INCIDENT)
def take_out(incident: Incident, *, by: Any, case: Case, reason: str) -> dict[str, Any]:
    """Take out a case that does not belong to it after all; it goes on by itself."""
    rows = Part.objects.filter(community_id=incident.community_id, incident=incident, case=case, left_at=None)
    if not rows.update(left_at=now()):
        raise Refused("no_part", _("This case is no part of it any more."))
    incident.__dict__.pop("parts", None)
    return {"case": str(case.pk), "reason": reason.strip()}


@moves(INCIDENT)
def report_on(incident: Incident, *, by: Any, words: str, tell: bool = False) -> dict[str, Any]:
    """Say how it stands: on its page, and where it is wished to everyone whom it concerns."""
    _say(incident, words, tell)
    return {"told": tell}


def _say(incident: Incident, words: str, tell: bool) -> None:
    incident.spoken_at = now()
    Update.objects.create(
        community_id=incident.community_id, incident=incident, words=words.strip(), at=now(), was_told=tell
    )


@moves(INCIDENT)
def correct(
    incident: Incident, *, by: Any, title: str, words: str, where: Where = EVERYWHERE
) -> dict[str, Any]:  # fmt: skip
    """Correct its words and its place; the log keeps what stood there."""
    before = {"title": incident.title, "words": incident.words}
    incident.title, incident.words = title.strip(), words.strip()
    _place(incident, where)
    return {"before": before}


@moves(INCIDENT)
def end(incident: Incident, *, by: Any, lesson: str) -> None:
    """Say that it is over, once all of its cases are done, and what is learnt from it."""
    incident.lesson, incident.ended_at = lesson.strip(), now()


@moves(INCIDENT)
def reopen(incident: Incident, *, by: Any, words: str) -> None:
    """Open it again, since it is not over."""
    incident.ended_at = None
    _say(incident, words, tell=True)


@moves(INCIDENT)
def follow(incident: Incident, *, by: Any) -> None:
    """Hear of it from now on."""
    Follower.objects.create(community_id=incident.community_id, incident=incident, account=by.account_id, since=now())
    incident.__dict__.pop("_followed", None)


@moves(INCIDENT)
def unfollow(incident: Incident, *, by: Any) -> None:
    """Hear no more of it."""
    rows = Follower.objects.filter(community_id=incident.community_id, incident=incident, account=by.account_id)
    rows.delete()
    incident.__dict__.pop("_followed", None)


@moves(INCIDENT)
def ask_word(incident: Incident, *, by: Any) -> None:
    """Remind the desk that nobody said anything for two days."""

"""What whoever tells it does: tell, answer, add, take back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import Once, Turn, begin, moves, writing
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.models import Organisation, Person, Term
from mulin.secrecy.codes import hash_code, new_code
from mulin.territory.models import Community

from .. import queries
from ..figures import CODE, MOST_OPEN, SEATS
from ..flow import CONCERN, OPEN
from ..models import Concern, Message, Seat


def tell(
    *, by: Any, community: Community, about: Organisation | Term, words: str, happened: str = "", unnamed: bool = False,
    once: Once | None = None,
) -> Concern:  # fmt: skip
    """Tell the two readers in confidence what is wrong with a group or an official.

    What is returned carries `secret`, the code that lets whoever told it without a name come back; it is shown once.
    """
    belongs(community, about)
    organisation, term = (about, None) if isinstance(about, Organisation) else (None, about)
    secret = new_code(CODE) if unnamed or not by.account_id else ""
    concern = Concern(
        community=community, organisation=organisation, term=term, words=words.strip(),
        happened=happened.strip(), told_by="" if secret else str(by.account_id), told_name="" if secret else by.name,
        code_hash=hash_code(secret) if secret else "",
    )  # fmt: skip
    own, chosen = _persons_of(by, community), []

    def prepare(turn: Turn, made: Concern) -> None:
        bench = queries.bench_of(community)
        chosen.extend((bench.readers(made.about_persons | own) if bench else [])[: len(SEATS)])
        _must_be_read(chosen)
        _must_not_flood(made, by)

    with writing(community.pk):
        made = begin(concern, by=by, verb="tell", once=once, prepare=prepare)
        if made is concern:
            for number, term in zip(SEATS, chosen, strict=True):
                seat(made, number, term)
            made.secret = secret
    return made


def _persons_of(by: Any, community: Community) -> frozenset[Any]:
    # Nobody reads what they told themself, whether or not they gave their name.
    rows = Person.objects.filter(community=community, account=by.account_id) if by.account_id else Person.objects.none()
    return frozenset(rows.values_list("pk", flat=True))


def _must_be_read(chosen: list[Term]) -> None:
    if len(chosen) < len(SEATS):
        words = _(
            "Two people who are not concerned themselves have to read this, and there are not two here now. Nothing "
            "was stored. Tell the subdistrict's discipline inspection, or call 12388."
        )
        raise Refused("nobody_reads", words)


def _must_not_flood(concern: Concern, by: Any) -> None:
    if not concern.told_by:
        return
    told = Concern.objects.told_by(by).filter(community=concern.community_id, state__in=OPEN).exclude(told_by_hash="")
    if told.count() >= MOST_OPEN:
        words = _("%(n)s of your confidential reports are being looked into. Add to one of them, or wait.")
        raise Refused("too_many", words % {"n": MOST_OPEN})


def seat(concern: Concern, number: int, term: Term) -> None:
    """Let somebody read a report for as long as they hold the post."""
    Seat.objects.create(
        community_id=concern.community_id, concern=concern, number=number, person=term.person, post=term.post,
        since=now(),
    )  # fmt: skip
    for known in ("seats", "standing"):
        concern.__dict__.pop(known, None)


def give_way(row: Seat, constraint: str) -> None:
    """End the second seat in one report of somebody who was entered twice."""
    Seat.objects.filter(community=row.community_id, pk=row.pk).update(until=now())


def say(concern: Concern, kind: str, words: str, by: Seat | None = None) -> None:
    """Keep what one side said; sealed, and in no line of the log."""
    Message.objects.create(
        community_id=concern.community_id, concern=concern, kind=kind, seat=by, words=words.strip(), at=now()
    )
    concern.__dict__.pop("messages", None)


@moves(CONCERN)
def reply(concern: Concern, *, by: Any, words: str) -> None:
    """Answer what the readers asked."""
    say(concern, "reply", words)


@moves(CONCERN)
def add(concern: Concern, *, by: Any, words: str) -> None:
    """Add what came to mind since."""
    say(concern, "addition", words)


@moves(CONCERN)
def withdraw(concern: Concern, *, by: Any) -> None:
    """Take it back; nobody looks into it any more."""
    concern.outcome = concern.measure = concern.ground = ""

"""The only code that writes nouns. Read this once and you know how every action works.

lock the community's head → re-read the noun → ask the flow → run the body → set state and clocks → save → write the
line and leave jobs for readers: all in one transaction, whichever door the call came through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db.models import F, Model
from django.utils.translation import gettext as _

from mulin import sql
from mulin.journal.log import Entry
from mulin.journal.models import Detail

from . import clocks
from .clock import SYSTEM, now
from .flow import Flow, Move
from .models import Link, Noun, Pending, TenantModel, WroteOutsideAction, engine_writes, foreign_ids
from .readers import readers_of
from .refs import Ref
from .refusals import Refused
from .turn import Once, Turn, current_turn, earlier, remember, writing
from .viewer import reload

__all__ = [
    "Once", "Turn", "adopt", "begin", "change", "drop_expired_pending", "link", "moves", "save_adopted", "save_rows",
    "second", "writing",
]  # fmt: skip

P = ParamSpec("P")
N = TypeVar("N", bound=Noun)
SECOND_WAITS = timedelta(days=7)


def begin(
    noun: N, *, by: Any, verb: str, once: Once | None = None, origin: Ref | None = None, details: Any = None,
    prepare: Callable[[Turn, N], None] | None = None,
) -> N:  # fmt: skip
    """Save a new noun in the first state that its creating move (or the caller) names, and write its first line.

    `prepare` runs under the lock, before the save: numbers and routing. Raises Refused.
    """
    move, by = noun.flow[verb], noun.acts_as(by)
    with writing(noun.community_id) as turn:
        if once and (found := earlier(type(noun), noun.community_id, by, once)):
            return found
        if refused := noun.flow.why_not(verb, by, noun):
            raise refused
        at = now()
        noun.state, noun.created_at = noun.state or move.targets[0], at
        if prepare:
            prepare(turn, noun)
        _settle(turn, noun, move, by, "", at, details or {}, insert=True)
        if once:
            remember(noun, by, once, at)
        if origin:
            link(origin, Ref.of(noun), "origin")
    return noun


def moves(flow: Flow, name: str = "") -> Callable[[Callable[Concatenate[N, P], Any]], Callable[..., N]]:
    """Make a function the action of the move that has its name, or `name` where another function stands before it.

    The action takes the noun, `by`, and the answers of the move's form; also `version` (the one that was seen)
    and `once`. The body holds only what is special; it may return details for the journal.
    """

    def decorate(body: Callable[Concatenate[N, P], Any]) -> Callable[..., N]:
        move = flow[name or body.__name__]

        @wraps(body)
        def action(noun: N, *, by: Any, version: int | None = None, once: Once | None = None, **answers: Any) -> N:
            by = noun.acts_as(by)
            with writing(noun.community_id) as turn:
                if once and (found := earlier(type(noun), noun.community_id, by, once)):
                    return found
                noun = _again(noun)
                if version is not None and version != noun.version and _changed_since(noun, version):
                    raise Refused.stale()
                if refused := flow.why_not(move.name, by, noun):
                    raise refused
                if move.second:
                    _wait_for_second(turn, noun, move, by, answers)
                else:
                    _make(turn, noun, move, body, by, answers)
                if once:
                    remember(noun, by, once, now())
            return noun

        action.body = body  # type: ignore[attr-defined]
        return action

    return decorate


def second(noun: N, name: str, *, by: Any, agree: bool) -> N:
    """Give the second person's word on a waiting move, made as the first asked or dropped, by what both may today."""
    flow = noun.flow
    move = flow[name]
    with writing(noun.community_id) as turn:
        noun = _again(noun)
        waiting = Pending.objects.filter(community_id=noun.community_id, noun_id=noun.pk, verb=name).first()
        if waiting is None or waiting.expires_at <= now():
            raise Refused("nothing_waits", _("Nothing waits for a second person here any more."))
        asker, other = (reload(actor, noun.community_id) for actor in (waiting.actor, by.actor))
        same = {waiting.actor, asker.actor, asker.account_id} & {by.actor, other.actor, other.account_id} - {None}
        if move.second is None or same or not (move.second(by, noun) and move.second(other, noun)):
            label = move.second.label if move.second else ""
            words = _("A second person has to agree. Who can: %(who)s.") % {"who": label}
            raise Refused("second_person", words, status=403)
        waiting.delete()
        if not agree:
            _note(turn, noun, f"{name}.declined", by, noun.state, now(), {"asked_by": waiting.actor}, False)
            return noun
        if refused := flow.why_not(name, asker, noun):
            raise refused
        body = flow.action(name).body  # type: ignore[attr-defined]
        _make(turn, noun, move, body, asker, dict(waiting.answers), agreed_by=by.actor)
    return noun


def drop_expired_pending(waiting: Pending, model: type[Noun]) -> None:
    """Let a waiting move lapse: nobody gave the second word in time."""
    with writing(waiting.community_id) as turn:
        if Pending.objects.filter(pk=waiting.pk, expires_at__lte=now()).delete()[0]:
            noun = model._default_manager.get(pk=waiting.noun_id, community_id=waiting.community_id)
            entry_details = {"asked_by": waiting.actor}
            _note(turn, noun, f"{waiting.verb}.expired", None, noun.state, now(), entry_details, False)


def change(noun: TenantModel, *, by: Any, kind: str, verb: str, details: Any = None) -> None:
    """Write a line for a change of a row that has no flow (posts, terms, invitations), within a turn."""
    turn = current_turn()
    entry = Entry(kind, noun.pk, verb, by.actor, now(), details=details or {}, readers=readers_of(kind, verb))
    turn.note(noun.community_id, entry)


def adopt(turn: Turn, noun: Noun, *, details: Any, by: Any = SYSTEM) -> None:
    """Take over one noun of another system's history: one line at real time, no clocks, no readers (law 10)."""
    at = noun.created_at = turn.at
    for model, key in foreign_ids(noun):
        turn.named.setdefault((noun.community_id, model), set()).add(key)
    turn.sure.setdefault(noun.community_id, set()).add(noun.id)
    entry = Entry(noun._meta.label_lower, noun.id, "adopt", by.actor, at, after=noun.state, details=details)
    turn.note(noun.community_id, entry)


def save_adopted(rows: list[N]) -> None:
    """Insert adopted nouns at one go."""
    token = engine_writes.set(True)
    try:
        sql.insert_all(rows)
    finally:
        engine_writes.reset(token)


def save_rows(model: type[Model], rows: Iterable[Sequence[Any]], change: tuple[str, ...] = ()) -> None:
    """Insert very many rows of a table without lives: plain values, in the order of the model's fields.

    Of a row that is here already only the fields named in `change` are set.
    """
    if issubclass(model, Noun):
        raise WroteOutsideAction(f"Write an action for {model.__name__}: only the engine saves nouns.")
    sql.insert_rows(model, rows, change)


def update_adopted(rows: Any, **values: Any) -> None:
    """Set fields of nouns at one go, for tables brought in; whoever calls writes a line for each."""
    token = engine_writes.set(True)
    try:
        rows.update(version=F("version") + 1, **values)
    finally:
        engine_writes.reset(token)


def link(source: Ref, target: Ref, kind: str) -> None:
    """Keep that one noun came of, or belongs to, another."""
    if source.community != target.community:
        raise Refused("other_community", _("These belong to different communities."))
    Link.objects.get_or_create(
        community_id=source.community, source_id=source.id, target_id=target.id, kind=kind,
        defaults={"source_kind": source.kind, "target_kind": target.kind},
    )  # fmt: skip


def _make(turn: Turn, noun: Noun, move: Move, body: Any, by: Any, answers: dict[str, Any], agreed_by: str = "") -> None:
    at, before = now(), noun.state
    if len(move.targets) == 1:
        noun.state = move.targets[0]
    details = body(noun, by=by, **answers) or {}
    if move.targets and noun.state not in move.targets:
        raise RuntimeError(f"{move.name} left the noun in {noun.state}, not in {move.targets}.")
    if agreed_by:
        details = {**details, "agreed_by": agreed_by}
    _settle(turn, noun, move, by, before, at, details)


def _settle(
    turn: Turn, noun: Noun, move: Move, by: Any, before: str, at: datetime, details: Any, insert: bool = False
) -> None:
    clocks.wind(noun, move, by, at)
    _check_community(noun, by)
    noun.version += 0 if insert else 1
    token = engine_writes.set(True)
    try:
        noun.save()
    finally:
        engine_writes.reset(token)
    noun.last_line = _note(turn, noun, move.name, by, before, at, details, move.public)


def _note(turn: Turn, noun: Noun, verb: str, by: Any, before: str, at: datetime, details: Any, public: bool) -> Entry:
    kind = noun._meta.label_lower
    cleared = {} if noun.is_sealed else {"kind": kind}
    if public and noun.flow.public(noun):
        cleared = {"at": at.isoformat(timespec="minutes"), "noun": f"{kind}:{noun.pk}", "to": noun.state, "verb": verb}
    actor = by.actor if by is not None else "clock"
    readers = readers_of(kind, verb)
    entry = Entry(kind, noun.pk, verb, actor, at, before, noun.state, details, cleared, readers)
    turn.note(noun.community_id, entry)
    return entry


def _wait_for_second(turn: Turn, noun: Noun, move: Move, by: Any, answers: dict[str, Any]) -> None:
    at = now()
    Pending.objects.filter(community_id=noun.community_id, noun_id=noun.pk, verb=move.name, expires_at__lte=at).delete()
    _waiting, made = Pending.objects.get_or_create(
        community_id=noun.community_id, noun_id=noun.pk, verb=move.name,
        defaults={
            "noun_kind": noun._meta.label_lower, "actor": by.actor, "answers": answers, "asked_at": at,
            "expires_at": at + SECOND_WAITS,
        },
    )  # fmt: skip
    if not made:
        raise Refused("already_waiting", _("This already waits for a second person."))
    _note(turn, noun, f"{move.name}.asked", by, noun.state, at, answers, False)


def _again(noun: N) -> N:
    return type(noun)._default_manager.get(pk=noun.pk, community_id=noun.community_id)


def _check_community(noun: Noun, by: Any) -> None:
    # Who acts was loaded for this very community: their own row needs no second look.
    known = by.person_id if getattr(by, "community_id", None) == noun.community_id else None
    for model, key in foreign_ids(noun):
        if key != known and not model._default_manager.filter(pk=key, community_id=noun.community_id).exists():
            raise Refused("other_community", _("This belongs to another community."))


def _changed_since(noun: Noun, version: int) -> bool:
    # That a neighbour met it too, or that someone wrote a note, takes nobody's form away.
    quiet = {move.name for move in noun.flow if not move.public}
    since = Detail.objects.filter(community_id=noun.community_id, noun_id=noun.pk).order_by("-seq")
    verbs = since.values_list("verb", flat=True)[: max(noun.version - version, 0)]
    return version > noun.version or not quiet.issuperset(verbs)

"""Flows: the life of a noun, declared once as data.

A flow says which moves exist, who may make them and how long a state may last. Permission checks, deadlines,
buttons, API routes and the docs all read this table; nothing else decides which moves can be made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.utils.translation import gettext as _

from .refusals import Refused
from .rules import Rule

States = str | tuple[str, ...] | None


def _tuple(states: States) -> tuple[str, ...]:
    return () if states is None else (states,) if isinstance(states, str) else tuple(states)


@dataclass(frozen=True)
class Move:
    """One thing that can be done. No source: it makes the noun. No target: the state stays.

    Several targets: the action's body chooses among them.
    """

    name: str  # also the action, the form, the URL and the journal verb
    source: States
    target: States
    who: Rule
    label: Any
    needs: Rule | None = None
    second: Rule | None = None  # who must agree before it is done
    main: bool = False  # the expected next step: the filled button
    public: bool = True  # cleared in the journal, when the noun itself is public

    @property
    def sources(self) -> tuple[str, ...]:
        return _tuple(self.source)

    @property
    def targets(self) -> tuple[str, ...]:
        return _tuple(self.target)


@dataclass(frozen=True)
class Span:
    """How long something may take; in working hours unless said otherwise."""

    amount: timedelta
    working: bool = True


def _lacks(move: Move, viewer: Any, noun: Any) -> str:
    """Say what stands against a move: its state, its rule, or what is needed first; empty when nothing does."""
    # A move without a source makes a noun: what is stored is not made again.
    if noun.state not in move.sources if move.sources else not noun._state.adding:
        return "state"
    if not move.who(viewer, noun):
        return "who"
    return "needs" if move.needs and not move.needs(viewer, noun) else ""


def _never(noun: Any) -> bool:
    return False


def _always(noun: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A clock over a set of states; when it runs out, time makes the move `then`."""

    name: str
    states: tuple[str, ...]
    span: Callable[[Any], Span | None]  # None: no limit for this noun now
    then: str
    label: Any  # what is promised, after "until"
    pauses: Callable[[Any], bool] = _never
    restarts: tuple[str, ...] = ()  # moves that start it anew
    respans: tuple[str, ...] = ()  # moves that may change how long it is
    rings: Callable[[Any], bool] = _always  # whether its move can still be made
    again: bool = False  # rings once more after every further span; what people see stays overdue


@dataclass(frozen=True)
class Flow:
    """The whole life of a noun. `package` holds its actions and forms."""

    package: str
    noun: Any  # its name, for people
    states: Any
    moves: tuple[Move, ...]
    limits: tuple[Limit, ...] = ()
    public: Callable[[Any], bool] = _never

    def __getitem__(self, name: str) -> Move:
        for move in self.moves:
            if move.name == name:
                return move
        raise Refused("no_such_move", _("There is no such step here."), status=404)

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves)

    def why_not(self, name: str, viewer: Any, noun: Any) -> Refused | None:
        """Return the reason this move is refused, or None when it is allowed."""
        move = self[name]
        if not (lacks := _lacks(move, noun.acts_as(viewer), noun)):
            return None
        if lacks == "state":
            state = self.states(noun.state).label
            return Refused("wrong_state", _("This cannot be done now. It stands at: %(state)s.") % {"state": state})
        if lacks == "who":
            return Refused("not_yours", _("Who can do this: %(who)s.") % {"who": move.who.label}, status=403)
        return Refused("needed_first", _("Needed first: %(what)s.") % {"what": getattr(move.needs, "label", "")})

    def moves_for(self, viewer: Any, noun: Any) -> list[Move]:
        """List the moves this viewer can make now: the buttons on the page."""
        by = noun.acts_as(viewer)
        return [move for move in self.moves if move.sources and not _lacks(move, by, noun)]

    def limit(self, name: str) -> Limit:
        """Return the limit of that name."""
        return next(limit for limit in self.limits if limit.name == name)

    def action(self, name: str) -> Callable[..., Any]:
        """Return the function that makes this move. Only moves can be reached by name."""
        action: Callable[..., Any] = getattr(import_module(f"{self.package}.actions"), self[name].name)
        return action

    def form(self, name: str) -> Any:
        """Return the form that asks for what a move needs, or None when it asks nothing."""
        form = self[name].name.title().replace("_", "")
        return getattr(import_module(f"{self.package}.forms"), form, None)

"""Days as they pass: people report, officers come, clocks run out, and each does what people do. Always the same for
the same seed; everything happens through actions, one after the other, and time only goes forwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from mulin.kernel import clock
from mulin.kernel.worker import drain

from .town import Town

Course = Iterator[datetime]  # what someone is about; it says when it goes on
QUARTER = timedelta(minutes=15)  # so often the worker comes by
BUSY = (7, 21)  # hours of the day in which people report
Matter = Callable[["Life", Town], Course]


@dataclass
class Life:
    """Several towns, the courses of things in them, and what was done how often."""

    towns: list[Town]
    chance: Random
    matters: list[tuple[float, Matter]]  # how often a day in a town, and what then happens
    made: Counter[tuple[UUID, str]] = field(default_factory=Counter)
    _due: list[tuple[datetime, int, Course]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    _drained: datetime | None = None
    _undrained: bool = False

    def live_until(self, moment: datetime, each: Callable[[datetime], object] = lambda day: None) -> None:
        """Let day after day pass until a moment; what is under way then simply stays so."""
        while clock.now() < moment:
            self._plan_a_day()
            tomorrow = min(_next_midnight(clock.now()), moment)
            self._pass_until(tomorrow)
            each(tomorrow)

    def begin(self, course: Course, at: datetime) -> None:
        """Have something go on at a moment."""
        heappush(self._due, (at, next(self._order), course))

    def do(self, town: Town, verb: str, action: Callable[..., Any], *args: Any, **answers: Any) -> Any:
        """Do one thing, and remember that it was done."""
        done = action(*args, **answers)
        self.made[town.community.pk, verb] += 1
        self._undrained = True
        return done

    def soon(self, least: float, most: float) -> datetime:
        """Say when something goes on, so many minutes from now."""
        return clock.now() + timedelta(minutes=self.chance.uniform(least, most))

    def at_work(self, town: Town, least: float, most: float) -> datetime:
        """Say when something goes on, so many minutes of office hours from now."""
        minutes = timedelta(minutes=self.chance.uniform(least, most))
        done: datetime = town.community.calendar.add(clock.now(), minutes)
        return done

    def likely(self, share: float) -> bool:
        """Decide by chance."""
        return self.chance.random() < share

    def _plan_a_day(self) -> None:
        for town in self.towns:
            morning = clock.now().astimezone(town.community.zone_info)
            for often, matter in self.matters:
                for _each in range(_how_many(self.chance, often)):
                    hour = self.chance.uniform(*BUSY)
                    at = morning.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=hour)
                    if at > clock.now():
                        self.begin(matter(self, town), at)

    def _pass_until(self, moment: datetime) -> None:
        while self._due and self._due[0][0] <= moment:
            at, _order, course = heappop(self._due)
            self._to(at)
            if (further := next(course, None)) is not None:
                self.begin(course, max(further, clock.now() + timedelta(seconds=1)))
        self._to(moment)
        drain()

    def _to(self, at: datetime) -> None:
        """Move time forwards; the worker comes by at least each quarter of an hour in which something happens."""
        comes_by = self._drained is None or at - self._drained >= QUARTER
        if comes_by and self._undrained:
            drain()  # what was done until now is told before the time goes on
            self._undrained = False
        clock.set(max(at, clock.now()))
        if comes_by:
            drain()
            self._drained = at


def _next_midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _how_many(chance: Random, often: float) -> int:
    whole, rest = divmod(often, 1)
    spread = chance.choice((-1, 0, 0, 1)) if whole else 0
    return max(0, int(whole) + spread + (chance.random() < rest))

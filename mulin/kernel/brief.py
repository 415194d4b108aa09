"""What may be half a minute old: asked of the database once for each community, and kept by this process so long."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID
from weakref import WeakSet

T = TypeVar("T")
SECONDS = 30.0


class Brief(Generic[T]):
    """Remembers for a while what a function said of a community; `forget` has it asked anew."""

    _all: ClassVar[WeakSet[Any]] = WeakSet()

    def __init__(self, ask: Callable[[Any], T]) -> None:
        self._ask = ask
        self._known: dict[UUID, tuple[float, T]] = {}
        self._all.add(self)

    def __call__(self, community: Any) -> T:
        until, said = self._known.get(community.pk, (0.0, None))
        if until < time.monotonic():
            said = self._ask(community)
            self._known[community.pk] = (time.monotonic() + SECONDS, said)
        return said  # type: ignore[return-value]

    def forget(self) -> None:
        self._known.clear()

    @classmethod
    def forget_all(cls) -> None:
        """Empty the memory of all: the communities are others now, as between two tests."""
        for each in cls._all:
            each.forget()

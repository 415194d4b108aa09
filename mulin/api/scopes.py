"""What a key may be good for: everything, or one kind of thing; asked in one place, for every call."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

READ, WRITE = "read", "write"


@dataclass(frozen=True)
class Area:
    """What an address is about: the name of a resource, or nothing that has one."""

    name: str = ""
    own: str = ""  # a scope that alone opens all of it
    is_open: bool = False  # any key may read here: who it is, and what everyone may check

    def scopes(self, kind: str) -> tuple[str, ...]:
        """List the scopes of which one is enough, the narrowest first; none where every key will do."""
        if self.is_open and kind == READ:
            return ()
        narrow = (f"{self.name}:{kind}",) if self.name else ()
        return (*narrow, *((self.own,) if self.own else ()), kind)

    def opens_to(self, held: Collection[str] | None, kind: str) -> bool:
        """Tell whether these scopes are enough; None stands for someone who came without a key."""
        needed = self.scopes(kind)
        return held is None or not needed or any(scope in held for scope in needed)


OPEN = Area(is_open=True)


def known(areas: Collection[Area]) -> list[str]:
    """List every scope that there is: those for everything first, then by name."""
    narrow = {scope for area in areas for kind in (READ, WRITE) for scope in area.scopes(kind)}
    return [READ, WRITE, *sorted(narrow - {READ, WRITE})]

"""Who is looking: a person or nobody, with terms and capabilities, loaded once per request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID


@dataclass(frozen=True)
class Held:
    """A post that the viewer holds now, and where."""

    post_id: UUID
    kind: str
    place_kind: str
    place_id: UUID | None
    capabilities: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Viewer:
    """Whoever reads or acts, within one community."""

    account_id: UUID | None = None
    person_id: UUID | None = None
    community_id: UUID | None = None
    name: str = ""
    language: str = ""
    terms: tuple[Held, ...] = ()
    capabilities: frozenset[str] = frozenset()
    holds: frozenset[UUID] = frozenset()  # nouns opened by a secret link or code
    scopes: frozenset[str] | None = field(default=None)  # an API key's; None: everything the person may
    is_guest: bool = False  # for some days, or moved away: may report and follow, and takes no part besides
    withheld: frozenset[str] = frozenset()  # capabilities that wait until there is a second factor

    @property
    def is_someone(self) -> bool:
        return self.account_id is not None

    @property
    def is_person(self) -> bool:
        return self.person_id is not None and not self.is_guest

    @property
    def posts(self) -> frozenset[UUID]:
        return frozenset(term.post_id for term in self.terms)

    @property
    def actor(self) -> str:
        """Name the viewer as the journal does."""
        if self.person_id:
            return f"person:{self.person_id}"
        return f"account:{self.account_id}" if self.account_id else "guest"

    def unnamed(self) -> Viewer:
        """Return the same viewer as the journal shall know them where they act without a name."""
        return replace(self, account_id=None, person_id=None, name="", terms=(), capabilities=frozenset())

    def can(self, capability: str) -> bool:
        return capability in self.capabilities


NOBODY = Viewer()
_loader: Callable[[str, UUID], Viewer] | None = None


def set_loader(loader: Callable[[str, UUID], Viewer]) -> None:
    """Tell the kernel how to load a viewer again by its actor (people do)."""
    global _loader
    _loader = loader


def reload(actor: str, community_id: UUID) -> Viewer:
    """Load who acted earlier as they are now: the second person's word is given on today's rights."""
    return _loader(actor, community_id) if _loader else NOBODY

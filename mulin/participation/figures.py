"""Fixed lists, days and small arithmetic about taking part; no Django models. Counts under five are never shown."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.people.figures import in_their_language
from mulin.web.counts import FEW, few

ANY_PLACES = {"grid": _("Grids"), "building": _("Buildings"), "entrance": _("Entrances"), "spot": _("Spots")}
TERM_DAYS = {30: _("one month"), 90: _("three months"), 180: _("half a year"), 365: _("a year")}
BEGIN_DAYS = 14  # how long whoever took something on has to begin, if nothing else was said
OFFER_LIVES = timedelta(days=365)
ANSWER_WITHIN = timedelta(days=60)  # for an organisation to say whether somebody is a member
SILENCE = timedelta(days=14)  # nobody looked at what is said to be done: it counts as done
ASK_NEXT = timedelta(days=30)  # how long before its end a next keeper is looked for
LASTS = timedelta(days=365)  # a registration, a talent, a sign
YES_WITHIN = timedelta(days=30)  # for who was registered by an organisation to say yes
RENEW_WITHIN = timedelta(days=60)
ROLES = {
    "helper": _("I help along"), "stand_in": _("I stand in when needed"),
}  # fmt: skip
ROLE_NAMES = {"helper": _("Helps along"), "stand_in": _("Stands in"), "next": _("Keeps it next")}
# Who says of themselves to be a member without knowing where is found a place: none is lost.
PLACED_KINDS = ("party_branch",)
SENSITIVE_KINDS = ("party_branch",)
GROUP_KINDS = ("interest_group", "volunteer_team", "social_organisation")
TALENTS = {
    "teaching": _("Teaching"), "craft": _("Craft"), "repair": _("Repairs"), "music": _("Music and stage"),
    "care": _("Care"), "language": _("Languages"), "law": _("Law"), "health": _("Health"), "sport": _("Sport"),
    "other": pgettext_lazy("talent", "Something else"),
}  # fmt: skip
AUDIENCES = {"community": _("everyone of this community"), "organisations": _("the community and its organisations")}
AREAS = {
    "patrol": _("Patrols"), "visits": _("Visits to neighbours"), "children": _("Children and learning"),
    "green": _("Green and cleanliness"), "mediation": _("Settling disputes"), "events": _("Festivals and events"),
    "repairs": _("Small repairs"), "advice": _("Advice"), "other": pgettext_lazy("area", "Whatever is needed"),
}  # fmt: skip
SCOPES = {"person": _("for me"), "household": _("for my household")}


@dataclass(frozen=True)
class SignKind:
    """A sign that people can show, as the pack describes it."""

    key: str
    zh: str
    en: str
    icon: str
    scopes: tuple[str, ...]

    def __str__(self) -> str:
        return in_their_language(self.zh, self.en)


@lru_cache(maxsize=1)
def sign_kinds() -> dict[str, SignKind]:
    """Read the list of signs."""
    rows = tomllib.loads((Path(__file__).parent / "packs" / "signs.toml").read_text("utf-8"))["sign"]
    return {row["key"]: SignKind(row["key"], row["zh"], row["en"], row["icon"], tuple(row["scopes"])) for row in rows}


# ---- Counts ----


def coverage(said: int, placed: int) -> dict[str, str]:
    """Write how many are placed of those who said so, so that no small number can be worked out from the others."""
    missing = said - placed
    shown = {"said": few(said), "placed": few(placed), "missing": few(missing)}
    # The tree of organisations tells who is placed: so it is the sum that becomes vague.
    if said >= FEW > min(missing, placed):
        shown["said"] = f"{max(FEW, missing, placed)}+"
    return shown


@dataclass
class Branch:
    """An organisation in the tree: its own members and, in `count`, those below it, too."""

    row: Any
    depth: int = 0
    own: int = 0
    total: int = 0
    count: str = ""
    exact: bool = False
    least: int = 0  # what a reader knows of the total at least
    parts: list[Branch] = field(default_factory=list)

    @property
    def inset(self) -> int:
        """Return how far the name stands in, as the utility classes of the pages count."""
        return min(self.depth + 3, 5)


def tree(rows: Iterable[Any], own: dict[Hashable, int]) -> list[Branch]:
    """Put organisations (with pk and parent_id) into a tree with counts, written out from top to bottom."""
    branches = {row.pk: Branch(row, own=own.get(row.pk, 0)) for row in rows}
    tops: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.row.parent_id)
        (above.parts if above else tops).append(branch)
    for top in tops:
        _count(top)
    listed: list[Branch] = []
    _list(tops, 0, listed.append)
    return listed


def _count(branch: Branch) -> None:
    for part in branch.parts:
        _count(part)
    branch.total = branch.own + sum(part.total for part in branch.parts)
    rest = branch.total - sum(part.total for part in branch.parts if part.exact)
    known = sum(part.least for part in branch.parts)
    # What is left after the parts that are shown would tell a small number: then only "so many or more".
    branch.exact = branch.total >= FEW and (rest >= FEW or not known)
    branch.least = branch.total if branch.exact else known
    branch.count = str(branch.total) if branch.exact else f"{known}+" if known else few(branch.total)


def _list(branches: list[Branch], depth: int, add: Callable[[Branch], None]) -> None:
    for branch in branches:
        branch.depth = depth
        add(branch)
        _list(branch.parts, depth + 1, add)

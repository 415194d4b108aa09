"""Kinds of bodies and matters as data, and the arithmetic of seats: whole numbers only; no Django models."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.people.figures import in_their_language
from mulin.tally.loading import packs

PACKS = Path(__file__).parent / "packs"
PLACES = ("community", "grid", "building")
BASES = {"seats": _l("of all seats"), "present": _l("of those who are there"), "cast": _l("of the votes cast")}
MOST_SEATS = 300
LARGEST_PART = 100  # of a fraction's two numbers
PROPOSAL_DAYS = 60  # how long a mandate may wait for those who grant it
MANDATE_YEARS = 5
MOST_FEN = 10**13
_FRACTION = re.compile(r"([1-9][0-9]{0,2})[/／]([1-9][0-9]{0,2})")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that is enough: at least so much of it, or more than that where it is strict."""

    num: int
    den: int
    strict: bool
    base: str = "seats"

    def is_met(self, part: int, whole: int) -> bool:
        """Tell whether a part is enough; both sides are multiplied, so nothing is ever rounded."""
        left, right = self.den * part, self.num * whole
        return left > right if self.strict else left >= right

    def least(self, whole: int) -> int:
        """Return the fewest that are enough."""
        product = self.num * whole
        return product // self.den + 1 if self.strict else -(-product // self.den)

    @property
    def words(self) -> str:
        if self.num == self.den:
            return _("all")
        said = _("more than %(fraction)s") if self.strict else _("at least %(fraction)s")
        return said % {"fraction": f"{self.num}/{self.den}"}


def fraction(text: str) -> tuple[int, int]:
    """Read an exact fraction, such as 2/3. Raises ValueError with what would work."""
    found = _FRACTION.fullmatch("".join(text.split()))
    num, den = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 0 < num <= den <= LARGEST_PART:
        words = _("Write an exact fraction of two whole numbers, such as 2/3 or 1/2: 0.6667 would turn some away.")
        raise ValueError(words)
    return num, den


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a body's meetings: how many have to be there, and how many have to say yes."""

    quorum: Share
    decision: Share

    def yes(self, seats: int, present: int) -> int:
        """Return how many have to say yes while so many are there and vote."""
        return self.decision.least(seats if self.decision.base == "seats" else present)

    def is_weaker(self, other: Rules, seats: int) -> bool:
        """Tell whether these let fewer decide than others would, however many are there."""
        if self.quorum.least(seats) < other.quorum.least(seats):
            return True
        # Of the votes cast may be fewer than are there: who abstains would count no more.
        if self.decision.base == "cast" and other.decision.base != "cast":
            return True
        meetings = range(self.quorum.least(seats), seats + 1)
        return any(self.yes(seats, present) < other.yes(seats, present) for present in meetings)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body, as the pack describes it."""

    key: str
    zh: str
    en: str
    organisations: tuple[str, ...]
    fewest: int
    most: int
    odd: bool
    small: int
    small_dwellings: int
    years: int
    by_law: bool
    rules: Rules
    pack: str
    seat: dict[str, str]
    source: str
    dated: str
    zh_note: str
    en_note: str

    def __str__(self) -> str:
        return in_their_language(self.zh, self.en)

    @property
    def note(self) -> str:
        return in_their_language(self.zh_note, self.en_note)

    @property
    def allowed(self) -> str:
        """Say how many seats there may be."""
        told = {"fewest": self.fewest, "most": self.most or MOST_SEATS}
        words = _("From %(fewest)s to %(most)s seats") if self.most else _("At least %(fewest)s seats")
        odd = _("an odd number") if self.odd else ""
        small = _("%(seats)s where there are at most %(homes)s homes") if self.small else ""
        small = small % {"seats": self.small, "homes": self.small_dwellings} if small else ""
        return _(", ").join(filter(None, (words % told, odd, small)))

    def least_members(self, seats: int) -> int:
        """Return how few members it may have to decide at all."""
        return min(self.fewest, seats)


def _share(row: dict[str, Any]) -> Share:
    return Share(*fraction(row["fraction"]), row["strict"], row.get("of", "seats"))


def _kind(row: dict[str, Any]) -> Kind:
    zero = {"odd": False, "small": 0, "small_dwellings": 0, "by_law": False, "pack": "", "zh_note": "", "en_note": ""}
    told = {**zero, **row, "organisations": tuple(row["organisations"])}
    rules = Rules(_share(told.pop("quorum")), _share(told.pop("decision")))
    return Kind(rules=rules, **told)


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((PACKS / f"{name}s.toml").read_text("utf-8"))[name]
    return rows


KINDS = {row["key"]: _kind(row) for row in _rows("kind")}
_MATTERS = {row["key"]: (row["zh"], row["en"]) for row in _rows("matter")}
MATTERS = tuple(_MATTERS)


def matter_name(key: str) -> str:
    """Name a matter in the reader's language."""
    return in_their_language(*_MATTERS[key]) if key in _MATTERS else key


def kind_choices() -> list[tuple[str, str]]:
    """List the kinds of bodies with their names."""
    return [(key, str(kind)) for key, kind in KINDS.items()]


def matter_choices() -> list[tuple[str, str]]:
    """List the matters with their names."""
    return [(key, matter_name(key)) for key in MATTERS]


def pack_choices() -> list[tuple[str, str]]:
    """List the rule packs by which seats vote."""
    rows = (rules for rules in packs().values() if rules.electorate == "seats")
    return [(rules.key, f"{in_their_language(rules.title_zh, rules.title_en)} ({rules.key})") for rules in rows]


def years_later(day: date, years: int) -> date:
    """Return the same day some years later; for the last of February the first of March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def yuan(fen: int) -> str:
    """Write money as people read it, without fen where there are none."""
    whole, rest = divmod(fen, 100)
    return f"{whole:,}.{rest:02d}" if rest else f"{whole:,}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and why, in words."""

    ok: bool
    why: str

"""Kinds of notices as the pack has them, how each cell of a list is masked, and the arithmetic of days; no models."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from mulin.people.figures import in_their_language, masked
from mulin.tables import day, plain, whole_between

MOST_DAYS = 180
MOST_ROWS = 20_000
LONGEST_CELL = 120
SILENCE_DAYS = 5  # after an answer; then it counts as accepted
SOON_DAYS = 2  # before it ends, whoever posted it is told
DRAFT_DAYS = 90  # then a draft that was never posted ends
OBJECTORS = {
    "nobody": _l("nobody"), "persons": _l("everybody of this community"), "anyone": _l("whoever is signed in"),
}  # fmt: skip
UPHELD, PARTLY, REJECTED = "upheld", "partly", "rejected"
OUTCOMES = {
    UPHELD: _l("It is right: the notice cannot stay as it is"), PARTLY: _l("It is right in part; the rest stays"),
    REJECTED: _l("It is not right"),
}  # fmt: skip
OUTCOMES_SHORT = {UPHELD: _l("upheld"), PARTLY: _l("upheld in part"), REJECTED: _l("rejected")}

_NUMBER = re.compile(r"[0-9０-９]+[A-Za-z]?|[一二三四五六七八九十百]+(?=[号室户楼层]|$)")
# What stands behind the number of a house or of its stairs; any other number is that of a door.
_HOUSE = re.compile(r"\s*(?:号楼|号院|号(?=[^室户])|栋|幢|座|单元|门(?!牌)|弄|巷|村|区|期|[-–—/])")
_MONTH = re.compile(r"\d{4}-\d{2}")
_MASKED = re.compile(r"[^*]\*+")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)")


def has_identity(words: str) -> bool:
    """Tell whether words hold an identity number."""
    return bool(_IDENTITY.search(words))


def safe_plain(value: Any) -> str:
    """Read a cell as it is; numbers by which people are found are refused."""
    said = plain(value)
    if has_identity(said) or _PHONE.search(said):
        raise ValueError(_("A phone or identity number is never posted. Take it out of this cell."))
    if len(said) > LONGEST_CELL:
        raise ValueError(_("This is too long: at most %(most)s characters.") % {"most": LONGEST_CELL})
    return said


def _name(value: Any) -> str:
    said = "".join(safe_plain(value).split())
    # What is masked already stays as it is.
    return said if _MASKED.fullmatch(said) else masked(said)


def masked_door(value: Any) -> str:
    """Keep house and stairs of an address, and hide the number of the door."""
    said = safe_plain(value)
    return _NUMBER.sub(lambda found: found[0] if _is_house(found) else "***", said)


def _is_house(found: re.Match[str]) -> bool:
    return _HOUSE.match(found.string, found.end()) is not None


def _amount(value: Any) -> str:
    if value == "<100":
        return "<100"
    yuan = whole_between(0, 99_999_999)(re.sub(r"[元￥¥\s]|\.\d+", "", plain(value)))
    return str(yuan // 100 * 100) if yuan >= 100 else "<100"


def _count(value: Any) -> str:
    return str(whole_between(0, 9999)(value))


def _month(value: Any) -> str:
    return plain(value) if _MONTH.fullmatch(plain(value)) else f"{day(value):%Y-%m}"


MASKS: dict[str, Callable[[Any], str]] = {
    "plain": safe_plain, "name": _name, "door": masked_door, "amount": _amount, "count": _count, "month": _month,
}  # fmt: skip
HOW_MASKED = {
    "plain": _l("as it is"), "name": _l("first sign of the name"), "door": _l("house and stairs, no door"),
    "amount": _l("whole hundreds"), "count": _l("as a number"), "month": _l("the month, no day"),
}  # fmt: skip


@dataclass(frozen=True)
class ColumnOf:
    """A column that the list of a kind may have."""

    name: str
    zh: str
    en: str
    mask: str
    needed: bool = False

    def __str__(self) -> str:
        return in_their_language(self.zh, self.en)

    @property
    def how(self) -> str:
        return str(HOW_MASKED[self.mask])


@dataclass(frozen=True)
class Kind:
    """A kind of notice: how long, who may object, what its list may hold, and by which rule."""

    key: str
    zh: str
    en: str
    days: int
    objectors: str
    source: str
    since: date
    stays: int = 30
    objection_days: int = 0
    answer_days: int = 5
    index: bool = False
    pictures: bool = False
    drafted: bool = True
    columns: tuple[ColumnOf, ...] = ()

    def __str__(self) -> str:
        return in_their_language(self.zh, self.en)

    @property
    def has_list(self) -> bool:
        return bool(self.columns)

    @property
    def takes_objections(self) -> bool:
        return self.objectors != "nobody"

    @property
    def objecting(self) -> str:
        return str(OBJECTORS[self.objectors])

    @property
    def rule(self) -> str:
        return _("no rule says so; this community's own") if self.source == "own" else self.source


def _kind(told: dict[str, Any]) -> Kind:
    columns = tuple(ColumnOf(**each) for each in told.pop("column", ()))
    kind = Kind(**told, columns=columns)
    wrong = kind.days < 1 or kind.objectors not in OBJECTORS or {each.mask for each in columns} - set(MASKS)
    if wrong or (columns and (kind.index or kind.pictures)) or kind.objection_days > kind.days:
        raise ValueError(f"packs/kinds.toml: {kind.key} does not hold together.")
    return kind


_PACK = tomllib.loads((Path(__file__).parent / "packs" / "kinds.toml").read_text("utf-8"))
KINDS: dict[str, Kind] = {told["key"]: _kind(told) for told in _PACK["kind"]}


@dataclass(frozen=True)
class Term:
    """The days of a notice that is posted today; a day of posting counts for nothing, later ones count whole."""

    last: date
    objections_until: date | None
    down_on: date

    @classmethod
    def of(cls, kind: Kind, days: int, today: date) -> Term:
        """Count whole days of the calendar from the day after it is posted."""
        last = today + timedelta(days=days)
        # Who asks for more days than the rule gives gives them to those who object, too.
        for_objections = min(days, kind.objection_days + days - kind.days) if kind.objection_days else days
        until = today + timedelta(days=for_objections) if kind.takes_objections else None
        return cls(last, until, last + timedelta(days=kind.stays + 1))


def digest_of(title: str, text: str, rows: Iterable[Mapping[str, str]]) -> str:
    """Compute the fingerprint of what is posted: the same for the same words, whoever computes it."""
    told = {"title": title, "text": text, "rows": [dict(row) for row in rows]}
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def masked_rows(kind: Kind, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Mask rows by the kind's columns. Raises ValueError, naming the row, for what may not be posted."""
    known = {column.name: column for column in kind.columns}
    made = []
    for number, row in enumerate(rows, 1):
        if unknown := sorted(set(row) - set(known)):
            words = _("Row %(row)s: a list of this kind has no column %(name)s.")
            raise ValueError(words % {"row": number, "name": unknown[0][:40]})
        lacking = [each for each in kind.columns if each.needed and not str(row.get(each.name) or "").strip()]
        if lacking:
            words = _("Row %(row)s: %(name)s is empty and must be filled in.")
            raise ValueError(words % {"row": number, "name": lacking[0]})
        try:
            cells = {name: MASKS[column.mask](row[name]) for name, column in known.items() if row.get(name)}
        except ValueError as error:
            raise ValueError(f"{_('Row %(row)s:') % {'row': number}} {error}") from None
        made.append(cells)
    return made

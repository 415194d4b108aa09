"""The map file: which column is what, which words mean which state, what to do with contradictions."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused

from ..flow import State

MUST = ("id", "status", "category", "reported_at")
TIMES = ("reported_at", "accepted_at", "solved_at", "closed_at", "reopened_at", "updated_at")
POINT = "point"
KNOWN = (
    *MUST,
    *TIMES,
    "summary",
    "words",
    "address",
    "lat",
    "lon",
    "reporter",
    "area",
    "accept_minutes",
    "solve_minutes",
)
OPERATORS = {"is", "is not", "in", "empty", "present", "<", "<=", "=", "outside"}
ALONE = {"empty", "present", "outside"}  # operators without a value
MAY_BE_PUBLIC = {"summary"}


@dataclass(frozen=True)
class Condition:
    """One claim about a row: `column operator value`."""

    column: str
    operator: str
    value: str

    @classmethod
    def read(cls, text: str) -> Condition:
        """Take a condition apart. Raises Refused."""
        column, _space, rest = text.partition(" ")
        operator = "is not" if rest.startswith("is not ") else rest.partition(" ")[0]
        if operator not in OPERATORS or (column not in KNOWN and column != "place"):
            raise unfit_map(
                _('The condition "%(text)s" cannot be read. Write: column operator value.') % {"text": text}
            )
        value = rest[len(operator) + 1 :]
        if not value and operator not in ALONE:
            raise unfit_map(_('The condition "%(text)s" lacks a value.') % {"text": text})
        return cls(column, operator, value)


@dataclass(frozen=True)
class Contradiction:
    """Something the source says against itself, by name, and what is done about it."""

    name: str
    when: tuple[Condition, ...]
    then: tuple[tuple[str, str], ...]
    why: str
    found: int | None


@dataclass(frozen=True)
class Map:
    """How one source is read."""

    key: str
    title: str
    rows: int | None
    encoding: str
    time_format: str
    zone: ZoneInfo
    ambiguous: str
    missing: str
    place: dict[str, Any]
    columns: dict[str, str]
    public: frozenset[str]
    status: dict[str, str]
    categories: dict[str, str]
    own_categories: list[dict[str, Any]]
    contradictions: tuple[Contradiction, ...]
    duplicates: dict[str, Any]

    def moment(self, text: str) -> datetime | None:
        """Read a time of the source as UTC. Raises ValueError."""
        if not text.strip():
            return None
        local = datetime.strptime(text.strip(), self.time_format)
        if local.tzinfo is not None:
            return local.astimezone(UTC)
        first = local.replace(tzinfo=self.zone).astimezone(UTC)
        never_came = first.astimezone(self.zone).replace(tzinfo=None) != local
        # Python reads fold=0 as the earlier of two, and moves a time that never came on by the hour.
        turned = self.missing == "earlier" if never_came else self.ambiguous == "later"
        return local.replace(tzinfo=self.zone, fold=1).astimezone(UTC) if turned else first

    def is_outside(self, lon: float, lat: float) -> bool:
        """Tell whether a point lies outside the box of the place."""
        box = self.place
        if not {"west", "south", "east", "north"} <= set(box):
            return False
        return not (box["west"] <= lon <= box["east"] and box["south"] <= lat <= box["north"])


def read_map(path: Path) -> Map:
    """Read a map file. Raises Refused with what is wrong in it."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        source, columns = data["source"], data["columns"]
        made = Map(
            key=source["key"], title=source.get("title", source["key"]), rows=source.get("rows"),
            encoding=source.get("encoding", "utf-8"), time_format=source["time_format"],
            zone=ZoneInfo(source["time_zone"]), ambiguous=source.get("ambiguous", "earlier"),
            missing=source.get("missing", "later"), place=data.get("place", {}), columns=columns,
            public=frozenset(source.get("public", ())), status=data["status"], categories=data["categories"],
            own_categories=data.get("category", []), duplicates=data.get("duplicates", {}),
            contradictions=tuple(map(_contradiction, data.get("contradiction", []))),
        )  # fmt: skip
    except OSError:
        raise unfit_map(_("The map file cannot be read: %(file)s.") % {"file": path}) from None
    except UnicodeDecodeError:
        raise unfit_map(_("The map file is not written in UTF-8.")) from None
    except tomllib.TOMLDecodeError as error:
        raise unfit_map(_("The map file is no TOML: %(why)s.") % {"why": error}) from None
    except ZoneInfoNotFoundError:
        raise unfit_map(_("The map file names a time zone that there is not.")) from None
    except KeyError as error:
        raise unfit_map(_("The map file lacks: %(key)s.") % {"key": error.args[0]}) from None
    except (TypeError, AttributeError, ValueError) as error:
        raise unfit_map(_("The map file has a value that does not fit: %(why)s.") % {"why": error}) from None
    _check(made)
    return made


def _contradiction(row: dict[str, Any]) -> Contradiction:
    when = tuple(Condition.read(text) for text in row["when"])
    then = []
    for text in row["then"]:
        verb, _space, what = text.partition(" ")
        allowed = {
            "clear": {*TIMES, POINT} - {"reported_at"}, "state": set(State.values), "skip": {""}, "anonymous": {""},
        }  # fmt: skip
        if what not in allowed.get(verb, set()):
            words = _('The contradiction %(name)s says "%(text)s", which cannot be done.')
            raise unfit_map(words % {"name": row["name"], "text": text})
        then.append((verb, what))
    return Contradiction(row["name"], when, tuple(then), row.get("why", ""), row.get("found"))


def _check(made: Map) -> None:
    if lacking := [name for name in MUST if name not in made.columns]:
        raise unfit_map(_("The map file names no column for: %(names)s.") % {"names": ", ".join(lacking)})
    if strange := sorted(set(made.columns) - set(KNOWN)):
        words = _("The map file names columns that cases do not have: %(names)s.")
        raise unfit_map(words % {"names": ", ".join(strange)})
    if strange := sorted(set(made.status.values()) - set(State.values)):
        words = _("The map file names states that cases do not have: %(names)s.")
        raise unfit_map(words % {"names": ", ".join(strange)})
    if strange := sorted(made.public - MAY_BE_PUBLIC):
        words = _("Only the summary can be public; the map file also says: %(names)s.")
        raise unfit_map(words % {"names": ", ".join(strange)})
    if not made.key or len(made.key) > 60:
        raise unfit_map(_("The map file's source needs a key of 1 to 60 letters."))


def unfit_map(words: str) -> Refused:
    """Refuse a map file."""
    return Refused("import_map", words, 422)

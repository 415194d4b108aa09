"""What can be brought in as a table: modules register an importer for each kind when they start."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refused

from .layouts import Layout
from .reading import Table, read_table

AT_ONCE = 1000  # rows in one transaction


@contextmanager
def at_rest() -> Iterator[None]:
    """Keep the collector of cycles away from what is in memory now: a large table has none, and it would look often."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@dataclass
class Plan:
    """What a checked table comes to, before anything is written."""

    rows: list[Any] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)  # "new", "known", and what else is worth telling

    @property
    def new(self) -> int:
        return self.counts.get("new", len(self.rows))

    @property
    def known(self) -> int:
        return self.counts.get("known", 0)

    def batches(self, size: int = AT_ONCE) -> Iterator[list[Any]]:
        """Cut the rows into those of one transaction each."""
        with at_rest():
            for start in range(0, len(self.rows), size):
                yield self.rows[start : start + size]


class Importer:
    """One kind of table: checks it against what is there, writes what is new, and can give out the same again."""

    key: ClassVar[str]
    label: ClassVar[Any]
    layout: ClassVar[Layout]
    capability: ClassVar[str]

    def check(self, community: Any, table: Table, *, by: Any) -> Plan:
        """Look up what the rows name, in few statements; add problems to the table's report."""
        raise NotImplementedError

    def write(self, community: Any, plan: Plan, *, by: Any, advance: Callable[[int], Any]) -> int:
        """Write what is new, up to 1,000 rows in one transaction; a second run adds none."""
        raise NotImplementedError

    def rows(self, community: Any, *, by: Any) -> Iterable[dict[str, Any]] | None:
        """Give out what is here as rows of the same layout, or None if it stays inside."""
        return None


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> Importer:
    """Offer a kind of table to the command, the page and the API."""
    _importers[importer.key] = importer
    return importer


def importers(viewer: Any = None) -> list[Importer]:
    """List the kinds of tables, or those that this viewer may bring in."""
    return [one for one in _importers.values() if viewer is None or viewer.can(one.capability)]


def importer(key: str, viewer: Any = None) -> Importer:
    """Return the importer of a kind. Raises Refused; what one may not bring in is not there."""
    found = _importers.get(key)
    if found is None or (viewer is not None and not viewer.can(found.capability)):
        words = _("There is no such kind of table: %(kind)s. Kinds are: %(kinds)s.")
        kinds = _(", ").join(one.key for one in importers(viewer)) or "–"
        raise Refused("no_such_table", words % {"kind": key[:40], "kinds": kinds}, 404)
    return found


def examine(
    kind: Importer, community: Any, file: Any, *, by: Any, filename: str = "", sheet: str = ""
) -> tuple[Table, Plan]:
    """Read a file and check it, and write nothing. Raises Refused when it is no such table at all."""
    table = read_table(file, kind.layout, filename=filename, sheet=sheet)
    with at_rest():
        plan = kind.check(community, table, by=by)
    table.report.counts.update(plan.counts)
    return table, plan

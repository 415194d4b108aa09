"""Reading what another server answers: strictly, within bounds, and never what it merely claims to be.

XML is read by expat alone: a document type, an entity or a depth that no GeoReport needs ends it (decision 0040).
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

import msgspec

DEEPEST = 12
MOST_ELEMENTS = 100_000


class Unreadable(ValueError):
    """What came back is no GeoReport."""


def read_rows(body: bytes, form: str, container: str, item: str) -> list[dict[str, Any]]:
    """Return the rows of an answer. Raises Unreadable."""
    found: Any = _json(body) if form == "json" else _xml(body, container)
    if isinstance(found, dict):
        # Some servers keep the container in JSON; XML always has it.
        found = found.get(container, found.get(item, [] if form == "xml" else None))
        found = found.get(item, []) if isinstance(found, dict) and item in found else found
    if found in ("", None) and form == "xml":
        return []
    rows = found if isinstance(found, list) else [found]
    if not all(isinstance(row, dict) for row in rows):
        raise Unreadable("rows")
    return rows


def text_of(row: dict[str, Any], name: str, most: int = 4000) -> str:
    """Return a value as text; what is no single value counts as none."""
    value = row.get(name)
    if value is None or isinstance(value, dict | list | bool):
        return ""
    return str(value).strip().replace("\x00", "")[:most]


def list_of(row: dict[str, Any], container: str, item: str) -> list[dict[str, Any]]:
    """Return the rows that stand inside a row."""
    found = row.get(container)
    if isinstance(found, dict):
        found = found.get(item)
    found = found if isinstance(found, list) else [found]
    return [each for each in found if isinstance(each, dict)]


def _json(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, RecursionError, ValueError):
        raise Unreadable("json") from None


def _xml(body: bytes, container: str) -> Any:
    tree = _Tree()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = tree.start, tree.end
    parser.CharacterDataHandler = tree.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = tree.refuse
    parser.buffer_text = True
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Unreadable("xml") from None
    if tree.root is None or tree.root[0] != container:
        raise Unreadable("root")
    return tree.root[1]


class _Tree:
    """Elements as dictionaries; those of the same name as a list; without children, their text."""

    def __init__(self) -> None:
        self.root: tuple[str, Any] | None = None
        self.open: list[tuple[str, dict[str, Any], list[str]]] = []
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) >= DEEPEST or self.count > MOST_ELEMENTS:
            raise Unreadable("bounds")
        self.open.append((name, {}, []))

    def text(self, text: str) -> None:
        if self.open:
            self.open[-1][2].append(text)

    def end(self, name: str) -> None:
        _name, children, text = self.open.pop()
        value: Any = children or "".join(text).strip()
        if not self.open:
            self.root = (name, value)
            return
        beside = self.open[-1][1]
        if name not in beside:
            beside[name] = value
        elif isinstance(beside[name], list):
            beside[name].append(value)
        else:
            beside[name] = [beside[name], value]

    def refuse(self, *_about: Any) -> None:
        raise Unreadable("doctype")

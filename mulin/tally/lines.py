"""Where something stands in a JSON text: only looked for when something is wrong."""

from __future__ import annotations

import json
import re
from typing import Any

from .malformed import Path

_SPACE = re.compile(r"[ \t\r\n]*")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_decode = json.JSONDecoder().raw_decode
_string = json.JSONDecoder().parse_string  # type: ignore[attr-defined]  # the standard library's, not in its stubs


class Twice(ValueError):
    """A key that an object has twice."""


def line_at(raw: bytes, offset: int) -> int:
    """Say in which line a byte stands, from 1."""
    return raw.count(b"\n", 0, max(0, offset)) + 1


def path_of(text: str) -> Path:
    """Read a path as msgspec writes it: $.roll.entries[3]."""
    return tuple(name or int(at) for name, at in _STEP.findall(text))


def line_of(text: str, path: Path) -> int:
    """Say in which line what a path leads to begins; what is missing is where it would be."""
    at = _past(text, 0)
    for step in path:
        try:
            found = _member(text, at, step) if isinstance(step, str) else _element(text, at, step)
        except (ValueError, IndexError, RecursionError):
            break
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def _past(text: str, at: int) -> int:
    """Go past white space."""
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _member(text: str, at: int, name: str) -> int | None:
    """Find the value of a key in the object that begins here; the last one, as programs read it."""
    found = None
    at = _past(text, at + 1) if text[at] == "{" else len(text)
    while at < len(text) and text[at] == '"':
        key, at = _string(text, at + 1)
        at = _past(text, _past(text, at) + 1)
        if key == name:
            found = at
        try:
            at = _past(text, _decode(text, at)[1])
        except (ValueError, RecursionError):
            return found  # what is wrong may well be in it
        at = _past(text, at + 1) if text[at] == "," else len(text)
    return found


def _element(text: str, at: int, index: int) -> int | None:
    """Find an element of the array that begins here."""
    if text[at] != "[":
        return None
    at = _past(text, at + 1)
    for _nothing in range(index):
        at = _past(text, _decode(text, at)[1])
        if text[at] != ",":
            return None
        at = _past(text, at + 1)
    return at


def plain(text: str) -> Any:
    """Read JSON as plain data; the keys of an object are each there once. Raises Twice."""
    return json.loads(text, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        keys = [key for key, _value in pairs]
        raise Twice(next(key for at, key in enumerate(keys) if key in keys[:at]))
    return said


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]', re.S)


def line_of_twice(text: str) -> int:
    """Say in which line the first key stands that its object already had."""
    open_: list[set[str] | None] = []
    waiting = ""
    for token in _TOKEN.finditer(text):
        said = token[0]
        if said in "{[":
            open_.append(set() if said == "{" else None)
        elif said in "}]":
            open_.pop()
        elif said == ":" and open_ and (keys := open_[-1]) is not None:
            if waiting in keys:
                return text.count("\n", 0, token.start()) + 1
            keys.add(waiting)
        elif said[0] == '"':
            waiting = json.loads(said)
    return 0

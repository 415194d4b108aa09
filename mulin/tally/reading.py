"""Reading the file of a vote: whatever is wrong with it has a line and a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path as File
from typing import Any, TypeVar

import msgspec

from .files import FORMAT, Rows, Vote, is_complete, rows_of
from .lines import Twice, line_at, line_of, line_of_twice, path_of, plain
from .malformed import Malformed, Path
from .roll import Entry

MOST_MB = 512
_BOM = b"\xef\xbb\xbf"
_PATH = re.compile(r" - at `(?:key in )?(\$[^`]*)`$")
_TYPES = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_FIELD = re.compile(r"Object (contains unknown|missing required) field `([^`]*)`")
_LONG = re.compile(r"Expected `array` of at most length (\d+)")
_BYTE = re.compile(r"JSON is malformed: (.*) \(byte (\d+)\)")
_decoder = msgspec.json.Decoder(Vote)
Done = TypeVar("Done")


class Read(msgspec.Struct, frozen=True):
    """A vote as it was read, with the bytes it was read from and its rows as they are hashed."""

    vote: Vote
    raw: bytes
    rows: Rows

    def located(self, act: Callable[[Vote], Done]) -> Done:
        """Do something with the vote; what is wrong then gets its line. Raises Malformed."""
        try:
            return act(self.vote)
        except Malformed as wrong:
            wrong.line = line_of(self.raw.decode(), wrong.path)
            raise


def read(file: File) -> Read:
    """Read a file. Raises Malformed."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MOST_MB * 2**20 + 1)
    except OSError as error:
        raise Malformed("file_missing", why=error.strerror or "") from None
    if len(raw) > MOST_MB * 2**20:
        raise Malformed("file_size", most=MOST_MB)
    return load(raw)


def load(raw: bytes) -> Read:
    """Read the bytes of a file. Raises Malformed."""
    raw = raw.removeprefix(_BOM)
    try:
        vote = _decoder.decode(raw)
        rows = rows_of(vote)
    except msgspec.ValidationError as error:
        raise _invalid(raw, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _no_json(raw, str(error)) from None
    except (RecursionError, OverflowError):
        raise Malformed("file_deep", line=1) from None
    # What we wrote ourselves is known to be complete; anything else is looked through once more.
    if not is_complete(raw, vote, rows):
        _must_be_complete(raw, vote)
    return Read(vote, raw, rows)


def _no_json(raw: bytes, said: str) -> Malformed:
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        return Malformed("file_encoding", line=line_at(raw, error.start))
    if found := _BYTE.match(said):
        return Malformed("file_json", line=line_at(raw, int(found[2])), why=found[1])
    return Malformed("file_truncated", line=line_at(raw, len(raw.rstrip())))


def _invalid(raw: bytes, said: str) -> Malformed:
    """Say what does not fit, and in which line."""
    found = _PATH.search(said)
    path, bare = (path_of(found[1]), said[: found.start()]) if found else ((), said)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return Malformed("file_encoding", line=line_at(raw, error.start))
    if path == ("format",):
        return Malformed("file_format", path, line_of(text, path), said=_said_format(text))
    if long := _LONG.search(bare):
        path = _long_row(text, int(long[1]))
        return Malformed("file_long", path, line_of(text, path), where=where_of(path), most=long[1])
    where = where_of(path)
    if field := _FIELD.search(bare):
        lacking = field[1] == "missing required"
        at = path if lacking else (*path, field[2])
        code = "file_lacking" if lacking else "file_unknown"
        return Malformed(code, at, line_of(text, at), where=where, field=field[2])
    if types := _TYPES.search(bare):
        line = line_of(text, path)
        return Malformed("file_type", path, line, where=where, expected=types[1], got=types[2])
    return Malformed("file_value", path, line_of(text, path), where=where, why=bare.replace("`", ""))


def _long_row(text: str, most: int) -> Path:
    """Find the row with too many values: msgspec says how many there may be, and not where."""
    steps = ("roll", "entries") if most == len(Entry.__struct_fields__) else ("ballots",)
    try:
        rows: Any = plain(text)
        for step in steps:
            rows = rows[step]
        return (*steps, next(at for at, row in enumerate(rows) if len(row) > most))
    except (ValueError, LookupError, TypeError, RecursionError, StopIteration):
        return ()


def _said_format(text: str) -> str:
    found = re.search(r'"format"\s*:\s*("[^"\n]{0,60}"|[^,\s}]{0,20})', text)
    return found[1].strip('"') if found else ""


def where_of(path: Path) -> str:
    """Write a path as programs do, counting from 0: ballots[2][1]. The file itself is nothing."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _must_be_complete(raw: bytes, vote: Vote) -> None:
    """Refuse doubled keys and rows that leave values out: others would read something else. Raises Malformed."""
    text = raw.decode()
    try:
        said = plain(text)
    except Twice as twice:
        raise Malformed("file_twice", line=line_of_twice(text), field=str(twice)) from None
    complete = msgspec.to_builtins(vote)
    if path := _lacks(said, complete, ()):
        short = isinstance(path[-1], int)
        where = where_of(path[:-1])
        code = "file_short" if short else "file_lacking"
        raise Malformed(code, path, line_of(text, path[:-1]), where=where, field=path[-1])


def _lacks(said: Any, complete: Any, path: Path) -> Path:
    """Find the first thing that a file leaves out; the parts that may be missing are not missed."""
    if isinstance(complete, dict):
        for name in complete:
            if name not in said and not (path == () and name in OPTIONAL):
                return (*path, name)
        pairs = [(name, complete[name]) for name in complete if name in said]
    elif isinstance(complete, list | tuple):
        if len(said) < len(complete):
            return (*path, len(said))
        pairs = list(enumerate(complete)) if any(isinstance(each, list | tuple | dict) for each in complete) else []
    else:
        return ()
    for step, part in pairs:
        if found := _lacks(said[step], part, (*path, step)):
            return found
    return ()


OPTIONAL = ("present", "hands", "unreached", "lot", "hashes", "result")
__all__ = ["FORMAT", "OPTIONAL", "Read", "load", "read", "where_of"]

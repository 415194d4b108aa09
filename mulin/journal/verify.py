"""Checking a whole log: the tree against its heads, and the details against their commitments."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from . import signing
from .log import batches, root
from .merkle import EMPTY, TILE, Frontier, hash_lines, root_of
from .models import Head, Line, SignedHead, Tile

_SHOWN = 20  # problems of one kind that are named one by one
_DETAILS = """
SELECT d.seq, d.salt, d.body, l.commitment, d.noun_kind, {noun}, d.verb, d.actor, {at}
FROM journal_detail d LEFT JOIN journal_line l ON l.community_id = d.community_id AND l.seq = d.seq
WHERE d.community_id = %s AND d.seq >= %s AND d.seq < %s
"""

Progress = Callable[[int], None]


@dataclass
class Report:
    """What was found in one log."""

    community: UUID
    size: int
    root: str
    problems: list[str] = field(default_factory=list)
    erased: int = 0
    signed: int = 0

    @property
    def ok(self) -> bool:
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "log": str(self.community), "size": self.size, "root": self.root, "signed": self.signed,
            "erased": self.erased, "ok": self.ok, "problems": self.problems,
        }  # fmt: skip


def verify(community: UUID, *, details: bool = True, progress: Progress = lambda lines: None) -> Report:
    """Recompute the tree from the lines and compare it with the head, every signed head and every detail."""
    # In this order, others may write meanwhile: what is read first is never ahead of the head.
    last = Line.objects.filter(community=community).aggregate(last=Max("seq"))["last"]
    signed = {row.size: row for row in SignedHead.objects.filter(community=community).order_by("size")}
    head = Head.objects.get(key=community)
    report = Report(community, head.size, root(head).hex(), signed=len(signed))
    for row in signed.values():
        _check_signature(report, row)
    if last is not None and last >= head.size:
        report.problems.append(f"The head counts {head.size} lines, but there is a line {last}.")
    seen = _check_lines(report, signed, progress)
    if seen and seen.root().hex() != report.root:
        report.problems.append("The tree over the lines is not the one in the head: a line was changed.")
    if details:
        _check_details(report, progress)
    return report


def _check_signature(report: Report, row: SignedHead) -> None:
    signature, value = bytes(row.signature), bytes(row.root)
    if not signing.check(signing.public_key(), signature, row.community_id, row.size, value, row.at):
        report.problems.append(f"The signature of the head at {row.size} lines is not this installation's.")
    if row.size > report.size:
        report.problems.append(f"A head was signed at {row.size} lines, but the log has {report.size}: lines were lost.")
    if row.size == 0 and value != EMPTY:
        _was_rewritten(report, 0)


def _was_rewritten(report: Report, size: int) -> None:
    report.problems.append(f"The head signed at {size} lines has another root: history was rewritten.")


def _check_lines(report: Report, signed: dict[int, SignedHead], progress: Progress) -> Frontier | None:
    """Grow the tree tile by tile; return it, or nothing when lines are missing."""
    kept = Tile.objects.filter(community=report.community, index__lt=report.size // TILE)
    tiles = dict(kept.values_list("index", "hash"))
    frontier = Frontier()
    for rows in batches(report.community, 0, report.size):
        first, count = frontier.size, min(report.size - frontier.size, TILE * 8)
        if len(rows) != count:
            there = {row[0] for row in rows}
            gap = next(seq for seq in range(first, first + count) if seq not in there)
            report.problems.append(f"Line {gap} is missing: the head counts {report.size} lines.")
            return None
        hashes = hash_lines(rows)
        for start in range(0, count, TILE):
            _grow(report, frontier, hashes[start : start + TILE], signed, tiles)
        progress(count)
    return frontier


def _grow(
    report: Report, frontier: Frontier, part: list[bytes], signed: dict[int, SignedHead], tiles: dict[int, Any]
) -> None:
    start, end = frontier.size, frontier.size + len(part)
    whole: bytes | None = None
    if len(part) < TILE or any(start < size < end for size in signed):
        for item in part:
            whole = frontier.push(item)
            if row := signed.get(frontier.size):
                _compare(report, row, frontier)
    else:
        whole = root_of(part)
        frontier.push(whole, TILE.bit_length() - 1)
        if row := signed.get(end):
            _compare(report, row, frontier)
    if len(part) == TILE and bytes(tiles.pop(start // TILE, b"")) != whole:
        report.problems.append(f"The node kept for lines {start} to {end - 1} is not theirs: one of them was changed.")


def _compare(report: Report, row: SignedHead, frontier: Frontier) -> None:
    if bytes(row.root) != frontier.root():
        _was_rewritten(report, row.size)


def _check_details(report: Report, progress: Progress) -> None:
    """Compare what is kept in clear with what the lines committed to, columns included."""
    kept, wrong, step = 0, 0, TILE * 8
    postgres = connection.vendor == "postgresql"
    key = report.community if postgres else report.community.hex
    # As text on SQLite: its driver would build an object for every time.
    query = _DETAILS.format(noun="d.noun_id", at="d.at" if postgres else "'' || d.at")
    with connection.cursor() as cursor:
        for first in range(0, report.size, step):
            cursor.execute(query, [key, first, first + step])
            rows = cursor.fetchall()
            kept += len(rows)
            for row in rows:
                if not _is_true(row):
                    wrong += 1
                    if wrong <= _SHOWN:
                        report.problems.append(f"The details of line {row[0]} are not those it committed to.")
            progress(min(step, report.size - first))
    if wrong > _SHOWN:
        report.problems.append(f"So are the details of {wrong - _SHOWN} more lines.")
    report.erased = report.size - min(kept, report.size)


def _is_true(row: tuple[Any, ...]) -> bool:
    _, salt, body, commitment, kind, noun_id, verb, actor, at = row
    data, salt = body.encode(), bytes(salt)
    seen = sha256(len(salt).to_bytes(4, "big") + salt + len(data).to_bytes(4, "big") + data).digest()
    if commitment is None or seen != bytes(commitment):
        return False
    said = json.loads(body)
    when = at.replace(" ", "T") + "+00:00" if isinstance(at, str) else at.isoformat()
    noun = f"{kind}:{noun_id if isinstance(noun_id, UUID) else UUID(noun_id)}"
    return (said["noun"], said["verb"], said["actor"], said["at"]) == (noun, verb, actor, when)

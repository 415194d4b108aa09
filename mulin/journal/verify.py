"""Checking a whole log: the tree against its heads, and the details against their commitments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from mulin import sql

from . import signing
from .log import IN_PART, batches, root
from .merkle import EMPTY, TILE, Frontier, commit, hash_lines, root_of
from .models import Head, Line, SignedHead, Tile

_SHOWN = 20  # problems of one kind that are named one by one
_DETAILS = f"SELECT seq, salt, body, noun_kind, noun_id, verb, actor, {{at}} FROM journal_detail {IN_PART}"

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
    wrong = _check_lines(report, signed, details, progress)
    report.problems += [f"The details of line {seq} are not those it committed to." for seq in wrong[:_SHOWN]]
    if len(wrong) > _SHOWN:
        report.problems.append(f"So are the details of {len(wrong) - _SHOWN} more lines.")
    return report


def _check_signature(report: Report, row: SignedHead) -> None:
    signature, value = bytes(row.signature), bytes(row.root)
    if not signing.check(signing.public_key(), signature, row.community_id, row.size, value, row.at):
        report.problems.append(f"The signature of the head at {row.size} lines is not this installation's.")
    if row.size > report.size:
        report.problems.append(
            f"A head was signed at {row.size} lines, but the log has {report.size}: lines were lost."
        )
    if row.size == 0 and value != EMPTY:
        _was_rewritten(report, 0)


def _was_rewritten(report: Report, size: int) -> None:
    report.problems.append(f"The head signed at {size} lines has another root: history was rewritten.")


def _check_lines(report: Report, signed: dict[int, SignedHead], details: bool, progress: Progress) -> list[int]:
    """Grow the tree batch by batch and compare it with the head; return the lines whose details are not theirs."""
    kept = Tile.objects.filter(community=report.community, index__lt=report.size // TILE)
    tiles = dict(kept.values_list("index", "hash"))
    frontier = Frontier()
    wrong: list[int] = []
    for rows in batches(report.community, 0, report.size):
        first, count = frontier.size, min(report.size - frontier.size, TILE * 8)
        if len(rows) != count:
            there = {row[0] for row in rows}
            gap = next(seq for seq in range(first, first + count) if seq not in there)
            report.problems.append(f"Line {gap} is missing: the head counts {report.size} lines.")
            return wrong
        hashes = hash_lines(rows)
        for start in range(0, count, TILE):
            _grow(report, frontier, hashes[start : start + TILE], signed, tiles)
        if details:
            wrong += _wrong_details(report, rows)
        progress(count)
    if frontier.root().hex() != report.root:
        report.problems.append("The tree over the lines is not the one in the head: a line was changed.")
    return wrong


def _grow(report: Report, frontier: Frontier, part: list[bytes], signed: dict[int, SignedHead], tiles: Any) -> None:
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


def _wrong_details(report: Report, lines: list[tuple[int, bytes, str]]) -> list[int]:
    """Compare what is kept in clear, columns included, with what these lines committed to."""
    # As text on SQLite: its driver would build an object for every time.
    query = _DETAILS.format(at="at" if connection.vendor == "postgresql" else "'' || at")
    rows = sql.read(query, report.community, lines[0][0], lines[-1][0])
    report.erased += len(lines) - len(rows)
    commitments = {seq: commitment for seq, commitment, _ in lines}
    return sorted(row[0] for row in rows if not _is_true(row, commitments[row[0]]))


def _is_true(row: tuple[Any, ...], commitment: bytes) -> bool:
    _, salt, body, kind, noun_id, verb, actor, at = row
    data = body.encode()
    if commit(salt, data) != commitment:
        return False
    # The body is canonical JSON, so its text can be compared without reading it: ten times quicker over a million.
    when = f"{at.replace(' ', 'T')}+00:00" if isinstance(at, str) else at.isoformat()
    noun = noun_id if isinstance(noun_id, UUID) else _dashed(noun_id)
    last = body.rfind(',"noun":')
    return bool(
        body.startswith(f'{{"actor":"{actor}","at":"{when}","details":')
        and body.startswith(f',"noun":"{kind}:{noun}","to":"', last)
        and body.endswith(f'","verb":"{verb}"}}')
    )


def _dashed(key: str) -> str:
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"

"""A community's register from tables: 40,000 dwellings, 100,000 persons, and these in their 40,000 households."""

from __future__ import annotations

import csv
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from mulin import tables
from mulin.journal.log import Entry, size_of
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import writing
from mulin.territory.actions import found

from .results import Result

SUBJECT = "register"
DOORS, PERSONS = 100, 250  # at each entrance, of which there are four in each building
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建国志文"
NAMES = 20 * 31 * 31


def measure(database: str, quick: bool) -> None:
    """Measure each table with all its checks, from the file to the last line in the journal."""
    community = found("register", "Register", "R")
    entrances = 40 if quick else 400
    bare = _bare(community)
    Result(SUBJECT, database, "a line of the journal alone, CPU", bare, "µs").say()
    for kind, head, rows in (
        ("buildings", ("楼栋", "经度", "纬度"), _buildings(entrances)),
        ("entrances", ("楼栋", "楼门"), _entrances(entrances)),
        ("dwellings", ("楼栋", "楼门", "房号", "面积"), _dwellings(entrances)),
        ("persons", ("姓名", "手机号", "楼栋", "楼门", "出生日期"), _persons(entrances)),
        ("households", ("楼栋", "楼门", "房号", "姓名", "手机号", "出生日期", "关系", "监护人"), _members(entrances)),
    ):  # fmt: skip
        path = Path(settings.DATA) / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        _bring(database, community, kind, path, bare)


def _bring(database: str, community: Any, kind: str, path: Path, bare: float) -> None:
    lines, wall, cpu = size_of(community.pk), time.perf_counter(), time.process_time()
    table, plan = tables.examine(tables.importer(kind), community, path, by=SYSTEM)
    checked = time.process_time() - cpu
    for problem in table.report.problems[:5]:
        print(f"{kind}: row {problem.row}, {problem.column}: {problem.words}", flush=True)
    made = tables.importer(kind).write(community, plan, by=SYSTEM, advance=lambda _count: None)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    lines, most = size_of(community.pk) - lines, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if kind in {"buildings", "entrances"}:
        return
    counts = f"{lines:,} lines, {most:,.0f} MB at most, load {os.getloadavg()[0]:.1f}"
    Result(SUBJECT, database, f"{kind}, {made:,} rows", wall, "s", counts).say()
    Result(SUBJECT, database, f"{kind}, CPU", cpu, "s", f"{checked:.1f} s of it reading and checking").say()
    each = cpu / made * 1e6
    note = f"{each / bare:.1f} times a bare line; {lines / made:.1f} lines a row"
    Result(SUBJECT, database, f"{kind}, CPU of each row", each, "µs", note).say()


def _bare(community: Any) -> float:
    """Return the microseconds that one line takes, a thousand in a turn, with nothing else."""
    cpu = time.process_time()
    for _turn in range(10):
        with writing(community.pk) as turn:
            for _line in range(1000):
                turn.note(community.pk, Entry("bench", community.pk, "adopt", "system", now(), details={"row": 1}))
    return (time.process_time() - cpu) / 10_000 * 1e6


def _buildings(entrances: int) -> Iterator[tuple[Any, ...]]:
    return ((f"{at + 1}号楼", 117.1 + at * 0.0005, 39.19) for at in range(entrances // 4))


def _entrances(entrances: int) -> Iterator[tuple[Any, ...]]:
    return (_door(at) for at in range(entrances))


def _dwellings(entrances: int) -> Iterator[tuple[Any, ...]]:
    return (
        (*_door(at), f"{number // 4 + 1}{number % 4 + 1:02}", "89.50")
        for at in range(entrances) for number in range(DOORS)
    )  # fmt: skip


def _door(at: int) -> tuple[str, str]:
    return f"{at // 4 + 1}号楼", f"{at % 4 + 1}门"


def _everyone(entrances: int) -> Iterator[tuple[int, int, str, str, str]]:
    """Give entrance, dwelling, name, number and day of birth: two or three behind each door, each fifth a child."""
    for count in range(entrances * PERSONS):
        at, one = divmod(count, PERSONS)
        cycle, rest = divmod(count * 7919 % (NAMES * 6), NAMES)  # no two of one name are behind one door or born alike
        name = SURNAMES[rest % 20] + GIVEN[rest // 20 % 31] + GIVEN[rest // 620]
        is_child = one % 10 in {7, 9}
        year = 2014 + 2 * cycle + one % 2 if is_child else 1935 + cycle * 11 + one % 14
        number = "" if is_child else f"139{count:08}"
        yield at, one * DOORS // PERSONS, name, number, f"{year}-{one % 12 + 1:02}-{at % 28 + 1:02}"


def _persons(entrances: int) -> Iterator[tuple[Any, ...]]:
    return ((name, number, *_door(at), born) for at, _dwelling, name, number, born in _everyone(entrances))


def _members(entrances: int) -> Iterator[tuple[Any, ...]]:
    last, adult = (-1, -1), ""
    for at, dwelling, name, number, born in _everyone(entrances):
        if last != (at, dwelling):
            last, adult = (at, dwelling), name
        relation = ("户主" if adult == name else "配偶") if number else "子女"
        door = f"{dwelling // 4 + 1}{dwelling % 4 + 1:02}"
        yield *_door(at), door, name, number, born, relation, "" if number else adult

"""Mutation testing of the counting code: every small change of it must make a test of mulin/tally fail.

python -m bench.mutants [--only count] [--workers 2]
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import importlib.machinery
import importlib.util
import io
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).parents[1]
TALLY = ROOT / "mulin" / "tally"
FILES = ("count", "formulas", "gathering", "choosing", "roll", "problems", "ruleset")
# The quick ones first, before them those that are named as the file. Nothing here needs Django or a database.
TESTS = ("law", "count", "silence", "choosing", "roll", "problems", "edges")
LIMIT = 20  # seconds of processor time for one mutant, which then never ends: that is noticed, too
SURVIVED, KILLED, TOO_LONG = "survived", "killed", "too long"

Change = Callable[[Any], object]
COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
    ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
SWAPPED = {"any": "all", "all": "any", "min": "max", "max": "min", "len": "bool"}


@dataclass(frozen=True)
class Mutant:
    """One changed file."""

    module: str
    line: int
    what: str
    source: str


def mutants(name: str) -> Iterator[Mutant]:
    """Change a file in one place at a time."""
    tree = ast.parse((TALLY / f"{name}.py").read_text("utf-8"))
    spared = _spared(tree)
    nodes = [node for node in ast.walk(tree) if id(node) not in spared]
    places = {id(node): at for at, node in enumerate(ast.walk(tree))}
    for node in nodes:
        for what, change in _changes(node):
            other = copy.deepcopy(tree)
            target = next(each for at, each in enumerate(ast.walk(other)) if at == places[id(node)])
            change(target)
            text = ast.unparse(ast.fix_missing_locations(other))
            yield Mutant(f"mulin.tally.{name}", getattr(node, "lineno", 0), what, text)


def _spared(tree: ast.Module) -> set[int]:
    """List what says nothing at run time: docstrings, types, names of types."""
    spared: set[int] = set()
    for node in ast.walk(tree):
        apart: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            apart.append(node.value)
        if isinstance(node, ast.AnnAssign):
            apart.append(node.annotation)
        if isinstance(node, ast.arg) and node.annotation:
            apart.append(node.annotation)
        if isinstance(node, ast.FunctionDef) and node.returns:
            apart.append(node.returns)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("Literal", "Annotated"):
            apart.append(node)
        if isinstance(node, ast.ClassDef):
            apart += node.keywords
        for part in apart:
            spared |= {id(each) for each in ast.walk(part)}
    return spared


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Name the small changes of a node, each with the function that makes it."""
    if isinstance(node, ast.Compare):
        for at, found in enumerate(node.ops):
            for other in COMPARED[type(found)]:
                yield f"{type(found).__name__} -> {other.__name__}", partial(_compare, at, other)
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in COUNTED:
        counted = COUNTED[type(node.op)]
        yield f"{type(node.op).__name__} -> {counted.__name__}", partial(_put, "op", counted())
    elif isinstance(node, ast.BoolOp):
        swap = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} -> {swap.__name__}", partial(_put, "op", swap())
    else:
        yield from _others(node)


def _others(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Name the changes of all that compares and joins nothing."""
    if isinstance(node, ast.UnaryOp):
        yield f"without {type(node.op).__name__}", _without
    elif isinstance(node, ast.Constant):
        for value in _constants(node.value):
            yield f"{node.value!r} -> {value!r}", partial(_put, "value", value)
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield "condition turned", _turn
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "without its condition", partial(_put, "ifs", [])
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SWAPPED:
        swapped = SWAPPED[node.func.id]
        yield f"{node.func.id} -> {swapped}", partial(_put, "func", ast.Name(swapped, ast.Load()))
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "returns nothing", partial(_put, "value", ast.Constant(None))


def _put(field: str, value: object, node: Any) -> None:
    setattr(node, field, value)


def _compare(at: int, other: type[ast.cmpop], node: Any) -> None:
    node.ops[at] = other()


def _turn(node: Any) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _without(node: Any) -> None:
    """Turn `not x` into `not not x`, its truth, and -x into +x."""
    if isinstance(node.op, ast.Not):
        node.operand = ast.UnaryOp(ast.Not(), node.operand)
    else:
        node.op = ast.UAdd()


def _constants(value: object) -> tuple[object, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return value + 1, value - 1
    return (f"{value}~",) if isinstance(value, str) else ()


class Changed(importlib.machinery.SourceFileLoader):
    """Loads the mutant in place of its file."""

    def __init__(self, mutant: Mutant, path: str) -> None:
        super().__init__(mutant.module, path)
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.mutant.source, self.path, "exec")


class Finder:
    """Finds the mutant before the file."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        if name != self.mutant.module:
            return None
        file = str(TALLY / f"{name.rpartition('.')[2]}.py")
        return importlib.util.spec_from_file_location(name, file, loader=Changed(self.mutant, file))


def fate(mutant: Mutant | None) -> str:
    """Run the tests on a mutant in a process of its own; None: on the code as it is."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        os._exit(_tested(mutant))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return SURVIVED if code == 0 else TOO_LONG if code < 0 else KILLED


def _tested(mutant: Mutant | None) -> int:
    """Run the tests in this process until one fails; without pytest's collecting it takes a fifth of the time."""
    own = mutant.module.rpartition(".")[2] if mutant else ""
    if mutant is not None:
        sys.meta_path.insert(0, Finder(mutant))  # type: ignore[arg-type]
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            for name in sorted(TESTS, key=lambda name: name != own):
                module = importlib.import_module(f"mulin.tally.tests.test_{name}")
                for test in [each for word, each in vars(module).items() if word.startswith("test_")]:
                    _run(test)
    except BaseException:  # a test that fails, whatever way
        return 1
    return 0


def _run(test: Callable[..., object]) -> None:
    """Call a test with each set of its parameters."""
    sets: list[dict[str, object]] = [{}]
    for mark in getattr(test, "pytestmark", []):
        names, rows = mark.args
        several = [names] if isinstance(names, str) else list(names)
        given = [dict(zip(several, [row] if isinstance(names, str) else row, strict=True)) for row in rows]
        sets = [{**before, **after} for before in sets for after in given]
    for values in sets:
        test(**values)


def main() -> int:
    """Try all mutants and name those that no test noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=FILES, action="append")
    parser.add_argument("--workers", type=int, default=2)
    said = parser.parse_args()
    os.chdir(ROOT)
    sys.dont_write_bytecode = True
    import hypothesis.strategies  # all loaded once, before the forks
    import msgspec  # noqa: F401
    import pytest  # noqa: F401

    hypothesis.settings.register_profile("mutants", max_examples=20, deadline=None, derandomize=True, database=None)
    hypothesis.settings.load_profile("mutants")
    began = time.monotonic()
    if fate(None) != SURVIVED:
        print("The tests fail without a mutant: mend that first.", file=sys.stderr)
        return 2
    every = [one for name in said.only or FILES for one in mutants(name)]
    ends = Counter[str]()
    with ThreadPoolExecutor(said.workers) as pool:
        for one, end in zip(every, pool.map(fate, every), strict=True):
            ends[end] += 1
            if end != KILLED:
                print(f"{one.module.rpartition('.')[2]}.py:{one.line}: {one.what}: {end}", flush=True)
    noticed, minutes = len(every) - ends[SURVIVED], (time.monotonic() - began) / 60
    share = f"{100 * noticed / len(every):.1f} %"
    print(f"{noticed:,} of {len(every):,} noticed ({share}; {ends[TOO_LONG]} never ended), {minutes:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

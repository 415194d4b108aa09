"""`mulin flows`: write a page for each noun's life, from the table that the program itself obeys."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from mulin.kernel.flow import Limit, Move
from mulin.kernel.models import Noun, nouns

MADE = "<!-- Made by `mulin flows` from the flow itself. Change the flow, not this page. -->"


class Command(BaseCommand):
    help = "Write docs/flows/: a diagram, the moves and the clocks of every noun; --check says whether they are fresh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; exit code 1 when a page is stale.")
        parser.add_argument("--to", type=Path, default=settings.ROOT / "docs/flows", help="The folder.")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["to"]
        with override("en"):
            pages = {f"{model._meta.model_name}.md": page(model) for model in nouns()}
        if options["check"]:
            stale = [name for name, text in pages.items() if _read(folder / name) != text]
            stale += [path.name for path in sorted(folder.glob("*.md")) if path.name not in pages]
            if stale:
                raise CommandError(f"Not as the flows are now: {', '.join(stale)}. Run `mulin flows`.")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (folder / name).write_text(text, "utf-8")
            self.stdout.write(f"Wrote {name}.")


def page(model: type[Noun]) -> str:
    """Write the page of one noun."""
    flow = model.flow
    rows = [_row(model, move) for move in flow]
    head = "| Move | Name | From | To | Who | Needed first | Second person | What it does |"
    parts = [
        f"# The life of a {str(flow.noun).lower()}", MADE, _diagram(model), "## Moves",
        "\n".join([head, "|---" * 8 + "|", *rows]), "## Clocks", *[_clock(model, limit) for limit in flow.limits],
    ]  # fmt: skip
    if not flow.limits:
        parts.append("None: nothing here happens by itself.")
    parts.append(f"Declared in `{flow.package.replace('.', '/')}/flow.py`.")
    return "\n\n".join(parts) + "\n"


def _diagram(model: type[Noun]) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value} : {state.label}" for state in model.flow.states]
    for move in model.flow:
        for source, target in _arrows(move):
            lines.append(f"    {source} --> {target} : {move.label}")
    ends = {state.value for state in model.flow.states} - {
        source for move in model.flow for source, target in _arrows(move) if source != target
    }
    lines += [f"    {state.value} --> [*]" for state in model.flow.states if state.value in ends]
    return "\n".join([*lines, "```"])


def _arrows(move: Move) -> Iterator[tuple[str, str]]:
    """List a move's arrows; a move that may leave the state as it is draws none."""
    if not move.targets or set(move.targets) == set(move.sources):
        return
    for source in move.sources or ("[*]",):
        yield from ((str(source), str(target)) for target in move.targets)


def _row(model: type[Noun], move: Move) -> str:
    sources, targets = (_names(model, states) for states in (move.sources, move.targets))
    doc = (getdoc(model.flow.action(move.name)) or "").strip().splitlines()
    cells = (
        move.label, f"`{move.name}`", sources or "(new)", targets or "(stays)", move.who.label,
        move.needs.label if move.needs else "", move.second.label if move.second else "", doc[0] if doc else "",
    )  # fmt: skip
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _names(model: type[Noun], states: tuple[str, ...]) -> str:
    return ", ".join(f"*{model.flow.states(state).label}*" for state in states)


def _clock(model: type[Noun], limit: Limit) -> str:
    flow, says = model.flow, []
    then = flow[limit.then].label
    says.append(f"**{str(limit.label).capitalize()}** (`{limit.name}`) runs in: {_names(model, limit.states)}.")
    says.append(f"When its time is up: {then} (`{limit.then}`){', and again after each further span' * limit.again}.")
    if length := getdoc(limit.span):
        says.append(f"How long: {length}")
    if limit.pauses is not Limit.pauses:
        says.append(f"It can stand still. {getdoc(limit.pauses) or ''}".strip())
    if limit.rings is not Limit.rings:
        says.append("Only where that move can still be made.")
    for names, words in ((limit.restarts, "Starts anew with"), (limit.respans, "May get longer or shorter with")):
        if names:
            says.append(f"{words}: {', '.join(str(flow[name].label) for name in names)}.")
    return "- " + " ".join(says)


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""

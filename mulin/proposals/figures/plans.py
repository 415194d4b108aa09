"""A template as data: its steps, their canonical form and hash, the phase of each, and the packs that ship."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from mulin.people.figures import in_their_language

from .closed import (
    ACTORS,
    BODY,
    CARRY_OUT,
    DECIDED,
    DISCUSSED,
    DONE,
    EVIDENCE,
    JUDGE,
    JUDGED,
    KINDS,
    LONGEST_STEP,
    TIMED,
    VOTE,
)

PACK = Path(__file__).parents[1] / "packs" / "templates.toml"
FIELDS = {"kind", "zh", "en", "actor", "days", "evidence", "rules"}


@dataclass(frozen=True)
class StepPlan:
    """One step of a template."""

    kind: str
    zh: str
    en: str
    actor: str
    days: int
    evidence: tuple[str, ...] = ()
    rules: str = ""

    def __str__(self) -> str:
        return in_their_language(self.zh, self.en)

    @property
    def body(self) -> str:
        """Name the kind, or the id, of the body that acts; empty where none does."""
        return self.actor.removeprefix(BODY) if self.actor.startswith(BODY) else ""

    @property
    def ends_by_itself(self) -> bool:
        return self.kind in TIMED and not self.evidence


@dataclass(frozen=True)
class Plan:
    """A template: the way on which a proposal goes."""

    key: str
    zh: str
    en: str
    zh_about: str
    en_about: str
    source: str
    steps: tuple[StepPlan, ...]

    def __str__(self) -> str:
        return in_their_language(self.zh, self.en)

    @property
    def about(self) -> str:
        return in_their_language(self.zh_about, self.en_about)


def step_of(row: Mapping[str, Any]) -> StepPlan:
    """Read one step. Raises ValueError with what would work."""
    if unknown := sorted(set(row) - FIELDS):
        raise ValueError(_("A step has no field %(name)s.") % {"name": str(unknown[0])[:40]})
    told = {"en": "", "evidence": (), "rules": "", "days": 0, **row}
    zh, en, days = str(told.get("zh", "")).strip(), str(told["en"]).strip(), told["days"]
    if told.get("kind") not in KINDS:
        raise ValueError(_("A step is one of: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
    if not zh and not en:
        raise ValueError(_("Give each step a title."))
    actor = str(told.get("actor", ""))
    if actor not in ACTORS and not (actor.startswith(BODY) and actor != BODY):
        raise ValueError(_("Who acts in a step is one of: %(who)s.") % {"who": ", ".join((*ACTORS, "body:<kind>"))})
    if type(days) is not int or not 0 <= days <= LONGEST_STEP:
        raise ValueError(_("A step takes up to %(most)s whole days.") % {"most": LONGEST_STEP})
    evidence = told["evidence"]
    if isinstance(evidence, str) or not set(map(str, evidence)) <= set(EVIDENCE):
        raise ValueError(_("What closes a step is among: %(evidence)s.") % {"evidence": ", ".join(EVIDENCE)})
    kept = tuple(key for key in EVIDENCE if key in evidence)
    return StepPlan(told["kind"], (zh or en)[:60], (en or zh)[:60], actor, days, kept, str(told["rules"])[:40])


def steps_of(rows: Sequence[Mapping[str, Any]]) -> tuple[StepPlan, ...]:
    """Read the steps of a template. Raises ValueError with what would work."""
    return tuple(step_of(row) for row in rows)


def written(steps: Sequence[StepPlan]) -> list[dict[str, Any]]:
    """Write steps as they are stored."""
    return [{**asdict(step), "evidence": list(step.evidence)} for step in steps]


def digest(key: str, steps: Sequence[StepPlan]) -> str:
    """Return the SHA-256 of a template in canonical JSON: keys sorted, no spaces, UTF-8."""
    told = {"key": key, "steps": written(steps)}
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def last_of(steps: Sequence[StepPlan], kind: str) -> int:
    """Return where the last step of a kind stands; -1 where there is none."""
    return max((at for at, step in enumerate(steps) if step.kind == kind), default=-1)


def phases(steps: Sequence[StepPlan]) -> list[str]:
    """Say to which of the five phases each step belongs."""
    votes, work = last_of(steps, VOTE), last_of(steps, CARRY_OUT)
    found = []
    for at, step in enumerate(steps):
        if step.kind == JUDGE:
            found.append(JUDGED)
        elif step.kind == CARRY_OUT or at > work > -1:
            found.append(DONE)
        elif step.kind == VOTE or at > votes > -1:
            found.append(DECIDED)
        else:
            found.append(DISCUSSED)
    return found


@cache
def shipped() -> dict[str, Plan]:
    """List the templates that ship with the program, by their keys."""
    rows = tomllib.loads(PACK.read_text("utf-8"))["template"]
    return {row["key"]: Plan(steps=steps_of(row.pop("step")), **row) for row in rows}

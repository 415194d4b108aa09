"""What must be true after any life: nothing is lost, the log is sound, rows and lines agree, clocks were kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from mulin.cases.models import Case
from mulin.journal.models import Detail, Job, Line
from mulin.journal.verify import verify
from mulin.kernel.clock import now
from mulin.kernel.models import Noun, nouns
from mulin.territory.models import Community

TIMED = ("clock", "system")
GRACE = timedelta(hours=1)  # refused moves of the clock back off


def faults(community: Community, made: Counter[tuple[UUID, str]]) -> list[str]:
    """Say all that is wrong in a community; `made` is how often its people made which move."""
    log = verify(community.pk)
    said = [f"log: {problem}" for problem in log.problems]
    last: dict[UUID, str] = {}
    by_people: Counter[str] = Counter()
    for noun_id, verb, actor, after in _lines(community.pk):
        last[noun_id] = after
        by_people[verb] += actor not in TIMED
    said += _lost(community, made, by_people, log.size)
    for model in nouns():
        said += _apart(model, community, last)
    if left := Job.objects.filter(community=community.pk).count():
        said.append(f"jobs: {left} were left undone")
    return said


def _lines(community: UUID) -> Iterator[tuple[UUID, str, str, str]]:
    rows = Detail.objects.filter(community=community).order_by("seq").values_list("noun_id", "verb", "actor", "body")
    for noun_id, verb, actor, body in rows.iterator(2000):
        yield noun_id, verb, actor, json.loads(body)["to"]


def _lost(community: Community, made: Counter[tuple[UUID, str]], by_people: Counter[str], size: int) -> Iterator[str]:
    for (key, verb), times in sorted(made.items()):
        if key == community.pk and verb != "second" and times > by_people[verb] + by_people[f"{verb}.asked"]:
            yield f"lost: {verb} was made {times} times, the log has {by_people[verb]}"
    cases, reported = Case.objects.filter(community=community).count(), by_people["report"]
    if cases != reported:
        yield f"lost: {reported} reports, {cases} cases"
    if (lines := Line.objects.filter(community=community.pk).count()) != size:
        yield f"lost: the head counts {size} lines, there are {lines}"


def _apart(model: type[Noun], community: Community, last: dict[UUID, str]) -> Iterator[str]:
    rows: Any = model._default_manager.filter(community=community)
    for key, state, rings_at in rows.values_list("pk", "state", "rings_at").iterator(2000):
        if last.get(key) != state:
            yield f"apart: {model._meta.label} {key} stands at {state}, its last line says {last.get(key)}"
        if rings_at and rings_at < now() - GRACE:
            yield f"late: the clock of {model._meta.label} {key} should have rung at {rings_at}"

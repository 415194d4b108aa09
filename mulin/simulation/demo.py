"""The demo: 宝翠花都 with 28 houses, and the month behind it, lived through actions alone. All of it is invented."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from mulin.cases import actions
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.worker import drain
from mulin.open311.actions import load_questions
from mulin.privacy.actions import load_purposes
from mulin.territory.actions import add_division, found
from mulin.territory.models import Community

from . import (
    calling,
    councils,
    course,
    dealings,
    discussing,
    patrols,
    posting,
    proposing,
    suggesting,
    supervision,
    talking,
    trouble,
    voting,
)
from .cast import people
from .counting import count
from .furnishing import furnish
from .life import Life
from .places import places
from .today import one_goes_up, today
from .town import Town

DAYS = 30
SEED = 20261122
MATTERS_A_DAY = 3.0


def build() -> Community:
    """Found the community, its places and people, and let a month pass."""
    # Nobody reads the mail of invented weeks.
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    end, chance = clock.now(), random.Random(SEED)
    clock.set(end.replace(minute=5, second=0, microsecond=0) - timedelta(days=DAYS))
    try:
        stage = _found(chance)
        life = Life([stage.town], chance, [(MATTERS_A_DAY, course.case)])
        calling.begin(stage, life, end)
        patrols.begin(stage, life, end)
        talking.begin(stage, life, end)
        suggesting.begin(stage, life, end)
        councils.begin(stage, life, end)
        posting.begin(stage, life, end)
        dealings.begin(stage, life, end)
        supervision.begin(stage, life, end)
        voting.begin(stage, life, end)
        proposing.begin(stage, life, end)
        life.live_until(end - timedelta(days=4))
        one_goes_up(stage)
        life.live_until(end - timedelta(hours=34))
        incident = trouble.begin(stage)
        discussing.begin(stage, incident)
        life.live_until(end - timedelta(hours=11))
        trouble.go_on(stage, incident)
        today(stage, end)
        patrols.set_out(stage)
        dealings.today(stage)
        count(stage)
        drain()
    finally:
        clock.reset()
    drain()
    return stage.community


@dataclass
class Stage:
    """The town of the demo, and who plays which part."""

    town: Town
    cast: dict[str, Any]
    number: int = 0  # of matters told so far, for their pictures
    callup: Any = None  # the one to which another unit is called in the end

    @property
    def community(self) -> Community:
        return self.town.community

    @property
    def entrances(self) -> list[Any]:
        return self.town.entrances


def _found(chance: random.Random) -> Stage:
    street = add_division("瑞景街道", 4, parent=add_division("北辰区", 3))
    community = found(slug="baocui", name="宝翠花都社区", name_en="Baocui Huadu", letter="B", division=street)
    spots = places(community)
    cast = people(community, spots["grids"], spots["buildings"], spots["entrances"])
    actions.load_categories(community, by=SYSTEM)
    load_purposes(community)
    load_questions(community, by=SYSTEM)
    furnish(community, cast, spots, chance)
    calling.name_liaison(community, cast)
    town = Town(
        community, spots["entrances"], cast["residents"], cast["officers"], cast["workers"], leads=cast["leads"],
        photographs=0.4,
    )  # fmt: skip
    return Stage(town, cast)

"""An invented town: its community, places and people, as those who act in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mulin.cases.models import Case
from mulin.kernel.viewer import Viewer
from mulin.people.models import Post
from mulin.territory.models import Community


@dataclass
class Town:
    """One community with its cast; every role is the viewer that a request would load."""

    community: Community
    entrances: list[Any]
    residents: list[Viewer]
    officers: list[Viewer]
    workers: list[Viewer]
    leads: list[Viewer] = field(default_factory=list)
    officer_posts: list[Post] = field(default_factory=list)
    photographs: float = 0.0  # how likely a photo is taken

    def handler(self, case: Case) -> Viewer:
        """Return who has the post in charge of a case, or the worker at the desk."""
        return next((one for one in self.officers if case.post_id in one.posts), self.workers[0])

"""The course of one case in an invented town, as a generator that says when it goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.cases import actions, queries
from mulin.cases.flow import OPEN, State
from mulin.cases.models import Case
from mulin.kernel import clock
from mulin.kernel.engine import second
from mulin.kernel.viewer import NOBODY, Viewer

from . import matters, pictures
from .life import Course, Life
from .town import Town

Steps = tuple[str, float]
# What becomes of a case that was taken on, and how likely.
WAYS: tuple[Steps, ...] = (
    ("solve", 0.66), ("ask", 0.1), ("wait", 0.07), ("pass_up", 0.04), ("refuse", 0.05), ("merge", 0.04),
    ("withdraw", 0.04),
)  # fmt: skip


def case(life: Life, town: Town) -> Course:
    """Let someone report something, and the neighbourhood deal with it."""
    matter = life.chance.choice(matters.MATTERS)
    about = _Matter(life, town, matter, _report(life, town, matter))
    yield life.soon(10, 300)
    about.neighbours()
    if life.likely(0.93):  # else nobody takes it on until it goes up by itself
        yield life.at_work(town, 3, 40)
        about.accept()
    else:
        yield life.at_work(town, 60, 900)
        about.find_someone()
        yield life.at_work(town, 3, 30)
        about.accept()
    yield from about.deal_with()


def _report(life: Life, town: Town, matter: matters.Matter) -> Any:
    roll = life.chance.random()
    how = "anonymous" if roll < 0.1 else "confidential" if roll < 0.18 else "named"
    by = NOBODY if how == "anonymous" else life.chance.choice(town.residents)
    category = next(row for row in queries.leaves(town.community.pk) if row.key == matter.category)
    photos = [pictures.before(life.chance.randrange(8))] if life.likely(town.photographs) else []
    return life.do(
        town, "report", actions.report, by=by, community=town.community, words=matter.words, category=category,
        place=queries.where(town.community, entrance=life.chance.choice(town.entrances)), disclosure=how,
        photos=photos,
    )  # fmt: skip


class _Matter:
    """One case on its way, and the people around it."""

    def __init__(self, life: Life, town: Town, matter: matters.Matter, case: Case) -> None:
        self.life, self.town, self.matter, self.key = life, town, matter, case.pk
        self.reporter = next((one for one in town.residents if one.person_id == case.reporter_id), None)

    @property
    def case(self) -> Case:
        """Read it again: a day may have passed."""
        rows = Case.objects.select_related("category", "post__kind").filter(community=self.town.community)
        found: Case = rows.get(pk=self.key)
        return found

    @property
    def handler(self) -> Viewer:
        return self.town.handler(self.case)

    def try_(self, verb: str, by: Viewer | None, **answers: Any) -> bool:
        """Make a move if it can be made now."""
        case = self.case
        if by is None or case.flow.why_not(verb, by, case):
            return False
        self.life.do(self.town, verb, case.flow.action(verb), case, by=by, **answers)
        return True

    def neighbours(self) -> None:
        for one in self.life.chance.sample(self.town.residents, min(2, len(self.town.residents))):
            if self.life.likely(0.3):
                self.try_("me_too", one)

    def accept(self) -> None:
        if self.try_("accept", self.handler) and self.life.likely(0.3):
            self.try_("note", self.handler, words=self.life.chance.choice(matters.NOTES), audience="reporter")

    def find_someone(self) -> None:
        """Let the desk give to someone what lay around."""
        post = self.case.post or (self.town.officer_posts and self.life.chance.choice(self.town.officer_posts))
        if post:
            self.try_("assign", self.town.workers[0], post=post)

    def deal_with(self) -> Course:
        ways, shares = zip(*WAYS, strict=True)
        way = self.life.chance.choices(ways, shares)[0] if self.matter.cause else "refuse"
        yield self.life.at_work(self.town, 30, 500)
        if (yield from getattr(self, f"_{way}")()):
            yield self.life.at_work(self.town, 60, 900)
            yield from self._solve()

    def _ask(self) -> Any:
        self.try_("ask", self.handler, words=self.life.chance.choice(matters.QUESTIONS))
        yield self.life.soon(30, 1800)
        if self.life.likely(0.8):
            self.try_("reply", self.reporter, words=self.life.chance.choice(matters.ANSWERS))
        return True

    def _wait(self) -> Any:
        until = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=self.life.chance.randint(1, 3))
        self.try_("wait", self.handler, reason=self.life.chance.choice(matters.REASONS), until=until)
        yield until
        if self.life.likely(0.6):
            self.try_("resume", self.handler)
        return True

    def _pass_up(self) -> Any:
        self.try_("pass_up", self.handler, reason="要社区出面")
        yield self.life.at_work(self.town, 20, 200)
        self.try_("accept", self.town.workers[0])
        return True

    def _refuse(self) -> Any:
        worker, other = self.town.workers[:2]
        handler = self.handler
        words = self.life.chance.choice(matters.REFUSALS)
        if not self.try_("refuse", handler, why="not_a_matter", words=words):
            return False
        yield self.life.at_work(self.town, 20, 300)
        agree = self.life.likely(0.8)
        case = self.case
        if case.state in OPEN:
            by = other if handler is worker else worker
            self.life.do(self.town, "second", second, case, "refuse", by=by, agree=agree)
        return not agree and bool(self.matter.cause)

    def _merge(self) -> Any:
        case = self.case
        same = Case.objects.filter(community=case.community_id, category=case.category_id, state__in=OPEN)
        into = same.filter(building=case.building_id).exclude(pk=case.pk).order_by("created_at", "number").first()
        yield self.life.soon(1, 5)
        return not (into and self.try_("merge", self.handler, into=into))

    def _withdraw(self) -> Any:
        yield self.life.soon(1, 60)
        return not self.try_("withdraw", self.reporter)

    def _solve(self) -> Any:
        photos = [pictures.after(self.life.chance.randrange(8))] if self.life.likely(self.town.photographs) else []
        said = {"cause": self.matter.cause, "remedy": self.matter.remedy, "photos": photos}
        if not self.try_("solve", self.handler, **said):
            return False
        if self.life.likely(0.5):
            summary = f"{self.case.category}：{self.matter.remedy}"
            self.try_("summarise", self.town.workers[0], summary=summary)
        yield self.life.soon(60, 2000)
        roll = self.life.chance.random()
        if roll < 0.08 and self.try_("reopen", self.reporter, reason=self.life.chance.choice(matters.AGAIN)):
            yield self.life.at_work(self.town, 10, 60)
            self.accept()
            yield self.life.at_work(self.town, 60, 600)
            self.try_("solve", self.handler, **{**said, "photos": []})
            yield self.life.soon(60, 900)
        if roll < 0.75 and self.case.state == State.SOLVED:
            rating = self.life.chance.choices((3, 2, 1), (8, 2, 1))[0]
            self.try_("confirm", self.reporter, rating=rating)
        return False

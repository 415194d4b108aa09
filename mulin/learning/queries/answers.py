"""What was answered to matters of the same kind: words of those in charge, masked, that one may take over."""

from __future__ import annotations

from dataclasses import dataclass

from mulin.cases.models import Case
from mulin.text.words import segment

from ..figures.likeness import telling
from .lessons import lesson_of

MOST = 3


@dataclass(frozen=True)
class Answer:
    """What was said when such a matter was solved, asked about or refused."""

    words: str
    cause: str
    times: int


def answers_for(case: Case, move: str, most: int = MOST) -> list[Answer]:
    """List answers given to the same kind of matter: those nearest to its words first, then the frequent ones."""
    given = lesson_of(case.community_id).answers.get(move, {}).get(case.category.key, [])
    mine = telling(case.search.split())

    def fits(answer: tuple[str, str, int]) -> tuple[int, int, str]:
        cause, words, times = answer
        shared = mine & telling(segment(f"{cause} {words}").split())
        return (-len(shared), -times, words)

    listed = sorted(((cause, words, times) for cause, words, times in given), key=fits)[:most]
    return [Answer(words, cause, times) for cause, words, times in listed]

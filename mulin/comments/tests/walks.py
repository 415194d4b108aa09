"""How comments and cooling-offs are made for walks through their flows, and for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from mulin.comments import actions
from mulin.comments.models import Comment, Pause
from mulin.incidents import actions as incidents
from mulin.kernel import clock
from mulin.kernel.worker import drain, tick

WORDS = "Why was the firm paid before it came?"


def incident(town: Any, **more: Any) -> Any:
    """Declare an incident, the first public matter that can be commented."""
    given = {"title": "No light in the north", "words": "The switch box burnt out.", **more}
    return incidents.declare(by=town.worker, community=town.community, **given)


def written(town: Any, on: Any = None, by: Any = None, words: str = WORDS, **more: Any) -> Comment:
    return actions.write(by=by or town.resident, community=town.community, on=on or incident(town), words=words, **more)


def hidden(town: Any, comment: Any = None, by: Any = None, reason: str = "insult") -> Comment:
    comment = comment or written(town)
    return actions.hide(comment, by=by or town.worker, reason=reason, words="It calls somebody names.")


def asked(town: Any, comment: Any = None, **more: Any) -> Comment:
    return actions.ask(hidden(town, comment, **more), by=town.resident, words="I only asked.")


def reported(town: Any, comment: Any = None, by: Any = None, **more: Any) -> Comment:
    given = {"reason": "insult", "words": "It is rude.", **more}
    return actions.report(comment or written(town), by=by or town.neighbour, **given)


def cooled(town: Any, on: Any = None, **more: Any) -> Pause:
    given = {"reason": "heated", "words": "Let us all sleep on it.", "hours": 24, **more}
    return actions.cool(by=town.worker, community=town.community, on=on or incident(town), **given)


def again(noun: Any) -> Any:
    return type(noun).objects.for_list().get(pk=noun.pk)


def later(**by: Any) -> None:
    clock.advance(timedelta(**by))
    tick()
    drain()
    tick()


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:800]
    return answer.content.decode()


def main(answer: Any) -> str:
    """What a page itself says, without navigation and foot."""
    return text(answer).split("<main", 1)[1].split("</main", 1)[0]


def comment_walk(town: Any, pick: Any) -> Any:
    begun = [
        lambda: written(town), lambda: reported(town), lambda: hidden(town), lambda: asked(town),
        lambda: asked(town, reason="advert"), lambda: written(town, by=town.worker),
    ]  # fmt: skip
    return again(pick(begun)()), []


def pause_walk(town: Any, pick: Any) -> Any:
    pause = cooled(town, hours=pick([1, 24, 72]))
    if pick([True, False]):
        clock.advance(timedelta(hours=pause.hours, minutes=1))
    return again(pause), []


WALKS = {"comments.Comment": comment_walk, "comments.Pause": pause_walk}

"""Group robots: their moves, what they are to say, and saying it. Lines of the log name no address and no secret."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.clocks import back_off
from mulin.kernel.engine import Once, begin, moves, writing
from mulin.kernel.refusals import Refused
from mulin.secrecy.fields import hash_of

from ..figures import AGAIN, GATHER, MOST_ROBOTS, SERVICES, TRIES
from ..flow import OPEN, ROBOT
from ..models import Message, Robot
from ..queries import due_messages, hearing, line_about
from .wire import say

log = logging.getLogger(__name__)
AT_ONCE = 5  # robots at one turn of the worker: each may take some seconds


def add(
    *, by: Any, community: Any, name: str, service: str, address: str, events: list[str], secret: str = "",
    once: Once | None = None,
) -> Robot:  # fmt: skip
    """Let a group chat hear what happens here; it gets a trial message at once."""
    robot = Robot(
        community=community, name=name, service=service, address=address, secret=secret, events=sorted(events),
        owner_id=by.person_id,
    )  # fmt: skip
    with writing(community.pk):
        details = {"service": service, "events": robot.events}
        made = begin(robot, by=by, verb="add", once=once, prepare=_has_room, details=details)
        if not made.is_repeat:
            _trial(made)
    return made


def _has_room(turn: Any, robot: Robot) -> None:
    if robot.owner_id is None:
        raise Refused("not_here", _("Who can do this: people of this community."), status=403)
    here = Robot.objects.filter(community_id=robot.community_id, state__in=OPEN)
    if here.filter(address_hash=hash_of("robot-address", robot.address)).exists():
        raise Refused("has_it", _("This group is told already. Change that robot, or remove it first."))
    if here.count() >= MOST_ROBOTS:
        words = _("A community has at most %(most)s group robots. Remove one that nobody needs.")
        raise Refused("too_many", words % {"most": MOST_ROBOTS})


def _trial(robot: Robot) -> None:
    at = now()
    Message.objects.create(community_id=robot.community_id, robot=robot, verb="ping", created_at=at, next_at=at)


@moves(ROBOT)
def ping(robot: Robot, *, by: Any) -> None:
    """Send a trial message that says only that news will come."""
    _trial(robot)


@moves(ROBOT)
def change(robot: Robot, *, by: Any, name: str, events: list[str]) -> dict[str, Any]:
    """Change its name and what it hears from now on."""
    robot.name, robot.events = name, sorted(events)
    return {"events": robot.events}


@moves(ROBOT)
def pause(robot: Robot, *, by: Any) -> None:
    """Say nothing for now; what happens meanwhile is not told afterwards."""
    _forget(robot)


@moves(ROBOT)
def suspend(robot: Robot, *, by: Any) -> None:
    """Say nothing more, since the group could not be reached; whoever added the robot hears of it."""
    _forget(robot)


@moves(ROBOT)
def resume(robot: Robot, *, by: Any) -> None:
    """Tell the group again, from now on."""


@moves(ROBOT)
def extend(robot: Robot, *, by: Any) -> None:
    """Keep it for another year from today."""


@moves(ROBOT)
def end(robot: Robot, *, by: Any) -> None:
    """Remove it for good, and forget its address."""
    _close(robot)


@moves(ROBOT)
def expire(robot: Robot, *, by: Any) -> None:
    """End it after a year in which nobody wanted it longer, and forget its address."""
    _close(robot)


def _close(robot: Robot) -> None:
    _forget(robot)
    robot.address, robot.secret = f"ended {robot.pk}", ""


def _forget(robot: Robot) -> None:
    Message.objects.filter(robot=robot, community=robot.community_id, state="waiting").update(state="failed")


def tell_groups_of(community_id: UUID, kind: str, noun_id: UUID, verb: str) -> None:
    """Leave a message for each group chat that hears of this."""
    at = now()
    Message.objects.bulk_create([
        Message(
            community_id=community_id, robot=robot, kind=kind, noun_id=noun_id, verb=verb, created_at=at,
            next_at=at + GATHER,
        )
        for robot in hearing(community_id, f"{kind}.{verb}")
    ])  # fmt: skip


def say_due() -> int:
    """Tell groups what is due, what came together in one message; return how many things were told."""
    return sum(_say(group) for group in due_messages(AT_ONCE))


def _say(group: list[Message]) -> int:
    robot = group[0].robot
    rows = Message.objects.filter(pk__in=[each.pk for each in group], community=robot.community_id)
    # Taken before it is said: of two workers only one says it, and no transaction is open meanwhile.
    if rows.filter(state="waiting", next_at__lte=now()).update(next_at=now() + AGAIN) < len(group):
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        lines = [line for each in group if (line := line_about(each))]
        taken = not lines or _hand_over(robot, "\n".join(lines))
    tries = group[0].attempts + 1
    if taken:
        rows.update(state="sent", attempts=tries)
        return len(group)
    if tries < TRIES:
        rows.update(attempts=tries, next_at=now() + back_off(tries - 1))
        return 0
    rows.update(state="failed", attempts=tries)
    try:
        suspend(Robot.objects.get(pk=robot.pk, community=robot.community_id), by=SYSTEM)
    except Refused as refused:
        log.info("Robot %s stays as it is: %s", robot.pk, refused.code)
    return 0


def _hand_over(robot: Robot, words: str) -> bool:
    if robot.service == "mail":
        try:
            send_mail(_("News from %(community)s") % {"community": robot.community.name}, words, None, [robot.address])
        except Exception:
            log.exception("The mail of robot %s failed", robot.pk)
            return False
        return True
    return say(SERVICES[robot.service], robot.address, robot.secret, words)

"""Which group chats hear of something, what is due to them, and how a thing is named there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from mulin.kernel.clock import now

from ..figures import GROUPS, MOST_SHOWN, event_words
from ..flow import State
from ..models import Message, Robot


def hearing(community_id: UUID, event: str) -> list[Robot]:
    """List the active robots of a community that hear of an event; only where its kind may be told to groups."""
    if event.rpartition(".")[0] not in GROUPS:
        return []
    rows = Robot.objects.filter(community=community_id, state=State.ACTIVE)
    return [robot for robot in rows if event in robot.events]


def due_messages(most: int) -> list[list[Message]]:
    """List what is due to groups, by robot, the longest waiting first."""
    rows = Message.objects.filter(state="waiting", next_at__lte=now(), robot__state=State.ACTIVE)
    groups: dict[UUID, list[Message]] = {}
    for message in rows.select_related("robot__community").order_by("next_at", "pk")[: most * MOST_SHOWN]:
        groups.setdefault(message.robot_id, []).append(message)
    return [group[:MOST_SHOWN] for group in list(groups.values())[:most]]


def line_about(message: Message) -> str:
    """Write one line for a group: what happened to which number, where it can be read. Empty: nothing to say."""
    if not message.kind:
        return _("This is a trial from %(community)s. From now on news comes here.") % {
            "community": message.robot.community.name
        }
    rows: Any = apps.get_model(message.kind)._default_manager
    noun = rows.for_list().filter(pk=message.noun_id, community=message.community_id).first()
    said = GROUPS[message.kind](noun) if noun is not None and message.kind in GROUPS else ""
    if not said:
        return ""
    what = event_words(f"{message.kind}.{message.verb}")
    return f"{what}{_(': ')}{said}\n{settings.SITE_URL}{noun.get_absolute_url()}"


def messages_of(robot: Robot, most: int = 30) -> list[tuple[Message, str]]:
    """List what a robot's group was told lately, each in words."""
    rows = Message.objects.filter(robot=robot, community=robot.community_id).order_by("-created_at", "-pk")[:most]
    return [(row, event_words(f"{row.kind}.{row.verb}") if row.kind else _("Trial message")) for row in rows]


def tell_robots(account_id: UUID) -> list[tuple[Any, Any, str, str]]:
    """List the robots that someone added, for the page of what is known of them."""
    rows = Robot.objects.filter(owner__account_id=account_id).select_related("community")
    return [(row.community, row.created_at.date(), str(row), row.get_absolute_url()) for row in rows]

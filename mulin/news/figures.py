"""Who hears of which nouns, as the modules above told it when they started, and how often what waits is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.kernel.readers import Heard

AGAIN = timedelta(minutes=10)
GIVEN_UP = timedelta(days=1)  # who hears of it by mail later than that has long seen it here
LATE_DAILY = timedelta(days=2)  # the day's mail has waited for its hour already
SOON, ENDS = "due_soon", "ends_soon"  # the verbs of reminders: they tell of no line
MORNING = "morning"  # what a link ends that stands in a morning's letter
EVENING = time(18)  # when those who want one mail a day get it
MAILS = {
    "once": _("A mail for each thing, at once"), "daily": _("One mail each evening, with everything"),
    "never": _("No mails; I look here"),
}  # fmt: skip
LAST_FIFTH, LAST_HOUR = 5, timedelta(hours=1)  # of a promise; the reminder comes at the later of the two
KEPT = timedelta(days=30)  # reminders, mornings and what groups were told; what someone was told stays theirs
MOST_SHOWN = 20  # lines of one part of a letter, or of one message to a group

ROBOT_LIVES = timedelta(days=365)
MOST_ROBOTS = 20
GATHER = timedelta(seconds=5)  # groups take some twenty messages a minute: what comes at once goes together
TRIES = 5  # then a group that cannot be reached is left alone


@dataclass(frozen=True)
class Service:
    """Where a group chat lives: its words, what its code looks like, its fixed host, its class in apprise."""

    label: Any
    pattern: str  # of the address that the service gives; the code alone will do, too
    host: str = ""  # none: mail
    module: str = ""
    name: str = ""
    code: str = "token"  # what the class calls it
    takes_secret: bool = False


_CODE = r"(?P<code>[A-Za-z0-9_-]{16,128})"
# Only these: each has one host of its own, so that no address can lead into our network.
SERVICES = {
    "wecom": Service(
        _("WeCom"), rf"(https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=)?{_CODE}", "qyapi.weixin.qq.com",
        "apprise.plugins.wecombot", "NotifyWeComBot", "key",
    ),
    "dingtalk": Service(
        _("DingTalk"), rf"(https://oapi\.dingtalk\.com/robot/send\?access_token=)?{_CODE}", "oapi.dingtalk.com",
        "apprise.plugins.dingtalk", "NotifyDingTalk", takes_secret=True,
    ),
    "feishu": Service(
        _("Feishu"), rf"(https://open\.feishu\.cn/open-apis/bot/v2/hook/)?{_CODE}/?", "open.feishu.cn",
        "apprise.plugins.feishu", "NotifyFeishu",
    ),
    "mail": Service(_("Mail"), r"(?P<code>[^@\s]+@[^@\s]+\.[^@\s]+)"),
}  # fmt: skip

Who = Callable[[Heard], set[UUID]]
InCharge = Callable[[list[Any]], Mapping[UUID, set[UUID]]]
Say = Callable[[Any], str]


@dataclass(frozen=True)
class Hearing:
    """Which accounts hear of a line, and what each verb is in words for them."""

    who: Who
    sentences: Mapping[str, Any]
    voice: str = ""


@dataclass(frozen=True)
class Ending:
    """Who is told how long before that something of theirs ends, and in which words."""

    within: timedelta
    whose: InCharge
    sentence: Any


HEARINGS: dict[str, list[Hearing]] = {}  # by kind of noun
ENDINGS: dict[str, Ending] = {}
IN_CHARGE: dict[str, InCharge] = {}  # kinds whose promises are watched, and who is in charge of them
GROUPS: dict[str, Say] = {}  # kinds that group chats may hear of, and how one is named there


def sentence(kind: str, verb: str, voice: str = "") -> str:
    """Say in one sentence what happened."""
    if verb == SOON:
        return str(_("The time for it is almost up."))
    if verb == ENDS and kind in ENDINGS:
        return str(ENDINGS[kind].sentence)
    found = (each.sentences[verb] for each in HEARINGS.get(kind, ()) if each.voice == voice and verb in each.sentences)
    return str(next(found, _("Something happened to this.")))


def topic_of(kind: str) -> str:
    """Name the topic that a kind of noun belongs to: its module."""
    return kind.partition(".")[0]


def topics(kinds: Iterable[str] = ()) -> dict[str, str]:
    """List the topics of news, each in words: the module's name, else its first noun's."""
    found: dict[str, str] = {}
    for kind in kinds or HEARINGS:
        if (topic := topic_of(kind)) not in found:
            title = apps.get_app_config(topic).verbose_name
            found[topic] = str(title if isinstance(title, Promise) else apps.get_model(kind).flow.noun)
    return found


def event_words(event: str) -> str:
    """Say what a group hears of, as its settings and its messages name it; empty where there is no such thing."""
    kind, _dot, verb = event.rpartition(".")
    if kind not in GROUPS:
        return ""
    if verb == SOON:
        return str(_("Time almost up"))
    # What is not told to the public (a note, who joined) is no group's business either.
    return next((str(move.label) for move in apps.get_model(kind).flow if move.name == verb and move.public), "")


def events() -> dict[str, str]:
    """List what groups can hear of, each in words with its noun."""
    found: dict[str, str] = {}
    for kind in GROUPS:
        verbs = [verb for each in HEARINGS.get(kind, ()) for verb in each.sentences]
        noun = apps.get_model(kind).flow.noun
        for event in (f"{kind}.{verb}" for verb in (*verbs, *([SOON] if kind in IN_CHARGE else []))):
            if words := event_words(event):
                found[event] = f"{noun}{_(': ')}{words}" if len(GROUPS) > 1 else words
    return found


def evening(zone: ZoneInfo, at: datetime) -> datetime:
    """Return the next evening at which mails of a day go out together."""
    local = at.astimezone(zone)
    day = local.date() + timedelta(days=1 if local.time() >= EVENING else 0)
    return datetime.combine(day, EVENING, zone)

"""The mails about what happened: after the commit, leased, given up after a day; for some all of a day in one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mulin.kernel.clock import now
from mulin.kernel.viewer import reload
from mulin.people.models import Account
from mulin.territory.models import Community

from ..figures import AGAIN, GIVEN_UP, LATE_DAILY, MORNING, topic_of
from ..models import Choices, Morning, Notification
from ..queries import choices_of, due_lists, reachable, shown, stop_link, written
from ..queries.morning import Found, Parts

log = logging.getLogger(__name__)
Letter = tuple[str, str, str]  # subject, words, the topic it can be ended by


def mail_out(most: int = 200) -> None:
    """Send the mails that wait. Never within a transaction: a mail server takes its time."""
    due = Notification.objects.filter(mail_at__lte=now())
    mornings = list(Morning.objects.filter(mail_at__lte=now()).order_by("mail_at")[:most])
    waiting = list(due.order_by("mail_at")[:most])
    if not waiting and not mornings:
        return
    try:
        with get_connection() as server:
            for group, lives in _letters(waiting):
                _mail(group, lives, server)
            found: dict[Any, Found] = {}
            for morning in mornings:
                _mail_morning(morning, server, found)
    except OSError:
        count = len(waiting) + len(mornings)
        log.exception("The mail server does not answer; %s mails wait", count)
        due.filter(pk__in=[told.pk for told in waiting]).update(mail_at=now() + AGAIN)
        Morning.objects.filter(mail_at__lte=now()).update(mail_at=now() + AGAIN)


def _letters(waiting: list[Notification]) -> list[tuple[list[Notification], timedelta]]:
    """Put together what goes in one mail, and how old it may be: a day's of a community for who wants it daily."""
    chosen = choices_of({told.account for told in waiting})
    groups: dict[Any, list[Notification]] = {}
    for told in waiting:
        daily = (chosen.get(told.account) or Choices()).mail == "daily"
        groups.setdefault((told.account, told.community_id) if daily else told.pk, []).append(told)
    return [(group, LATE_DAILY if isinstance(key, tuple) else GIVEN_UP) for key, group in groups.items()]


def _mail(group: list[Notification], lives: timedelta, server: Any) -> None:
    # Taken before it is sent: no other worker sends it too, and if this one dies or fails, it is tried again.
    first = group[0]
    rows = Notification.objects.filter(pk__in=[told.pk for told in group], community=first.community_id)
    if rows.filter(mail_at__lte=now()).update(mail_at=now() + AGAIN) < len(group):
        return
    account = reachable().filter(pk=first.account).first()
    young = [told for told in group if told.at > now() - lives]
    sent = not (account and young) or _sent(account, server, lambda: _letter(young, account), f"of {first.pk}")
    if sent:
        rows.update(mail_at=None)


def _sent(account: Account, server: Any, write: Callable[[], Letter | None], what: str) -> bool:
    """Write a letter in the reader's language and hand it over; what goes wrong keeps no other waiting."""
    try:
        with translation.override(account.language or settings.LANGUAGE_CODE):
            if letter := write():
                _hand_over(account, server, *letter)
        return True
    except Exception:
        log.exception("The mail %s failed", what)
        return False


def _hand_over(account: Account, server: Any, subject: str, words: str, topic: str) -> None:
    stop = stop_link(account.pk, topic)
    ending = _("No more mails like this: %(link)s") % {"link": stop}
    # Mail programs show a button for it; the second header says that one tap is enough (RFC 8058).
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    subject = " ".join(subject.split())
    EmailMessage(
        subject, f"{words}\n\n-- \n{ending}", None, [str(account.email)], connection=server, headers=headers
    ).send()


def _letter(group: list[Notification], account: Account) -> Letter | None:
    viewer = reload(f"account:{account.pk}", group[0].community_id)
    told = [
        {"title": card.title, "what": what, "link": f"{settings.SITE_URL}{card.url}"}
        for _row, card, what in shown(group, viewer)
    ]
    if not told:
        return None
    topic = topic_of(group[0].kind)
    words = [_("%(what)s\n\n%(title)s\n%(link)s") % given for given in told]
    if len(told) == 1:
        return _("%(title)s: %(what)s") % told[0], words[0], topic
    count = {"count": len(told), "community": group[0].community.name}
    subject = ngettext("%(community)s: %(count)s thing", "%(community)s: %(count)s things", len(told)) % count
    return subject, "\n\n".join(words), topic


def _mail_morning(morning: Morning, server: Any, found: dict[Any, Found]) -> None:
    rows = Morning.objects.filter(pk=morning.pk, community=morning.community_id)
    if not rows.filter(mail_at=morning.mail_at).update(mail_at=now() + AGAIN):
        return
    community = Community.objects.get(pk=morning.community_id)
    known = (community.pk, morning.since)
    if known not in found:
        found[known] = due_lists(community, morning.since)
    account = reachable().filter(pk=morning.account).first()
    is_today = morning.on >= now().astimezone(community.zone_info).date()
    parts = found[known].get(morning.account)
    if not (account and is_today and parts) or _sent(
        account, server, lambda: _morning_letter(community, account, parts), f"of morning {morning.pk}"
    ):
        rows.update(mail_at=None)


def _morning_letter(community: Community, account: Account, parts: Parts) -> Letter | None:
    lines, count = written(parts, reload(f"account:{account.pk}", community.pk), community.zone_info)
    if not count:
        return None
    given = {"community": community.name, "count": count}
    subject = ngettext("%(community)s, today: %(count)s thing", "%(community)s, today: %(count)s things", count) % given
    return subject, "\n".join(lines), MORNING

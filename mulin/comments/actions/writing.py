"""What a writer does: say something, set it right, add to it, withdraw it; and what is erased with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import Once, Turn, begin, moves
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.figures import is_under_age, today_in
from mulin.people.models import Organisation, Person
from mulin.territory.models import Community
from mulin.web import dates

from .. import queries
from ..figures import AN_HOUR, GROUNDS, MOST_AN_HOUR
from ..flow import COMMENT
from ..models import Comment, Report


def write(
    *, by: Any, community: Community, on: Any, words: str, answers: Comment | UUID | None = None,
    unit: Organisation | None = None, once: Once | None = None,
) -> Comment:  # fmt: skip
    """Say something on a public matter, in one's name or that of a unit for which one speaks."""
    belongs(community, unit)
    subject = queries.subject_of(by, community, on)
    made = Comment(
        community=community, subject_kind=subject._meta.label_lower, subject_id=subject.pk, unit=unit,
        answers=_answered(subject, answers), words=words.strip(), writer_id=by.person_id,
    )  # fmt: skip
    made.subject = subject

    def _look(turn: Turn, comment: Comment) -> None:
        _is_open(subject)
        may_be_named(by, community)
        _speaks_for(by, unit)
        _not_too_many(comment)

    return begin(made, by=by, verb="write", once=once, prepare=_look)


def _answered(subject: Any, answers: Comment | UUID | None) -> Comment | None:
    if answers is None:
        return None
    key = answers.pk if isinstance(answers, Comment) else answers
    above: Comment | None = Comment.objects.on(subject).filter(pk=key).first()
    if above is None:
        raise Refused("nothing_there", _("The comment that you answer is not there."), status=404)
    if above.answers_id:
        raise Refused("one_level", _("Answers stand one level deep: answer the comment above this one."), 422)
    if not above.is_readable:
        raise Refused("not_shown", _("This comment is not shown any more. Write one of your own."))
    return above


def _when(at: datetime, community: Community) -> str:
    with timezone.override(community.zone_info):
        return dates.when(at)


def _is_open(subject: Any) -> None:
    if not GROUNDS[subject._meta.label_lower].is_open(subject):
        raise Refused("closed", _("This discussion is closed. What was said can still be read."))
    if pause := queries.pause_of(subject):
        words = _("This discussion cools off until %(until)s. Then everyone can write again.")
        raise Refused("cooling_off", words % {"until": _when(pause.ends_at, subject.community)})


def may_be_named(by: Any, community: Community) -> None:
    """Refuse whoever is too young for their name to be shown."""
    person = Person.objects.get(pk=by.person_id, community=community)
    if is_under_age(person.born_on, today_in(community)):
        raise Refused("too_young", _("Names are shown from fourteen on. Ask your parents to do it."), 403)


def _speaks_for(by: Any, unit: Organisation | None) -> None:
    if unit and unit.pk not in {each.pk for each in queries.units(by)}:
        raise Refused("not_its_speaker", _("Who can do this: whoever speaks for the unit."), 403)


def _not_too_many(comment: Comment) -> None:
    own = Comment.objects.filter(community=comment.community_id, writer=comment.writer_id)
    lately = list(
        own.filter(created_at__gt=now() - AN_HOUR).order_by("-created_at").values_list("created_at", flat=True)
    )
    if len(lately) >= MOST_AN_HOUR:
        words = _("You wrote %(most)s comments within an hour. Let others speak; you can write again at %(at)s.")
        again = lately[MOST_AN_HOUR - 1] + AN_HOUR
        raise Refused("too_many", words % {"most": MOST_AN_HOUR, "at": _when(again, comment.community)}, 429)


@moves(COMMENT)
def change(comment: Comment, *, by: Any, words: str) -> None:
    """Set one's words right, within a quarter of an hour."""
    comment.words, comment.changed_at = words.strip(), now()


@moves(COMMENT)
def add(comment: Comment, *, by: Any, words: str) -> None:
    """Add something under one's words, which stay as they are."""
    comment.addition, comment.added_at = words.strip(), now()


def _empty(comment: Comment) -> None:
    comment.words = comment.addition = comment.asked_words = comment.hidden_words = comment.decided_words = ""
    comment.reports_open = 0
    # What others wrote of it may repeat it.
    Report.objects.filter(community=comment.community_id, comment=comment.pk).delete()


@moves(COMMENT)
def withdraw(comment: Comment, *, by: Any) -> None:
    """Withdraw one's comment: its words are erased, a line says that it was there."""
    _empty(comment)


@moves(COMMENT)
def erase(comment: Comment, *, by: Any) -> None:
    """Erase words and writer, once the writer's account is closed."""
    _empty(comment)
    comment.writer = comment.unit = None

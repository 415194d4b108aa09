"""The moves of a guardian: named, agreed, ended; without one a child under 14 is not listed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import Once, Turn, begin, moves
from mulin.kernel.refusals import Refused
from mulin.people.actions import belongs
from mulin.people.figures import today_in
from mulin.people.models import Person
from mulin.territory.models import Community

from ..figures import CONSENT_AGE, FULL_AGE, How, is_under
from ..flow import GUARDIAN, IN_CARE, OPEN, Care
from ..models import Guardian, Membership
from . import members


def name(*, by: Any, community: Community, child: Person, guardian: Person, once: Once | None = None) -> Guardian:
    """Name who speaks for a child."""
    belongs(community, child, guardian)
    if child.pk == guardian.pk or is_under(guardian.born_on, FULL_AGE, today_in(community)):
        raise Refused("not_of_age", _("A guardian is another person, and of age. Name an adult."), 422)
    draft = Guardian(community=community, child=child, guardian=guardian)
    return begin(draft, by=by, verb="name", once=once, prepare=_only_once)


def _only_once(turn: Turn, draft: Guardian) -> None:
    same = Guardian.objects.filter(community=draft.community_id, child=draft.child_id, guardian=draft.guardian_id)
    if same.filter(state__in=IN_CARE).exists():
        raise Refused("named_already", _("This person is named as the child's guardian already."))


@moves(GUARDIAN)
def consent(guardian: Guardian, *, by: Any, words: str, how: str = How.HERE) -> dict[str, str]:
    """Agree, as the guardian, that a child is listed; whoever keeps the list notes what was given on paper."""
    guardian.consent_words, guardian.consent_how, guardian.consented_at = words.strip(), How(how), now()
    return {"how": guardian.consent_how}


@moves(GUARDIAN)
def release(guardian: Guardian, *, by: Any) -> None:
    """End a guardianship; without another one a child under 14 is taken off the list of residents."""
    child = guardian.child
    if not is_under(child.born_on, CONSENT_AGE, today_in(guardian.community)):
        return
    others = Guardian.objects.filter(community=guardian.community_id, child=child, state=Care.HELD)
    if others.exclude(pk=guardian.pk).exists():
        return
    for membership in Membership.objects.filter(community=guardian.community_id, person=child, state__in=OPEN):
        members.leave(membership, by=SYSTEM)


@moves(GUARDIAN)
def come_of_age(guardian: Guardian, *, by: Any) -> None:
    """End the guardianship on the child's eighteenth birthday."""

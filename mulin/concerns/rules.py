"""Who may do what with a confidential report and with the finding that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.models import pending_for
from mulin.kernel.rules import is_here, rule

from .figures import MOVES

if TYPE_CHECKING:
    from .models import Concern, Finding


@rule(_("anyone, and without a name where the community allows it"))
def may_tell(viewer: Any, concern: Concern) -> bool:
    return bool(concern.told_by) or concern.community.anonymous_allowed


@rule(_("whoever told it"))
def told_it(viewer: Any, concern: Concern) -> bool:
    return concern.is_told_by(viewer)


@rule(_("the two who read it"))
def reads_it(viewer: Any, concern: Concern) -> bool:
    return concern.seat_of(viewer) is not None


@rule(_("a seat of a reader that stands empty"))
def has_gap(viewer: Any, concern: Concern) -> bool:
    return len(concern.standing) < len(concern.NUMBERS)


@rule(_("a finding that was written"))
def has_draft(viewer: Any, concern: Concern) -> bool:
    return bool(concern.outcome)


@rule(_("no finding that waits for the other one's word"))
def is_undecided(viewer: Any, concern: Concern) -> bool:
    return not concern.waits_for_second


@rule(_("whoever may take this measure, and is not concerned"))
def takes_measures(viewer: Any, finding: Finding) -> bool:
    if not is_here(viewer, finding) or viewer.person_id in finding.about_persons:
        return False
    return bool(viewer.can(finding.capability))


@rule(_("a measure that is possible as things stand"))
def is_possible(viewer: Any, finding: Finding) -> bool:
    subject, measure = finding.subject, finding.measure
    if measure not in MOVES:
        return True
    waits = any(row.verb == measure for row in pending_for(subject))
    return not waits and subject.flow.why_not(measure, viewer, subject) is None

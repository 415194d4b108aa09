"""Who may do what with notices and objections, and what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.models import pending_for
from mulin.kernel.rules import is_here, rule
from mulin.people.figures import today_in

if TYPE_CHECKING:
    from .models import Notice, Objection

KEEPS = "notices.post"


@rule(_("whoever posts notices here"))
def keeps_notices(viewer: Any, noun: Any) -> bool:
    return is_here(viewer, noun) and bool(getattr(viewer, "is_person", False) and viewer.can(KEEPS))


@rule(_("the matter that it belongs to"))
def has_subject(viewer: Any, notice: Notice) -> bool:
    return bool(notice.subject_kind) and notice.subject_id is not None and notice.is_posted_for


@rule(_("a notice that belongs to no other matter: that one decides"))
def stands_alone(viewer: Any, notice: Notice) -> bool:
    return notice.subject_id is None or viewer is SYSTEM


@rule(_("nobody else's word that is still asked for"))
def waits_for_nobody(viewer: Any, notice: Notice) -> bool:
    return all(row.expires_at <= now() for row in pending_for(notice))


@rule(_("a kind of notice that has a list"))
def may_have_list(viewer: Any, notice: Notice) -> bool:
    return notice.kind_of.has_list


@rule(_("a kind of notice without a list of people"))
def has_no_list(viewer: Any, notice: Notice) -> bool:
    return not notice.kind_of.has_list


@rule(_("at least one row in its list"))
def has_rows(viewer: Any, notice: Notice) -> bool:
    return notice.kind_of.has_list and notice.rows_count > 0


@rule(_("an objection that is not settled"))
def has_open_objection(viewer: Any, notice: Notice) -> bool:
    return notice.open_objections > 0


@rule(_("that no objection waits"))
def has_no_open_objection(viewer: Any, notice: Notice) -> bool:
    return notice.open_objections == 0


# ---- objections ----


@rule(_("those whom its kind of notice names"))
def may_object(viewer: Any, objection: Objection) -> bool:
    if not is_here(viewer, objection) or getattr(viewer, "person_id", None) is None:
        return False
    who = objection.notice.kind_of.objectors if objection.notice_id else "anyone"
    return who == "anyone" or (who == "persons" and bool(viewer.is_person))


@rule(_("a posted notice whose days for objections are not over"))
def takes_objections(viewer: Any, objection: Objection) -> bool:
    return objection.notice_id is None or is_open(objection.notice)


def is_open(notice: Notice) -> bool:
    """Tell whether a notice takes objections today."""
    until = notice.objections_until
    return notice.state == "posted" and until is not None and today_in(notice.community) <= until


@rule(_("whoever objected"))
def is_objector(viewer: Any, objection: Objection) -> bool:
    if not is_here(viewer, objection):
        return False
    if objection.objector_id is None:
        return keeps_notices(viewer, objection)  # the desk wrote it down for somebody
    return bool(viewer.person_id == objection.objector_id)


@rule(_("whoever posts notices here and did not object"))
def answers(viewer: Any, objection: Objection) -> bool:
    return keeps_notices(viewer, objection) and viewer.person_id != objection.objector_id


@rule(_("whoever posts notices here and had no part in the first answer"))
def answers_again(viewer: Any, objection: Objection) -> bool:
    return answers(viewer, objection) and viewer.person_id != objection.answered_by_id

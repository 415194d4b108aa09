"""Seeing who reported: written down for the reporter to read; the phone number once, and for a reason."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.engine import change, writing
from mulin.kernel.refs import Ref
from mulin.kernel.refusals import Refused
from mulin.people import actions as people

from .. import rules
from ..models import Case


def look_at(case: Case, *, by: Any) -> None:
    """Note that someone in charge read another's report, name and words; one line an hour."""
    if case.reporter_id and rules.in_charge(by, case):
        people.note_access(case.reporter, by=by, what="case")


def see_contact(case: Case, *, by: Any, reason: str) -> str:
    """Show the reporter's full number to those in charge; the case's history says who looked and why."""
    if not rules.in_charge(by, case):
        raise Refused("not_yours", _("Who can do this: %(who)s.") % {"who": rules.in_charge.label}, status=403)
    reason = reason.strip()[:200]
    if not reason:
        raise Refused("reason_needed", _("Say why you need the number. The person will see it."), status=422)
    phone = case.contact_phone
    if case.reporter is not None:
        known = people.reveal(case.reporter, by=by, reason=reason, assigned=True)
        phone = phone or known
    if not phone:
        raise Refused("no_phone", _("No number was left. You can ask on the page of the case."), status=404)
    with writing(case.community_id):
        change(case, by=by, kind=Ref.of(case).kind, verb="contact", details={"reason": reason})
    return str(phone)

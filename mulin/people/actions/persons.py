"""Persons and organisations of a community, and the lines about who looked at personal data."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.engine import change, writing
from mulin.kernel.models import TenantModel
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import Viewer
from mulin.territory.models import Community, Entrance

from ..figures import hour_of, spelled
from ..models import AccessLine, Account, Organisation, Person


def add_person(
    *, by: Any, community: Community, name: str, account: Account | None = None, phone: str = "",
    kind: str = "resident", entrance: Entrance | None = None,
) -> Person:  # fmt: skip
    """Add someone to a community."""
    belongs(community, entrance)
    with writing(community.pk):
        if account and Person.objects.filter(community=community, account=account).exists():
            raise Refused("already_here", _("This account belongs to someone here already."))
        person = Person.objects.create(
            community=community, account=account, name=name.strip(), phone=spelled(phone) if phone else "",
            kind=kind, entrance=entrance, created_at=now(),
        )  # fmt: skip
        change(person, by=by, kind="people.person", verb="add")
    return person


def settle(
    *, by: Any, community: Community, account: Account, name: str, phone: str = "", home: Entrance | None = None
) -> Person:
    """Return who an account is in a community, and add them where they are nobody yet."""
    with writing(community.pk):
        here = Person.objects.filter(community=community, account=account).first()
        return here or add_person(by=by, community=community, account=account, name=name, phone=phone, entrance=home)


def add_organisation(
    *, by: Any, community: Community, kind: str, name: str, parent: Organisation | None = None,
    registration_number: str = "",
) -> Organisation:  # fmt: skip
    """Add an organisation to a community."""
    belongs(community, parent)
    with writing(community.pk):
        organisation = Organisation.objects.create(
            community=community, kind=kind, name=name, parent=parent, registration_number=registration_number,
            created_at=now(),
        )  # fmt: skip
        change(organisation, by=by, kind="people.organisation", verb="add", details={"name": name, "kind": kind})
    return organisation


def note_access(subject: Person, *, by: Viewer, what: str, reason: str = "") -> None:
    """Note that someone saw another's personal data: one line for each thing and hour."""
    if by.account_id is None or by.person_id == subject.pk:
        return  # oneself; guests see no one's data
    at = now()
    AccessLine.objects.get_or_create(
        community_id=subject.community_id, viewer_id=by.account_id, subject=subject, what=what, hour=hour_of(at),
        defaults={"viewer_name": by.name, "reason": reason[:200], "at": at},
    )  # fmt: skip


def reveal(subject: Person, *, by: Viewer, reason: str, assigned: bool = False) -> str:
    """Show someone's full phone number once, with the reason noted for them to read.

    `assigned`: the caller's own rule (a case in hand, a visit due) opens it; otherwise it takes whoever may see
    the person.
    """
    visible = Person.objects.visible_to(by).filter(pk=subject.pk).exists()
    if by.community_id != subject.community_id or not (assigned or visible):
        raise Refused("not_yours", _("Who can do this: whoever looks after the posts."), status=403)
    if not reason.strip():
        raise Refused("reason_needed", _("Say why you need the number. The person will see it."), status=422)
    note_access(subject, by=by, what="contact", reason=reason.strip())
    return str(subject.phone)


def belongs(community: Community, *rows: TenantModel | None) -> None:
    """Refuse a row of another community."""
    if any(row is not None and row.community_id != community.pk for row in rows):
        raise Refused("other_community", _("This belongs to another community."))

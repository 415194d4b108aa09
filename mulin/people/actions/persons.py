"""Persons of a community: entered, corrected, moved away; and the lines about who looked at personal data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import Once, begin, moves, writing
from mulin.kernel.models import TenantModel
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import Viewer
from mulin.secrecy.fields import hash_of
from mulin.territory.models import Community, Entrance

from ..figures import hour_of, is_under_age, spelled, today_in
from ..flow import PERSON, PersonState, State
from ..models import AccessLine, Account, Person
from .joining import in_the_way, join


def add_person(
    *, by: Any, community: Community, name: str, account: Account | None = None, phone: str = "",
    kind: str = "resident", entrance: Entrance | None = None, born_on: date | None = None, once: Once | None = None,
) -> Person:  # fmt: skip
    """Enter someone in the register of a community."""
    belongs(community, entrance)
    person = Person(
        community=community, account=account, name=name.strip(), phone=spelled(phone) if phone else "",
        kind=kind, entrance=entrance, born_on=born_on.isoformat() if born_on else "",
    )  # fmt: skip
    _must_be_of_age(person, with_account=account is not None)
    return begin(person, by=by, verb="add_person", once=once, prepare=_only_once)


def _only_once(turn: Any, person: Person) -> None:
    here = Person.objects.filter(community=person.community_id)
    if person.account_id:
        if here.filter(account=person.account_id).exists():
            raise Refused("already_here", _("This account belongs to someone here already."))
        return
    # Two of one name behind one door may be father and son, but nobody has another's name and number.
    same = here.filter(name=person.name, state=PersonState.HERE)
    if person.phone and same.filter(phone_hash=hash_of("phone", person.phone)).exists():
        words = _("Someone of this name and number is in the register already. Look for them and correct that entry.")
        raise Refused("known_already", words)


def settle(
    *, by: Any, community: Community, account: Account, name: str, phone: str = "", home: Entrance | None = None,
    kind: str = "resident", proved: str = "",
) -> Person:  # fmt: skip
    """Return who an account is in a community, add them where they are nobody yet; a guest may become a resident.

    `proved`: the phone that this account showed to be its own; who stands in the register with it is not entered twice,
    and who came as a guest before becomes that person.
    """
    with writing(community.pk):
        here = Person.objects.filter(community=community, account=account).first()
        known = _registered(community, name, proved) if here is None or here.kind == "guest" else None
        if known and here is None:
            return link(known, by=SYSTEM, account=account, home=home)
        if known and here and not in_the_way(here, known):
            found = join(here, known, reason="proved")
            return found if found.entrance_id or not home else move_home(found, by=SYSTEM, entrance=home)
        if here and here.kind == "guest" and kind != "guest":
            return stay(here, by=SYSTEM, name=name, home=home)
        return here or add_person(
            by=by, community=community, account=account, name=name, phone=phone, kind=kind, entrance=home
        )


def _registered(community: Community, name: str, proved: str) -> Person | None:
    # A name alone is nobody's proof, a number alone may be a family's; of two who fit, no program chooses one.
    if not proved:
        return None
    rows = Person.objects.filter(community=community, phone_hash=hash_of("phone", proved), name=name.strip())
    fit = list(rows.filter(state=PersonState.HERE, account__isnull=True).exclude(kind="guest")[:2])
    return fit[0] if len(fit) == 1 else None


@moves(PERSON)
def link(person: Person, *, by: Any, account: Account | None = None, home: Entrance | None = None) -> None:
    """Give someone of the register the account that showed their number to be its own."""
    _must_be_of_age(person, with_account=True)
    person.account, person.entrance = account, person.entrance or home
    person.kind = "resident" if person.kind == "guest" else person.kind


@moves(PERSON)
def stay(person: Person, *, by: Any, name: str = "", home: Entrance | None = None) -> None:
    """Make a guest a resident, once they join."""
    person.kind, person.name, person.entrance = "resident", name.strip() or person.name, home or person.entrance


@moves(PERSON)
def correct(
    person: Person, *, by: Any, name: str = "", phone: str = "", entrance: Entrance | None = None, kind: str = "",
    born_on: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Set name, number, home or day of birth right; what is left empty stays as it was."""
    changes = {
        "name": name.strip(), "phone": spelled(phone) if phone else "", "entrance": entrance, "kind": kind,
        "born_on": born_on.isoformat() if born_on else "",
    }  # fmt: skip
    changed = [key for key, value in changes.items() if value and value != getattr(person, key)]
    for key in changed:
        setattr(person, key, changes[key])
    with_post = _open_terms(person) if "born_on" in changed else False
    _must_be_of_age(person, with_account=with_post or person.account_id is not None)
    return {"changed": changed}


@moves(PERSON)
def move_away(person: Person, *, by: Any, left_on: date | None = None) -> None:
    """Note that someone lives here no more."""
    person.left_on = left_on or today_in(person.community)


@moves(PERSON)
def come_back(person: Person, *, by: Any) -> None:
    """Note that someone is here again."""
    person.left_on = None


@moves(PERSON)
def forget(person: Person, *, by: Any) -> None:
    """Erase who a guest was, once their days are over; what they reported stays."""
    person.name = person.phone = person.born_on = ""
    person.entrance, person.left_on = None, person.left_on or today_in(person.community)


@moves(PERSON)
def move_home(person: Person, *, by: Any, entrance: Entrance | None = None) -> None:
    """Let someone's place follow the household that is their main home."""
    person.left_on, person.entrance = None, entrance


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


def _must_be_of_age(person: Person, *, with_account: bool) -> None:
    if with_account and is_under_age(person.born_on, today_in(person.community)):
        words = _("Who is under 14 has no account and no post here. A guardian acts for them through the household.")
        raise Refused("under_age", words, 422)


def _open_terms(person: Person) -> bool:
    terms = person.terms.filter(community=person.community_id)
    return bool(terms.exclude(state=State.ENDED).exists())

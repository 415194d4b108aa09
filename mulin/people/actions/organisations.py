"""Organisations: proposed or entered, registered, corrected."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.kernel.engine import Once, begin, moves
from mulin.kernel.refusals import Refused
from mulin.territory.models import Community

from ..figures import DEEPEST
from ..flow import ORGANISATION
from ..models import OVER, Organisation, Person
from .persons import belongs


def propose(
    *, by: Any, community: Community, kind: str, name: str, about: str, once: Once | None = None
) -> Organisation:
    """Propose a group of neighbours; whoever does so is its founder and contact person."""
    draft = Organisation(
        community=community, kind=kind, name=name.strip(), about=about, contact_id=by.person_id,
        founder_id=by.person_id,
    )  # fmt: skip
    return begin(draft, by=by, verb="propose", once=once, prepare=name_is_free)


def add_organisation(
    *, by: Any, community: Community, kind: str, name: str, parent: Organisation | None = None,
    registration_number: str = "", about: str = "", contact: Person | None = None, once: Once | None = None,
) -> Organisation:  # fmt: skip
    """Enter an organisation that there is already."""
    belongs(community, parent, contact)
    draft = Organisation(
        community=community, kind=kind, name=name.strip(), parent=parent, registration_number=registration_number,
        about=about, contact=contact,
    )  # fmt: skip
    return begin(draft, by=by, verb="add_organisation", once=once, prepare=name_is_free, details={"kind": kind})


@moves(ORGANISATION)
def register(organisation: Organisation, *, by: Any) -> None:
    """Take a proposed group into the register: everyone sees it."""


@moves(ORGANISATION)
def turn_down(organisation: Organisation, *, by: Any, reason: str) -> dict[str, str]:
    """Leave a proposed group out of the register, and say why."""
    return {"reason": reason}


@moves(ORGANISATION)
def take_back(organisation: Organisation, *, by: Any) -> None:
    """Take one's own proposal back."""


@moves(ORGANISATION)
def amend(
    organisation: Organisation, *, by: Any, name: str, about: str = "", parent: Organisation | None = None,
    registration_number: str = "", contact: Person | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Set name, description, parent, code or contact person right."""
    belongs(organisation.community, parent, contact)
    _must_not_be_a_ring(organisation, parent)
    changes = {
        "name": name.strip(), "about": about, "parent": parent, "registration_number": registration_number,
        "contact": contact or organisation.contact,
    }  # fmt: skip
    changed = [key for key, value in changes.items() if value != getattr(organisation, key)]
    for key in changed:
        setattr(organisation, key, changes[key])
    if "name" in changed:
        name_is_free(None, organisation)
    return {"changed": changed}


def name_is_free(turn: Any, organisation: Organisation) -> None:
    """Refuse a name that another organisation has. Raises Refused."""
    same = Organisation.objects.filter(community=organisation.community_id, name=organisation.name)
    if same.exclude(state__in=OVER).exclude(pk=organisation.pk).exists():
        words = _("There is an organisation of this name already: %(name)s. Take another name.")
        raise Refused("name_taken", words % {"name": organisation.name})


def _must_not_be_a_ring(organisation: Organisation, parent: Organisation | None) -> None:
    above, steps = parent, 0
    while above is not None and steps < DEEPEST:
        if above.pk == organisation.pk:
            raise Refused("ring", _("An organisation cannot stand below one of its own parts."), 422)
        above, steps = above.parent, steps + 1
    if above is not None:
        raise Refused("too_deep", _("The tree would have more than 12 levels. Choose a parent higher up."), 422)

"""Who may do what with consents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import is_here, rule

if TYPE_CHECKING:
    from .models import Consent


@rule(_("the person themselves"))
def is_the_person(viewer: Any, consent: Consent) -> bool:
    # Whoever moved away keeps reading what they agreed to, and may take it back; to give one takes someone here.
    person = getattr(viewer, "person_id", None)
    return person is not None and bool(person == consent.person_id)


@rule(_("whoever keeps the register of persons"))
def keeps_persons(viewer: Any, consent: Consent) -> bool:
    return is_here(viewer, consent) and bool(viewer.can("people.keep"))


@rule(_("the purpose rests on consent and is in force"))
def can_be_asked(viewer: Any, consent: Consent) -> bool:
    if consent.purpose_id is None:  # nothing is chosen yet
        return True
    return consent.purpose.basis == "consent" and consent.purpose.ends_on is None

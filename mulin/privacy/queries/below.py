"""What the modules below know of someone: people, entry, the second factor, and consents."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from mulin.entry.models import ApiKey, Device, Guest, SignIn
from mulin.factors.models import Authenticator, Passkey, RecoveryCode
from mulin.people.figures import masked
from mulin.people.models import AccessLine, Account, Oversight, Person, Term

from ..figures import WHATS
from ..models import Consent
from .telling import Row

SECURITY = "/me/security/"


def account(account: UUID) -> Iterable[Row]:
    """Tell how someone is reached."""
    row = Account.objects.get(pk=account)
    return [(None, row.created_at, text, "/me/") for text in filter(None, (row.email, row.phone))]


def persons(account: UUID) -> Iterable[Row]:
    """Tell who someone is in each community."""
    for person in _persons(account):
        parts = (person.name, person.phone, str(person.entrance or ""))
        yield person.community, person.created_at, _(", ").join(filter(None, parts)), f"/{person.community.slug}/"


def _persons(account: UUID) -> Iterable[Person]:
    # What an entry held that was joined to one's own stays known, and is told.
    rows = Person.objects.filter(Q(account=account) | Q(joined_into__account=account))
    return rows.select_related("community", "entrance__building").order_by("created_at")


def terms(account: UUID) -> Iterable[Row]:
    """Tell which posts someone held or was offered."""
    rows = Term.objects.filter(person__account=account).select_related("community", "post__kind").order_by("-starts_on")
    return [(term.community, term.starts_on, f"{term.post} ({term.state_label})", "") for term in rows]


def oversights(account: UUID) -> Iterable[Row]:
    """Tell what someone oversees."""
    rows = Oversight.objects.filter(account=account).select_related("division")
    return [(None, row.starts_on, f"{row.division}", "") for row in rows]


def sign_ins(account: UUID) -> Iterable[Row]:
    """Tell where someone signed in."""
    rows = SignIn.objects.filter(account=account).order_by("-seen_at")
    return [(None, row.seen_at, row.device or "?", "/me/") for row in rows]


def keys(account: UUID) -> Iterable[Row]:
    """Tell which keys someone made."""
    rows = ApiKey.objects.filter(account=account).select_related("community")
    return [(row.community, row.created_at, row.name, "/me/") for row in rows]


def looks(account: UUID) -> Iterable[Row]:
    """Tell whose data someone looked at."""
    rows = AccessLine.objects.filter(viewer=account).select_related("community", "subject").order_by("-at")
    said = ((row, (masked(row.subject.name), str(WHATS.get(row.what, row.what)))) for row in rows)
    return [(row.community, row.at, _(": ").join(words), "") for row, words in said]


def consents(account: UUID) -> Iterable[Row]:
    """Tell what someone agreed to."""
    rows = (
        Consent.objects.filter(person__account=account).select_related("community", "purpose").order_by("-created_at")
    )
    return [(c.community, c.created_at, f"{c.purpose} ({c.state_label})", c.get_absolute_url()) for c in rows]


def devices(account: UUID) -> Iterable[Row]:
    """Tell which devices someone is known to use."""
    return [(None, row.seen_at, row.name or "?", SECURITY) for row in Device.objects.filter(account=account)]


def guests(account: UUID) -> Iterable[Row]:
    """Tell until when someone is here as a guest."""
    return [(None, row.ends_at, "", "") for row in Guest.objects.filter(account=account)]


def authenticators(account: UUID) -> Iterable[Row]:
    """Tell since when someone has codes of an authenticator."""
    return [(None, row.created_at, "", SECURITY) for row in Authenticator.objects.filter(account=account)]


def passkeys(account: UUID) -> Iterable[Row]:
    """Tell which passkeys someone has."""
    return [(None, row.created_at, row.name, SECURITY) for row in Passkey.objects.filter(account=account)]


def recovery_codes(account: UUID) -> Iterable[Row]:
    """Tell how many recovery codes someone has left."""
    left = RecoveryCode.objects.filter(account=account, used_at=None)
    return [(None, row.created_at, "••••", SECURITY) for row in left]

"""Reads about getting in: who a sign-in or a key stands for, invitations, what an account opens, where one can join."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.module_loading import import_string

from mulin import sql
from mulin.api.http import KeyInUse
from mulin.factors.figures import withheld
from mulin.factors.queries import guarded, has_factor
from mulin.kernel.clock import now
from mulin.kernel.viewer import Viewer
from mulin.people import queries as people
from mulin.people.models import Account, Oversight
from mulin.people.queries import communities_of, viewer_with
from mulin.secrecy.hashes import keyed_hash
from mulin.territory.models import Community

from .figures import GUEST_STAYS
from .models import ApiKey, Invitation, SignIn

LISTED = 5  # communities to join that a page lists; where there are more, it leads to the front page
_OVERSEES = Exists(Oversight.objects.filter(account=OuterRef("account")))


def sign_in_of(sign_in_id: UUID) -> SignIn | None:
    """Load a sign-in that still counts, with its account, in one statement."""
    at = now()
    stays = Q(account__guest__isnull=True) | Q(account__guest__ends_at__gt=at, created_at__gt=at - GUEST_STAYS)
    found: SignIn | None = (
        SignIn.objects.select_related("account")
        .annotate(oversees=_OVERSEES, guarded=guarded("account"))
        .filter(stays, pk=sign_in_id, revoked_at__isnull=True, account__is_active=True)
        .first()
    )
    return found


def viewer_by_sign_in(sign_in: SignIn | None, community: Community | None) -> Viewer:
    """Load whom a sign-in that was loaded stands for, with today's rights here; without one, a guest."""
    account, wait = sign_in.account if sign_in else None, withheld(getattr(sign_in, "guarded", False))
    return viewer_with(account, community, oversees=getattr(sign_in, "oversees", True), withheld=wait)


def reload(actor: str, community_id: UUID) -> Viewer:
    """Load who acted earlier with today's rights; those that wait for a second factor wait here, too."""
    viewer = people.reload(actor, community_id)
    if viewer.account_id is None or not (wait := withheld(False) & viewer.capabilities):
        return viewer
    return viewer if has_factor(viewer.account_id) else people.without(viewer, wait)


# Written by hand since every call of a program asks it.
_KEY = """
    SELECT account.id, account.email, account.language, held.scopes, held.id, held.per_minute, held.used_on,
        EXISTS (SELECT 1 FROM people_oversight oversight WHERE oversight.account_id = account.id),
        EXISTS (SELECT 1 FROM factors_authenticator app
            WHERE app.account_id = account.id AND app.confirmed_at IS NOT NULL)
        OR EXISTS (SELECT 1 FROM factors_passkey passkey WHERE passkey.account_id = account.id)
    FROM entry_apikey held JOIN people_account account ON account.id = held.account_id
    WHERE held.community_id = %s AND held.prefix = %s AND held.secret_hash = %s
        AND held.revoked_at IS NULL AND held.expires_at > %s AND account.is_active
"""


def viewer_by_key(secret: str, community: Community) -> tuple[Viewer, KeyInUse] | None:
    """Load whom the API key that this secret opens acts for, if it still counts, within its scopes; and the key."""
    prefix = secret.removeprefix("mk_")[:8]
    rows = sql.read(_KEY, community.pk, prefix, keyed_hash("api-key", secret), now())
    for account_id, email, language, scopes, key_id, per_minute, used_on, oversees, is_guarded in rows:
        account = Account(pk=sql.key(account_id), email=email, language=language)
        viewer = viewer_with(account, community, oversees=bool(oversees), withheld=withheld(bool(is_guarded)))
        key = KeyInUse(sql.key(key_id), per_minute, str(used_on or ""))
        return replace(viewer, scopes=frozenset(json.loads(scopes))), key
    return None


def sign_ins_of(account_id: UUID) -> list[SignIn]:
    """List the devices that are signed in, the latest first."""
    since = now() - timedelta(days=settings.SIGN_IN_DAYS)
    rows = SignIn.objects.filter(account=account_id, revoked_at__isnull=True, created_at__gt=since)
    return list(rows.order_by("-seen_at")[:50])


def ended_sign_ins_of(account_id: UUID) -> list[SignIn]:
    """List the sign-ins of the last weeks that are over, the latest first."""
    since = now() - timedelta(days=settings.SIGN_IN_DAYS)
    rows = SignIn.objects.filter(account=account_id, revoked_at__isnull=False, created_at__gt=since)
    return list(rows.order_by("-created_at")[:20])


def keys_of(account_id: UUID) -> list[ApiKey]:
    """List the API keys of an account that still count."""
    rows = ApiKey.objects.filter(account=account_id, revoked_at__isnull=True, expires_at__gt=now())
    return list(rows.select_related("community").order_by("-created_at"))


def invitation_by(token: str, community: Community) -> Invitation | None:
    """Find the invitation that a link opens, if it still can be accepted."""
    return (
        Invitation.objects.select_related("post__kind")
        .filter(
            community=community, token_hash=keyed_hash("invitation", token), accepted_at__isnull=True,
            expires_at__gt=now(),
        )
        .first()
    )  # fmt: skip


def joinable(account_id: UUID | None) -> dict[str, Any]:
    """Give a page the communities where an account, or a guest, is nobody yet, and whether there are more of them."""
    others = Community.objects.exclude(pk__in=communities_of(account_id).values("pk"))
    found = list(others.order_by("name")[: LISTED + 1])
    return {"joinable": found[:LISTED], "more": len(found) > LISTED}


@dataclass(frozen=True)
class Role:
    """Someone of the demo whom a visitor may play."""

    name: str
    role: Any
    account: str  # their mail address
    does: Any


def demo_roles() -> list[Role]:
    """List the roles of the demo that are there; nothing outside a demo."""
    if not settings.DEMO:
        return []
    roles: list[Role] = list(import_string("mulin.simulation.cast.ROLES"))
    there = set(Account.objects.filter(email__in=[role.account for role in roles]).values_list("email", flat=True))
    return [role for role in roles if role.account in there]

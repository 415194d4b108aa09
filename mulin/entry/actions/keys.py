"""Keys with which programs act for a person."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.api import scopes as kit
from mulin.api.resources import areas
from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused
from mulin.people.models import Person
from mulin.secrecy.hashes import keyed_hash
from mulin.territory.models import Community

from ..figures import CALLS_PER_MINUTE, KEY_LIVES
from ..models import ApiKey


def make_key(
    account_id: UUID, *, community: Community, name: str, scopes: Collection[str], days: int = KEY_LIVES[-1],
    per_minute: int = CALLS_PER_MINUTE,
) -> tuple[ApiKey, str]:  # fmt: skip
    """Make an API key; the secret is returned once and kept by nobody."""
    if not Person.objects.filter(community=community, account_id=account_id).exclude(kind="guest").exists():
        raise Refused("not_here", _("Who can do this: people of this community."), status=403)
    if unknown := set(scopes) - set(kit.known(areas())):
        words = _("There are no such scopes: %(names)s.") % {"names": ", ".join(sorted(unknown))[:200]}
        raise Refused("no_such_scope", words, status=422)
    if not scopes or not 1 <= days <= KEY_LIVES[-1] or not 1 <= per_minute <= CALLS_PER_MINUTE:
        words = _("A key has a scope, lives for a year at most, and makes at most %(most)s calls a minute.")
        raise Refused("no_such_key", words % {"most": CALLS_PER_MINUTE}, status=422)
    prefix = secrets.token_hex(4)
    secret = f"mk_{prefix}{secrets.token_urlsafe(24)}"
    at = now()
    key = ApiKey.objects.create(
        community=community, account_id=account_id, name=name, prefix=prefix,
        secret_hash=keyed_hash("api-key", secret), scopes=sorted(scopes), created_at=at,
        expires_at=at + timedelta(days=days), per_minute=per_minute,
    )  # fmt: skip
    return key, secret


def revoke_key(key_id: UUID, *, account_id: UUID) -> None:
    """End an API key at once."""
    ApiKey.objects.filter(pk=key_id, account_id=account_id, revoked_at__isnull=True).update(revoked_at=now())


def key_used(key_id: UUID, community: Community, day: date) -> None:
    """Keep the last day on which a key was used."""
    ApiKey.objects.filter(pk=key_id, community=community).update(used_on=day)

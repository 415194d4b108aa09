"""Keys with which programs act for a person."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.utils.translation import gettext as _

from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused
from mulin.people.models import Person
from mulin.secrecy.hashes import keyed_hash
from mulin.territory.models import Community

from ..figures import KEY_LIVES, SCOPES
from ..models import ApiKey


def make_key(account_id: UUID, *, community: Community, name: str, scopes: list[str]) -> tuple[ApiKey, str]:
    """Make an API key; the secret is returned once and kept by nobody."""
    if not Person.objects.filter(community=community, account_id=account_id).exists() or set(scopes) - set(SCOPES):
        raise Refused("not_here", _("Who can do this: people of this community."), status=403)
    prefix = secrets.token_hex(4)
    secret = f"mk_{prefix}{secrets.token_urlsafe(24)}"
    at = now()
    key = ApiKey.objects.create(
        community=community, account_id=account_id, name=name, prefix=prefix,
        secret_hash=keyed_hash("api-key", secret), scopes=scopes, created_at=at, expires_at=at + KEY_LIVES,
    )  # fmt: skip
    return key, secret


def revoke_key(key_id: UUID, *, account_id: UUID) -> None:
    """End an API key at once."""
    ApiKey.objects.filter(pk=key_id, account_id=account_id, revoked_at__isnull=True).update(revoked_at=now())

"""Passkeys: what a browser is asked, what it answers, and whether that fits (WebAuthn)."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import webauthn
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from mulin.kernel.clock import now
from mulin.kernel.refusals import Refused
from mulin.people.models import Account

from ..figures import PASSKEYS_MOST, site_host, site_origin
from ..models import Passkey
from ..queries import has_factor
from .authenticators import remove_totp
from .guarding import guarded_now
from .mail import tell_change
from .recovery import forget_unguarded
from .throttle import is_first, slow_down

# What the parser of an answer may stumble over besides its own errors: it is written by anybody.
MALFORMED = (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError)


def ask_to_make(account: Account, name: str) -> tuple[dict[str, Any], bytes]:
    """Write what a browser needs to make a passkey, and the challenge that its answer must hold."""
    options = webauthn.generate_registration_options(
        rp_id=site_host(), rp_name=_("Mulin"), user_id=account.pk.bytes, user_name=name, user_display_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=_known(account.pk),
    )  # fmt: skip
    return json.loads(webauthn.options_to_json(options)), options.challenge


def ask_for(account_id: UUID | None = None) -> tuple[dict[str, Any], bytes]:
    """Write what a browser needs to show a passkey: one of this account, or any it has for this site.

    Without an account the passkey is all there is, so the device must have checked that it is its owner.
    """
    need = UserVerificationRequirement.PREFERRED if account_id else UserVerificationRequirement.REQUIRED
    known = _known(account_id) if account_id else None
    options = webauthn.generate_authentication_options(
        rp_id=site_host(), allow_credentials=known, user_verification=need
    )
    return json.loads(webauthn.options_to_json(options)), options.challenge


def add_passkey(account: Account, answer: str, *, challenge: bytes, name: str, here: Any = None) -> Passkey:
    """Add the passkey that a browser made. `here`: the sign-in that stays; with the first factor all others end."""
    slow_down("add-passkey", str(account.pk))
    if Passkey.objects.filter(account=account).count() >= PASSKEYS_MOST:
        raise Refused("too_many_passkeys", _("This account has 20 passkeys. Remove one you no longer use first."))
    _serves_once(challenge)
    try:
        made = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site_host(),
            expected_origin=site_origin(),
        )  # fmt: skip
        known = json.loads(answer)["response"].get("transports") or []
        transports = [each for each in known if each in set(AuthenticatorTransport)]
    except MALFORMED as wrong:
        raise _refused() from wrong
    try:
        with transaction.atomic():
            was = has_factor(account.pk)
            passkey = Passkey.objects.create(
                account=account, credential_id=bytes_to_base64url(made.credential_id),
                public_key=made.credential_public_key, sign_count=made.sign_count, transports=transports,
                name=name.strip()[:60] or "?", created_at=now(),
            )  # fmt: skip
            guarded_now(account, was=was, here=here)
    except IntegrityError as taken:
        raise Refused("passkey_known", _("This passkey is known already.")) from taken
    tell_change(account, "passkey")
    return passkey


def rename_passkey(passkey_id: UUID, account: Account, *, name: str) -> None:
    """Give a passkey another name."""
    Passkey.objects.filter(pk=passkey_id, account=account).update(name=name)


def remove_passkey(passkey_id: UUID, account: Account) -> None:
    """Remove a passkey; it opens nothing from now on."""
    gone, _each = Passkey.objects.filter(pk=passkey_id, account=account).delete()
    if gone:
        forget_unguarded(account)
        tell_change(account, "passkey_gone")


def remove_all(account: Account) -> None:
    """Remove every second factor of an account."""
    remove_totp(account)
    for passkey in Passkey.objects.filter(account=account):
        remove_passkey(passkey.pk, account)


def take_passkey(answer: str, *, challenge: bytes, account: Account | None = None) -> Account:
    """Check what a browser answered, and return whose passkey it is; without an account it must count as both factors.

    A counter that does not go up means that the passkey was copied: such an answer is refused.
    """
    _serves_once(challenge)
    try:
        shown = webauthn.helpers.parse_authentication_credential_json(answer)
        whose = Q(account=account) if account else Q(account__is_active=True)
        passkey = Passkey.objects.select_related("account").get(whose, credential_id=bytes_to_base64url(shown.raw_id))
        fits = webauthn.verify_authentication_response(
            credential=shown, expected_challenge=challenge, expected_rp_id=site_host(),
            expected_origin=site_origin(), credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count, require_user_verification=account is None,
        )  # fmt: skip
    except (Passkey.DoesNotExist, *MALFORMED) as wrong:
        raise _refused() from wrong
    # The counter as it was read is part of the condition: two answers with the same one cannot both count.
    rows = Passkey.objects.filter(pk=passkey.pk, sign_count=passkey.sign_count)
    if not rows.update(sign_count=fits.new_sign_count, used_at=now()):
        raise _refused()
    return passkey.account


def _known(account_id: UUID) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=webauthn.base64url_to_bytes(each.credential_id),
            transports=[AuthenticatorTransport(way) for way in each.transports],
        )
        for each in Passkey.objects.filter(account=account_id)
    ]


def _serves_once(challenge: bytes) -> None:
    if not challenge or not is_first("challenge", challenge.hex()):
        raise _refused()


def _refused() -> Refused:
    words = _("This passkey did not fit, or its time was over. Try it once more, or choose another way.")
    return Refused("wrong_passkey", words, status=403)

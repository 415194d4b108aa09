"""Invitations: a vacant post offered to someone who is not here yet."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import change, writing
from mulin.kernel.refusals import Refused
from mulin.people.actions import accept, offer, open_hashed, settle
from mulin.people.figures import spelled
from mulin.people.models import Account, Post
from mulin.people.queries import account_by, viewer_of
from mulin.secrecy.hashes import keyed_hash
from mulin.territory.actions import founding_head

from ..figures import INVITATION_LIVES
from ..models import Guest, Invitation
from . import mail


def invite(*, by: Any, post: Post, email: str = "", phone: str = "") -> tuple[Invitation, str]:
    """Send someone a link to take a post; it works for 14 days."""
    if by is not SYSTEM and (by.community_id != post.community_id or not by.can("people.invite")):
        raise Refused("not_yours", _("Who can do this: whoever looks after the posts."), status=403)
    token, at = secrets.token_urlsafe(24), now()
    with writing(post.community_id):
        invitation = Invitation.objects.create(
            community=post.community, post=post, email=email.strip().lower(),
            phone=spelled(phone) if phone else "", token_hash=keyed_hash("invitation", token),
            invited_by_id=None if by is SYSTEM else by.person_id, created_at=at, expires_at=at + INVITATION_LIVES,
        )  # fmt: skip
        change(invitation, by=by, kind="entry.invitation", verb="send", details={"post": str(post.pk)})
    account = account_by(email or phone)
    mail.send_invitation(invitation, token, language=account.language if account else "")
    return invitation, token


def take_invitation(
    invitation: Invitation, *, name: str, password: str = "", account_id: UUID | None = None
) -> Account:
    """Take the post an invitation offers, with a new account or the one that is signed in."""
    hashed = make_password(password) if account_id is None else ""
    with writing(founding_head(), invitation.community_id):
        taken = Invitation.objects.filter(
            community_id=invitation.community_id, pk=invitation.pk, accepted_at__isnull=True, expires_at__gt=now()
        )
        # What is offered to whom stands in the row as it is now, whatever the caller's copy says.
        stored = taken.select_related("community", "post", "invited_by").first()
        if stored is None or not taken.update(accepted_at=now()):
            raise Refused("invitation_over", _("This invitation was used, or its time is over. Ask for a new one."))
        invitation = stored
        if account_id is None:
            account = open_hashed(by=SYSTEM, email=invitation.email, phone=invitation.phone, hashed=hashed)
        else:
            account = Account.objects.get(pk=account_id)
            Guest.objects.filter(account=account).delete()
        # As in joining: an account without a mail address was opened with its phone, to which a code or this link went.
        proved = "" if account.email else str(account.phone)
        person = settle(
            by=SYSTEM, community=invitation.community, account=account, name=name, phone=invitation.phone, proved=proved
        )
        inviter = viewer_of(invitation.invited_by) if invitation.invited_by else SYSTEM
        term = offer(by=inviter, post=invitation.post, person=person)
        accept(term, by=viewer_of(person))
    return account

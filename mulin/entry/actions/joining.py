"""Joining a community as a resident, or being its guest: with a one-time code, or with the account signed in."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mulin.factors.actions import forgive, slow_down
from mulin.factors.queries import has_factor
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import writing
from mulin.kernel.refusals import Refused
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.people.actions import open_hashed, settle
from mulin.people.figures import spelled
from mulin.people.flow import PersonState
from mulin.people.models import Account, Person
from mulin.people.queries import account_by
from mulin.territory.actions import founding_head
from mulin.territory.models import Community, Entrance

from ..figures import GUEST_LIVES
from ..models import Guest, SignIn
from .codes import check_code, code_refused
from .sign_ins import HalfIn, admit


def join(community: Community, *, by: Viewer, name: str, home: Entrance | None = None) -> Person:
    """Become a resident with the account that is signed in; who is here already stays as they are."""
    slow_down("join", str(by.account_id))
    account = Account.objects.get(pk=str(by.account_id))
    with writing(community.pk):
        _take_over(account)
        # An account without a mail address was opened with its phone, which a code or a link sent there proved.
        proved = "" if account.email else str(account.phone)
        person = settle(by=by, community=community, account=account, name=name, home=home, proved=proved)
        if person.state == PersonState.LEFT:
            words = _("The register says that you moved away. Tell the community that you are here again.")
            raise Refused("moved_away", words)
        return person


def join_by_code(
    community: Community, target: str, code: str, *, name: str, home: Entrance | None, address: str, device: str
) -> SignIn | HalfIn:
    """Become a resident with a one-time code that was sent; who has an account signs in with it.

    Whose account has a second factor shows that first, and joins then with one tap.
    """
    target = spelled(target)
    slow_down("sign-in", address)
    check_code("join", target, code)
    where = {"email": target, "phone": ""} if "@" in target else {"email": "", "phone": target}
    with writing(founding_head(), community.pk):
        account = account_by(target) or open_hashed(by=NOBODY, language=get_language() or "", **where)
        if not account.is_active:
            raise code_refused()
        if not has_factor(account.pk):
            _take_over(account)
            oneself = Viewer(account_id=account.pk, community_id=community.pk)
            phone = where["phone"]
            settle(by=oneself, community=community, account=account, name=name, phone=phone, home=home, proved=phone)
    forgive("sign-in", address)
    return admit(account, device=device)


def enter_as_guest(
    community: Community, phone: str, code: str, *, name: str, address: str, device: str
) -> SignIn | HalfIn:
    """Go on as a guest with a code sent to a phone; whoever has an account with it signs in to that."""
    phone = spelled(phone)
    slow_down("sign-in", address)
    check_code("guest", phone, code)
    with writing(founding_head(), community.pk):
        account = account_by(phone)
        is_new = account is None
        account = account or open_hashed(by=NOBODY, phone=phone, language=get_language() or "")
        if not account.is_active:
            raise code_refused()
        is_guest = is_new or Guest.objects.filter(account=account).exists()
        if is_guest:
            Guest.objects.update_or_create(account=account, defaults={"ends_at": now() + GUEST_LIVES})
            # A guest asked for no more than a guest has: who they are in the register follows once they join.
            settle(by=SYSTEM, community=community, account=account, name=name, phone=phone, kind="guest")
    forgive("sign-in", address)
    return admit(account, device=device)


def _take_over(account: Account) -> None:
    # Whoever joins is a guest no more; what they reported stays theirs.
    Guest.objects.filter(account=account).delete()

"""Joining a community as a resident: with a one-time code, or with the account that is signed in."""

from __future__ import annotations

from mulin.kernel.engine import writing
from mulin.kernel.viewer import NOBODY, Viewer
from mulin.people.actions import open_hashed, settle
from mulin.people.figures import spelled
from mulin.people.models import Account, Person
from mulin.people.queries import account_by
from mulin.territory.actions import founding_head
from mulin.territory.models import Community, Entrance

from ..models import SignIn
from .codes import check_code, code_refused
from .sign_ins import start
from .throttle import forgive, slow_down


def join(community: Community, *, by: Viewer, name: str, home: Entrance | None = None) -> Person:
    """Become a resident with the account that is signed in; who is here already stays as they are."""
    slow_down("join", str(by.account_id))
    account = Account.objects.get(pk=str(by.account_id))
    return settle(by=by, community=community, account=account, name=name, home=home)


def join_by_code(
    community: Community, target: str, code: str, *, name: str, home: Entrance | None, address: str, device: str
) -> SignIn:
    """Become a resident with a one-time code that was sent; who has an account signs in with it."""
    target = spelled(target)
    slow_down("sign-in", address)
    check_code("join", target, code)
    where = {"email": target, "phone": ""} if "@" in target else {"email": "", "phone": target}
    with writing(founding_head(), community.pk):
        account = account_by(target) or open_hashed(by=NOBODY, **where)
        if not account.is_active:
            raise code_refused()
        oneself = Viewer(account_id=account.pk, community_id=community.pk)
        settle(by=oneself, community=community, account=account, name=name, phone=where["phone"], home=home)
    forgive("sign-in", address)
    return start(account, device=device)

"""What is erased by itself: who a guest was once their days are over, and where an invitation went."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from mulin.entry.models import Device, Guest, Invitation, SignIn
from mulin.factors import actions as factors
from mulin.kernel.clock import SYSTEM, now
from mulin.kernel.engine import writing
from mulin.people import actions as people
from mulin.people.models import Account, Person
from mulin.territory.actions import founding_head

AT_ONCE = 200


def forget_invited() -> None:
    """Erase where invitations went that are taken or over: who was invited may never have come."""
    over = Invitation.objects.filter(Q(accepted_at__isnull=False) | Q(expires_at__lt=now()))
    over.exclude(email="", phone="").update(email="", phone="")


def forget_guests() -> None:
    """Erase name and phone of every guest whose days are over, and close the account; what they reported stays."""
    is_more = Q(terms__state__in=("offered", "held")) | ~Q(kind="guest")
    somebody = Person.objects.filter(is_more, account=OuterRef("pk"))
    over = Guest.objects.filter(~Exists(somebody), ends_at__lte=now()).order_by("ends_at")
    for key in list(over.values_list("pk", flat=True)[:AT_ONCE]):
        _forget(key)


def _forget(key: UUID) -> None:
    persons = list(Person.objects.filter(account=key))
    with writing(founding_head(), *{person.community_id for person in persons}):
        over = Guest.objects.filter(pk=key, ends_at__lte=now())
        if not over.exists():
            return  # came again, or joined, in this very moment
        for person in persons:
            people.forget(person, by=SYSTEM)
        account = Account.objects.get(pk=key)
        people.close_account(account, by=SYSTEM)
        factors.remove_all(account)
        for model in (SignIn, Device):
            model._default_manager.filter(account=account).delete()
        over.delete()

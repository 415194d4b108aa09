"""What goes over when two entries of one person are joined: homes, wards, shares and proxies."""

from __future__ import annotations

from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.models import Person

from ..flow import Member
from ..models import Guardian, Membership, Ownership, Proxy
from . import members


def carry_all() -> None:
    """Say which rows name persons; nobody stands for themselves, whatever name they were entered by."""
    people.carries(Membership, "person", gives=True, strong=Member.MEMBER, gives_way=_give_way)
    people.carries(Guardian, "child", apart="guardian")
    people.carries(Guardian, "guardian", gives=True, apart="child")
    people.carries(Ownership, "person", gives=True)
    people.carries(Proxy, "person", apart="holder")
    people.carries(Proxy, "holder", gives=True, apart="person")
    people.AFTERWARDS.append(_home)


def _give_way(membership: Membership, rule: str) -> None:
    if rule == "membership_main":  # of two main homes one becomes the second
        members.correct(membership, by=SYSTEM, relation=membership.relation, is_second=True)
    else:
        members.leave(membership, by=SYSTEM)


def _home(gone: Person, stays: Person) -> None:
    """Let the place of whoever stays follow the main home, as always."""
    rows = Membership.objects.filter(community=stays.community_id, person=stays, state=Member.MEMBER, is_main=True)
    home = rows.select_related("household__dwelling__entrance").first()
    door = home.household.dwelling.entrance if home else None
    if door and door.pk != stays.entrance_id:
        people.move_home(stays, by=SYSTEM, entrance=door)

"""Who may do what with bodies and mandates, and what must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mulin.kernel.rules import is_here, rule

if TYPE_CHECKING:
    from .models import Body, Mandate


@rule(_("whoever keeps the register and looks after the posts"))
def keeps_bodies(viewer: Any, noun: Any) -> bool:
    return is_here(viewer, noun) and bool(viewer.can("people.keep") and viewer.can("people.invite"))


@rule(_("whoever sits in it"))
def sits_in_it(viewer: Any, mandate: Mandate) -> bool:
    return is_here(viewer, mandate) and mandate.body_id is not None and mandate.body.has_member(viewer)


@rule(_("a vacant seat"))
def has_vacancy(viewer: Any, body: Body) -> bool:
    return body.has_vacancy()


@rule(_("as many members as such a body has at least, and more than half of the seats filled"))
def is_full_enough(viewer: Any, body: Body) -> bool:
    return body.is_full_enough()


@rule(_("a seat that was agreed and has no post"))
def lacks_seats(viewer: Any, body: Body) -> bool:
    return body.open_seats().count() < body.seats


@rule(_("a body in office"))
def is_in_office(viewer: Any, mandate: Mandate) -> bool:
    return bool(mandate.body.is_in_office)


@rule(_("a mandate that has begun"))
def has_begun(viewer: Any, mandate: Mandate) -> bool:
    return mandate.has_begun

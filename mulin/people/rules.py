"""Who may do what with persons, organisations, posts and terms."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from mulin.journal.models import Detail
from mulin.kernel.rules import is_here, rule


def _may(viewer: Any, noun: Any, *capabilities: str) -> bool:
    return is_here(viewer, noun) and any(viewer.can(capability) for capability in capabilities)


@rule(_("whoever looks after the posts"))
def looks_after_posts(viewer: Any, noun: Any) -> bool:
    return _may(viewer, noun, "people.invite")


@rule(_("whoever looks after the posts"))
def keeps_posts(viewer: Any, noun: Any) -> bool:
    return _may(viewer, noun, "people.invite", "people.keep")


@rule(_("whoever keeps the register of persons"))
def keeps_register(viewer: Any, noun: Any) -> bool:
    return _may(viewer, noun, "people.keep")


@rule(_("nobody for themself"))
def is_anothers(viewer: Any, term: Any) -> bool:
    return bool(viewer.actor != f"person:{term.person_id}")


@rule(_("the person asked"))
def is_the_person(viewer: Any, term: Any) -> bool:
    return bool(viewer.actor == f"person:{term.person_id}")


@rule(_("oneself"))
def is_oneself(viewer: Any, person: Any) -> bool:
    account = getattr(viewer, "account_id", None)
    return account is not None and account == person.account_id and viewer.community_id == person.community_id


@rule(_("everybody of this community"))
def is_somebody_here(viewer: Any, noun: Any) -> bool:
    return bool(getattr(viewer, "is_person", False) and viewer.community_id == noun.community_id)


@rule(_("the organisation's contact person"))
def is_its_contact(viewer: Any, organisation: Any) -> bool:
    return organisation.contact_id is not None and bool(viewer.actor == f"person:{organisation.contact_id}")


def _last(organisation: Any, *verbs: str) -> Any:
    rows = Detail.objects.filter(community=organisation.community_id, noun_id=organisation.pk, verb__in=verbs)
    return rows.order_by("-seq").first()


@rule(_("whoever keeps the register and had no part in the measure"))
def answers_appeals(viewer: Any, organisation: Any) -> bool:
    if not keeps_register(viewer, organisation) or is_its_contact(viewer, organisation):
        return False
    last = _last(organisation, "warn", "suspend", "dissolve")
    return last is None or viewer.actor not in (last.actor, json.loads(last.body)["details"].get("agreed_by"))


@rule(_("an appeal that nobody answered yet"))
def has_appealed(viewer: Any, organisation: Any) -> bool:
    last = _last(organisation, "appeal", "uphold", "grant", "lift")
    return last is not None and last.verb == "appeal"


@rule(_("a person without posts: end them or hand them over"))
def has_no_post(viewer: Any, person: Any) -> bool:
    terms = person.terms.filter(community_id=person.community_id)
    return not terms.exclude(state="ended").exists()


@rule(_("a guest without posts"))
def is_only_a_guest(viewer: Any, person: Any) -> bool:
    return person.kind == "guest" and has_no_post(viewer, person)


@rule(_("a person without an account"))
def has_no_account(viewer: Any, person: Any) -> bool:
    return person.account_id is None


@rule(_("a post that nobody holds and that is offered to nobody"))
def nobody_has_it(viewer: Any, post: Any) -> bool:
    terms = post.terms.filter(community_id=post.community_id)
    return not terms.exclude(state="ended").exists()


@rule(_("an organisation without open parts and posts"))
def has_no_parts(viewer: Any, organisation: Any) -> bool:
    here = {"community_id": organisation.community_id}
    parts = organisation.parts.filter(**here).exclude(state__in=("dissolved", "declined"))
    return not parts.exists() and not organisation.posts.filter(**here, state="open").exists()

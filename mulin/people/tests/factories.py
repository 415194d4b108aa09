"""A small cast: a community, a worker who looks after posts, an officer, a resident, a stranger from elsewhere."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from mulin.kernel.clock import SYSTEM
from mulin.people import actions, queries
from mulin.people.models import Account, Person, Post, PostKind, Term
from mulin.territory import actions as places
from mulin.territory.models import Community

_numbers = count(1)
PASSWORD = "eight lamps"


@dataclass
class Cast:
    """Everyone a test needs, with their posts."""

    community: Community
    kinds: dict[str, PostKind]
    worker: Person
    officer: Person
    resident: Person
    officers_term: Term
    vacant: Post

    def viewer(self, person: Person) -> Any:
        return queries.viewer_of(person)


def make(slug: str = "", language: str = "en") -> Cast:
    """Make a community with its cast."""
    number = next(_numbers)
    slug = slug or f"lane-{number}"
    community = places.found(slug, f"Lane {number}", "L")
    worker_kind = kind(community, "community_worker", ["cases.desk", "people.invite", "people.keep"])
    officer_kind = kind(community, "grid_officer", ["cases.handle"])
    worker = person(community, "周敏", f"zhou{number}@example.org", language=language)
    officer = person(community, "陈晓梅", f"chen{number}@example.org", language=language)
    resident = person(community, "王桂兰", f"wang{number}@example.org", phone="13912345678", language=language)
    hold(post(worker_kind), worker)
    term = hold(post(officer_kind), officer)
    kinds = {"community_worker": worker_kind, "grid_officer": officer_kind}
    return Cast(community, kinds, worker, officer, resident, term, post(officer_kind))


def kind(
    community: Community, key: str, capabilities: list[str], places: tuple[str, ...] = ("community", "grid")
) -> PostKind:
    return actions.add_post_kind(
        by=SYSTEM, community=community, key=key, name_zh=key, name_en=key, places=list(places),
        capabilities=capabilities,
    )  # fmt: skip


def post(kind: PostKind, **place: Any) -> Post:
    return actions.add_post(by=SYSTEM, community=kind.community, kind=kind, **place)


def account(email: str, **more: Any) -> Account:
    return actions.open_account(by=SYSTEM, email=email, password=PASSWORD, **more)


def person(community: Community, name: str, email: str, phone: str = "", language: str = "en") -> Person:
    return actions.add_person(
        by=SYSTEM, community=community, name=name, phone=phone, account=account(email, language=language)
    )


def hold(post: Post, person: Person, **days: Any) -> Term:
    term = actions.offer(by=SYSTEM, post=post, person=person, **days)
    return actions.accept(term, by=queries.viewer_of(person))

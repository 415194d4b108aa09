"""The moves of a connection. Details for the journal name no key and no address."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mulin.cases.models import Category
from mulin.kernel.engine import Once, begin, moves
from mulin.kernel.refusals import Refused

from ..flow import CONNECTION, LIVING
from ..models import Connection, Mapping
from ..queries import forget

MOST_OPEN = 20
MOST_MAPPED = 200


def connect(
    *, by: Any, community: Any, name: str, url: str, form: str = "json", jurisdiction: str = "", key: str = "",
    email: str = "", once: Once | None = None,
) -> Connection:  # fmt: skip
    """Connect another Open311 server, so that cases can be sent on to it; it ends by itself after a year."""
    made = Connection(
        community=community, name=name, url=url, form=form or "json", jurisdiction=jurisdiction, key=key, email=email
    )
    return begin(made, by=by, verb="connect", once=once, prepare=lambda turn, noun: _has_room(noun))


def _has_room(noun: Connection) -> None:
    here = Connection.objects.filter(community_id=noun.community_id, state__in=LIVING).exclude(pk=noun.pk)
    if here.filter(url=noun.url, jurisdiction=noun.jurisdiction).exists():
        raise Refused("has_it", _("This server is connected already. Change that connection, or end it first."))
    if here.count() >= MOST_OPEN:
        words = _("A community has at most %(most)s connections. End one that nobody needs.") % {"most": MOST_OPEN}
        raise Refused("too_many", words)


@moves(CONNECTION)
def change(
    connection: Connection, *, by: Any, name: str, url: str, form: str = "json", jurisdiction: str = "", key: str = "",
    email: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Change how the other server is reached; an empty key leaves the one there is, unless it is another server now."""
    answers = {"name": name, "url": url, "form": form or "json", "jurisdiction": jurisdiction, "email": email}
    # Nobody reads the key, and nobody gets it by leading it to a server of their own.
    answers["key"] = key or (connection.key if url == connection.url else "")
    changed = [each for each, value in answers.items() if getattr(connection, each) != value]
    for each in changed:
        setattr(connection, each, answers[each])
    _has_room(connection)
    return {"changed": sorted(changed)}


@moves(CONNECTION)
def map_category(
    connection: Connection, *, by: Any, category: Category, service_code: str, attributes: dict[str, str] | None = None
) -> dict[str, Any]:
    """Say to which service of the other server the cases of a category go."""
    rows = Mapping.objects.filter(community=connection.community_id, connection=connection)
    row = rows.filter(category=category).first()
    if row is None and rows.count() >= MOST_MAPPED:
        raise Refused("too_many", _("At most %(most)s categories go to one server.") % {"most": MOST_MAPPED})
    row = row or Mapping(community_id=connection.community_id, connection=connection, category=category)
    row.service_code, row.attributes = service_code.strip(), attributes or {}
    row.save()
    forget()
    return {"category": category.key, "service_code": row.service_code}


@moves(CONNECTION)
def unmap_category(connection: Connection, *, by: Any, category: Category) -> dict[str, Any]:
    """Say that the cases of a category no longer go there."""
    Mapping.objects.filter(community=connection.community_id, connection=connection, category=category).delete()
    forget()
    return {"category": category.key}


@moves(CONNECTION)
def pause(connection: Connection, *, by: Any) -> None:
    """Send nothing and ask nothing for a while."""
    forget()


@moves(CONNECTION)
def resume(connection: Connection, *, by: Any) -> None:
    """Go on where it stopped."""
    forget()


@moves(CONNECTION)
def renew(connection: Connection, *, by: Any) -> None:
    """Keep it for another year from now on."""


@moves(CONNECTION)
def end(connection: Connection, *, by: Any) -> None:
    """End it for good; its key is forgotten, and what was sent on is no longer asked for."""
    forget()
    connection.key = ""


@moves(CONNECTION)
def expire(connection: Connection, *, by: Any) -> None:
    """End it after a year, since nobody renewed it."""
    forget()
    connection.key = ""

"""How connections and forwarded cases are walked through."""

from mulin.cases import actions as cases
from mulin.forwarding import actions


def connection_walk(town, pick):
    """Connect another server."""
    return actions.connect(
        by=town.worker, community=town.community, name="City works", url="https://city.example/v2", key=pick(["", "k"])
    ), []


def forwarding_walk(town, pick):
    """Send a case on, which may be in hand by now."""
    connection, _more = connection_walk(town, pick)
    lamp = town.category("lamp")
    connection = actions.map_category(connection, by=town.worker, category=lamp, service_code="L")
    case = town.report(category=lamp)
    if pick([True, True, False]):
        case = cases.accept(case, by=town.worker)
    made = actions.forward(
        by=town.worker, community=town.community, case=case, connection=connection, words="The lamp is out."
    )
    return made, []


WALKS = {"forwarding.Connection": connection_walk, "forwarding.Forwarding": forwarding_walk}

# What the forms take where "x" will not do.
ANSWERS = {
    "url": "https://other.example/v2", "form": "json", "category": "lamp", "attributes": "", "email": "",
    "remote_id": "R-1", "notes": ["Somebody looked"], "state": "open", "said": "A new bulb",
}  # fmt: skip

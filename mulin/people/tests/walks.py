"""How the walks of tests/test_every_flow.py make a person, an organisation and a post."""

from mulin.kernel.clock import SYSTEM
from mulin.kernel.viewer import NOBODY
from mulin.people import actions
from mulin.people.models import Person


def person_walk(town, pick):
    by = pick([town.worker, SYSTEM])
    given = {"name": "Sun", "phone": "13912340001", "kind": pick(["resident", "guest"])}
    return actions.add_person(by=by, community=town.community, **given), [NOBODY]


def organisation_walk(town, pick):
    if pick([True, False]):
        given = {"kind": "interest_group", "name": "Calligraphy", "about": "Every Saturday."}
        return actions.propose(by=town.resident, community=town.community, **given), [NOBODY]
    contact = Person.objects.get(pk=town.resident.person_id)
    made = actions.add_organisation(
        by=SYSTEM, community=town.community, kind="property_firm", name="Firm", contact=contact
    )
    return made, [NOBODY]


def post_walk(town, pick):
    by = pick([town.worker, SYSTEM])
    return actions.add_post(by=by, community=town.community, kind=town.kinds["mediator"]), [NOBODY]


WALKS = {
    "people.Person": person_walk,
    "people.Organisation": organisation_walk,
    "people.Post": post_walk,
}

"""How two entries are found for walks through their joining."""

from mulin.joining import actions
from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.models import Person


def joining_walk(town, pick):
    stays = Person.objects.get(pk=town.resident.person_id)
    if pick([True, False]):
        gone = Person.objects.get(pk=town.neighbour.person_id)  # signs in: is asked
    else:
        gone = people.add_person(by=SYSTEM, community=town.community, name="Wang", phone="13912340002")
    verb = actions.tell_apart if pick([True, False, False]) else actions.propose
    return verb(by=town.worker, community=town.community, stays=stays, gone=gone), []


WALKS = {"joining.Joining": joining_walk}
ANSWERS = {"seen": ""}

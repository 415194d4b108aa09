"""How a consent is made for walks through its flow."""

from mulin.people.models import Person
from mulin.privacy import actions
from mulin.privacy.actions import PACK


def consent_walk(town, pick):
    actions.load_purposes(town.community, PACK)
    purpose = purpose_of(town.community)
    by = pick([town.resident, town.worker])
    person = Person.objects.get(pk=town.resident.person_id)
    return actions.give(by=by, community=town.community, purpose=purpose, person=person), []


def purpose_of(community, key="duty_phone"):
    from mulin.privacy.models import Purpose

    return Purpose.objects.get(community=community, key=key, ends_on=None)


WALKS = {"privacy.Consent": consent_walk}

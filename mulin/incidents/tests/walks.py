"""How incidents are made for walks through their flow."""

from .. import actions


def incident_walk(town, pick):
    for _each in range(4):
        town.report()  # that can be added later
    cases = [town.report() for _each in range(pick([0, 2]))]
    made = actions.declare(
        by=town.worker, community=town.community, title="No light", words="The firm left.", cases=cases
    )
    return made, [town.neighbour]


WALKS = {"incidents.Incident": incident_walk}

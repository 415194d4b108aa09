"""How exclusions are made for walks through their flow."""

from datetime import timedelta

from mulin.kernel import clock

from .. import actions


def exclusion_walk(town, pick):
    case = town.report()
    ground = pick(["law", "decided"])
    made = actions.ask(by=town.worker, community=town.community, case=case, ground=ground, reason="No law allows it.")
    clock.advance(timedelta(days=pick([0, 13, 15])))
    return made, [town.worker_two]


WALKS = {"rates.Exclusion": exclusion_walk}

"""How exports are made for walks through their flow."""

from datetime import timedelta

from mulin.kernel import clock

from .. import actions


def export_walk(town, pick):
    """Ask for an export of what there is."""
    town.report()
    given = {"reason": "For the meeting", "contacts": pick([False, True]), "form": pick(["xlsx", "csv"])}
    made = actions.ask(by=town.worker, community=town.community, **given)
    clock.advance(timedelta(days=pick([0, 4])))
    return made, [town.worker_two]


WALKS = {"channels.Export": export_walk}

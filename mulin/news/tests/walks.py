"""How a group robot's life is walked through."""

from mulin.news import actions


def robot_walk(town, pick):
    """Add a robot to a group of the desk."""
    robot = actions.add(
        by=town.worker, community=town.community, name="第一网格工作群", service=pick(["wecom", "mail"]),
        address="group@baocui.test", events=["cases.case.report"],
    )  # fmt: skip
    return robot, []


WALKS = {"news.Robot": robot_walk}

# What the forms take where "x" will not do.
ANSWERS = {"events": ["cases.case.report"], "service": "mail", "address": "group@baocui.test", "secret": ""}

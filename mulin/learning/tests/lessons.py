"""Settled cases from which a town can learn."""

from mulin.cases import actions
from mulin.kernel.clock import SYSTEM

LAMP = (
    "北门边的路灯不亮",
    "路灯坏了，晚上走路害怕",
    "路灯一闪一闪",
    "小路上的路灯不亮",
    "路灯杆歪了，灯也不亮",
    "北门路灯不亮了",
)
BINS = ("垃圾桶满了没人收", "垃圾桶太臭", "桶满了，垃圾堆在外面", "垃圾没人清运", "垃圾桶边堆满了", "垃圾又没人收")


def solve(town, case, remedy="换了灯头", cause="灯头进水"):
    case = actions.accept(case, by=town.worker)
    case = actions.solve(case, by=town.worker, cause=cause, remedy=remedy)
    return actions.tell(case, by=SYSTEM)


def settled(town, lamps=LAMP, bins=BINS, **fields):
    """Let many people report lamps at the first door and bins at the second, and have them settled."""
    made = []
    for key, texts, door in (("lamp", lamps, 0), ("overflow", bins, 1)):
        for number, words in enumerate(texts):
            by = town.person(f"Neighbour {key} {number}", f"{key}-{number}")
            told = {"words": words, "place": town.where(door), "category": town.category(key), **fields}
            made.append(solve(town, town.report(by=by, **told)))
    return made

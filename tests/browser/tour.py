"""The main pages by role, for the check of accessibility and for `make look`."""

from tests.browser.town import HOME

OPEN, ENDED = "state = 'in_hand'", "state in ('closed', 'refused')"


def pages(town, role):
    """Return the addresses of the pages that a role comes by, by name."""
    return ROLES[role](town)


def _guest(town):
    return {
        "front": "/",
        "home": HOME,
        "report": f"{HOME}report/?e={town.code()}",
        "list": f"{HOME}cases/",
        "case": town.case("is_public", OPEN),
        "follow": f"{HOME}cases/follow/",
        "log": f"{HOME}log/",
        "sign-in": "/sign-in/",
        "code": "/sign-in/code/",
        "join": f"{HOME}join/?e={town.code()}",
        "nothing-here": f"{HOME}nothing/",
    }


def _resident(town):
    return {
        "home": HOME,
        "report": f"{HOME}report/",
        "mine": f"{HOME}cases/mine/",
        "to-confirm": town.case(best="state = 'solved'", role="resident"),
        "own-ended": town.case(best=ENDED, role="resident"),
        "notifications": f"{HOME}notifications/",
        "me": "/me/",
        "people": f"{HOME}people/",
    }


def _officer(town):
    mine = "grid_id = (select id from territory_grid where number = 1)"
    return {
        "day": f"{HOME}cases/queue/",
        "to-take-on": town.case(mine, "state = 'assigned'"),
        "in-hand": town.case(mine, OPEN),
        "ended": town.case(mine, ENDED),
        "notifications": f"{HOME}notifications/",
    }


def _lead(town):
    return {"day": f"{HOME}cases/queue/", "list": f"{HOME}cases/"}


def _worker(town):
    return {
        "queue": f"{HOME}cases/queue/",
        "queue-hand": f"{HOME}cases/queue/?tab=hand",
        "case": town.case(best=OPEN),
        "ended": town.case(best=ENDED),
        "list": f"{HOME}cases/",
        "report": f"{HOME}report/",
        "people": f"{HOME}people/",
        "invite": f"{HOME}invite/",
        "log": f"{HOME}log/",
        "me": "/me/",
    }


def _subdistrict(town):
    return {"queue": f"{HOME}cases/queue/", "list": f"{HOME}cases/", "case": town.case(best="level")}


ROLES = {
    "guest": _guest, "resident": _resident, "officer": _officer, "lead": _lead, "worker": _worker,
    "subdistrict": _subdistrict,
}  # fmt: skip
PLACES = [
    ("guest", ["front", "home", "report", "list", "case", "follow", "log", "sign-in", "code", "join", "nothing-here"]),
    ("resident", ["home", "report", "mine", "to-confirm", "own-ended", "notifications", "me", "people"]),
    ("officer", ["day", "to-take-on", "in-hand", "ended"]),
    ("lead", ["day"]),
    ("worker", ["queue", "queue-hand", "case", "ended", "people", "invite"]),
    ("subdistrict", ["queue", "list", "case"]),
]

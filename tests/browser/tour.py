"""The pages by role, for the check of accessibility and for `make look`."""

from uuid import UUID

from tests.browser import beside, deciding
from tests.browser.town import HOME, PEOPLE

OPEN, ENDED = "state = 'in_hand'", "state in ('closed', 'refused')"
OFFERED, KEPT = "state = 'offered'", "state = 'kept'"
TAKE_PART = f"{HOME}take-part/"


def pages(town, role):
    """Return the addresses of the pages that a role comes by, by name."""
    return {name: path for pages_of in ROLES[role] for name, path in pages_of(town).items()}


def person_of(role):
    """Write the condition under which a row belongs to the person of a role."""
    account = f"select id from people_account where email = '{PEOPLE[role]}'"
    return f"person_id in (select id from people_person where account_id in ({account}))"


def spoken_for(town, role):
    """Return the key of the organisation that the person of a role is the contact person of."""
    return town.one("people_organisation", person_of(role).replace("person_id", "contact_id", 1))


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
        "look-in": f"{HOME}guest/",
        "nothing-here": f"{HOME}nothing/",
        "entrance": town.place("entrance"),
        "search": f"{HOME}places/?q=3",
        "divisions": "/divisions/",
        "people": f"{HOME}people/",
        "take-part": TAKE_PART,
        "claim": f"{TAKE_PART}claims/{town.one('participation_claim', best=OFFERED)}/",
        "consents": f"{HOME}consents/",
        "developers": "/developers/",
        "developers-cases": "/developers/cases/",
        "components": "/style/",
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
        "security": "/me/security/",
        "password": "/me/password/",
        "authenticator": "/me/security/authenticator/",
        "passkey": "/me/security/passkeys/new/",
        "recovery": "/me/security/recovery-codes/",
        "data": "/me/data/",
        "people": f"{HOME}people/",
        "organisations": f"{HOME}people/organisations/",
        "organisation": f"{HOME}people/organisations/{town.one('people_organisation')}/",
        "group-new": f"{HOME}people/organisations/new/",
        "building": town.place("building"),
        "spot": f"{HOME}places/spot/{town.one('territory_spot')}/",
        **_household(town),
        **_taking_part(town),
        "consents": f"{HOME}consents/",
        "consent-new": f"{HOME}consents/new/",
    }


def _household(town):
    home = f"{HOME}households/"
    return {
        "household": f"{home}mine/",
        "declare": f"{home}declare/",
        "member": f"{home}members/{town.one('households_membership', person_of('resident'))}/",
    }


def _taking_part(town):
    shows = "select person_id from participation_talent where state = 'offered' and audience = 'residents'"
    neighbour = town.one("people_person", f"id in ({shows})")
    return {
        "take-part": TAKE_PART,
        "claims": f"{TAKE_PART}claims/",
        "claim": f"{TAKE_PART}claims/{town.one('participation_claim', best=OFFERED)}/",
        "belonging": f"{TAKE_PART}organisations/",
        "members": f"{TAKE_PART}organisations/{spoken_for(town, 'resident')}/",
        "membership-new": f"{TAKE_PART}memberships/new/",
        "membership": f"{TAKE_PART}memberships/{town.one('participation_affiliation', person_of('resident'))}/",
        "registration-new": f"{TAKE_PART}registrations/new/",
        "registration": f"{TAKE_PART}registrations/{town.one('participation_registration', person_of('resident'))}/",
        "talents": f"{TAKE_PART}talents/",
        "talent-new": f"{TAKE_PART}talents/new/",
        "talent": f"{TAKE_PART}talents/{town.one('participation_talent')}/",
        "sign-new": f"{TAKE_PART}signs/new/",
        "groups": f"{TAKE_PART}groups/",
        "neighbour": f"{TAKE_PART}neighbours/{neighbour}/",
    }


def _officer(town):
    mine = "grid_id = (select id from territory_grid where number = 1)"
    return {
        "day": f"{HOME}cases/queue/",
        "to-take-on": town.case(mine, "state = 'assigned'"),
        "in-hand": town.case(mine, OPEN),
        "ended": town.case(mine, ENDED),
        "notifications": f"{HOME}notifications/",
        "people": f"{HOME}people/",
        "household": f"{HOME}households/mine/",
        "take-part": TAKE_PART,
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
        "log": f"{HOME}log/",
        "me": "/me/",
        "overview": f"{HOME}overview/",
        **_people(town),
        **_homes(town),
        **_offered(town),
        **_places(town),
        "consents": f"{HOME}consents/",
        "import": f"{HOME}import/",
        "import-persons": f"{HOME}import/persons/",
        "webhooks": f"{HOME}webhooks/",
        "webhook-new": f"{HOME}webhooks/new/",
    }


def _people(town):
    people = f"{HOME}people/"
    building = town.one("territory_building")
    post = town.one("people_post", f"place_kind = 'building' and replace(place_id, '-', '') = '{UUID(building).hex}'")
    term = town.one("people_term", "state = 'held'")
    person = town.one("people_person", person_of("resident").replace("person_id", "id", 1))
    return {
        "people": people,
        "people-here": f"{people}?place=building:{building}",
        "people-vacant": f"{people}?vacant=1",
        "post": f"{people}posts/{post}/",
        "post-new": f"{people}posts/new/",
        "post-offer": f"{people}posts/{post}/offer/",
        "term-over": f"{people}terms/{term}/hand_over/",
        "persons": f"{people}persons/",
        "person": f"{people}persons/{person}/",
        "person-new": f"{people}persons/new/",
        "organisations": f"{people}organisations/",
        "organisation": f"{people}organisations/{town.one('people_organisation')}/",
        "organisation-new": f"{people}organisations/new/",
        "invite": f"{HOME}invite/",
    }


def _homes(town):
    home = f"{HOME}households/"
    household = town.one("households_household")
    at = f"select dwelling_id from households_household where id = '{UUID(household).hex}'"
    door = town.one("territory_dwelling", f"id in ({at})")
    return {
        "homes": home,
        "homes-building": f"{home}buildings/{town.one('territory_building')}/",
        "homes-door": f"{home}doors/{door}/",
        "homes-form": f"{home}doors/{door}/household/",
        "homes-owner": f"{home}doors/{door}/owner/",
        "homes-owners": f"{home}owners/",
        "homes-one": f"{home}{household}/",
        "homes-add": f"{home}{household}/add/",
        "homes-member": f"{home}members/{town.one('households_membership')}/",
        "homes-guardian": f"{home}guardians/{town.one('households_guardian')}/",
        "homes-ownership": f"{home}ownerships/{town.one('households_ownership')}/",
    }


def _offered(town):
    return {
        "take-part": TAKE_PART,
        "claims": f"{TAKE_PART}claims/",
        "claim-kept": f"{TAKE_PART}claims/{town.one('participation_claim', best=KEPT)}/",
        "claim-new": f"{TAKE_PART}claims/new/",
        "belonging": f"{TAKE_PART}organisations/",
    }


def _places(town):
    grid = town.one("territory_grid")
    return {
        "grid": town.place("grid"),
        "building": town.place("building"),
        "spot": f"{HOME}places/spot/{town.one('territory_spot')}/",
        "search": f"{HOME}places/?q=3",
        "grids": f"{HOME}grids/",
        "grid-draw": f"{HOME}grids/{grid}/",
        "grid-new": f"{HOME}grids/new/",
        "grids-upload": f"{HOME}grids/upload/",
        "boundary": f"{HOME}grids/boundary/",
        "plates": f"{HOME}plates/",
        "plates-sheet": f"{HOME}plates/sheet/?b={town.one('territory_building')}",
        "settings": f"{HOME}settings/",
        "building-new": f"{HOME}places/new/building/",
        "spot-new": f"{HOME}places/new/spot/",
    }


def _secretary(town):
    return {"overview": f"{HOME}overview/", "queue": f"{HOME}cases/queue/", "people": f"{HOME}people/"}


def _auditor(town):
    return {"home": HOME, "who-looked": f"{HOME}consents/audit/", "people": f"{HOME}people/"}


def _subdistrict(town):
    return {
        "overview": "/overview/",
        "one-community": f"{HOME}overview/",
        "queue": f"{HOME}cases/queue/",
        "list": f"{HOME}cases/",
        "case": town.case(best="level"),
        "people": f"{HOME}people/",
    }


OWN = {
    "guest": _guest, "resident": _resident, "officer": _officer, "lead": _lead, "worker": _worker,
    "secretary": _secretary, "auditor": _auditor, "subdistrict": _subdistrict,
}  # fmt: skip
# What each role is led through: the pages of the first packages, what goes on beside cases, what is decided together.
LISTS = (OWN, beside.ROLES, deciding.ROLES)
ROLES = {
    role: [listed[role] for listed in LISTS if role in listed]
    for role in dict.fromkeys(name for listed in LISTS for name in listed)
}

"""How claims, memberships, registrations, talents and signs are made for walks through their flows."""

from datetime import timedelta

from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.models import Person
from mulin.territory.tests.factories import entrances

from .. import actions


def someone(viewer):
    return Person.objects.get(pk=viewer.person_id)


def claim_walk(town, pick):
    claim = actions.offer(
        by=pick([town.worker, SYSTEM]), community=town.community, title="Keep the stairs",
        place=pick([entrances(town.community)[0], None]), term_days=pick([30, 90]),
    )  # fmt: skip
    if pick([True, False]):
        claim = actions.claim(claim, by=town.resident)
    return claim, [town.person("Sun", "sun")]


def organisation(town, name, kind="party_branch", contact=None):
    return people.add_organisation(
        by=SYSTEM, community=town.community, kind=kind, name=name, contact=contact and someone(contact)
    )


def affiliation_walk(town, pick):
    kind = pick(["party_branch", "volunteer_team"])
    first, _other = (organisation(town, name, kind, town.worker_two) for name in ("First", "Second"))
    unknown = kind == "party_branch" and pick([True, False])
    given = {"kind": kind} if unknown else {"organisation": first}
    return actions.declare(by=town.resident, community=town.community, **given), [town.worker_two]


def registration_walk(town, pick):
    if pick([True, False]):
        return actions.register(by=town.resident, community=town.community, areas=["patrol"]), []
    firm = organisation(town, "Firm", "firm", town.worker_two)
    actions.declare(by=town.resident, community=town.community, organisation=firm)
    (made,) = actions.register_members(firm, by=town.worker_two, persons=[someone(town.resident)])
    return made, []


def talent_walk(town, pick):
    audience = pick(["community", "organisations"])
    return actions.share(
        by=town.resident, community=town.community, title="Calligraphy", kind="craft", audience=audience
    ), []


def sign_walk(town, pick):
    sign = actions.put_up(by=town.resident, community=town.community, kind="volunteer", on_page=True)
    clock.advance(timedelta(days=pick([0, 320, 366])))
    return sign, []


WALKS = {
    "participation.Claim": claim_walk,
    "participation.Affiliation": affiliation_walk,
    "participation.Registration": registration_walk,
    "participation.Talent": talent_walk,
    "participation.Sign": sign_walk,
}

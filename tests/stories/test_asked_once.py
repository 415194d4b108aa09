"""The story of filling in the same thing five times: no form asks for what the system holds already."""

import re

import pytest
from django.test import Client

from mulin.cases.actions.contact import see_contact
from mulin.cases.models import Case
from mulin.households.models import Membership
from mulin.households.tests.factories import Homes
from mulin.kernel.clock import SYSTEM
from mulin.participation import actions as taking_part
from mulin.participation.tests.walks import organisation
from mulin.people import actions as people
from mulin.people.models import Organisation, Person, Term
from mulin.people.queries import viewer_of
from mulin.privacy.actions import PACK, load_purposes
from mulin.privacy.models import Consent, Purpose
from mulin.territory.tests.factories import make_community

from .conftest import Web

pytestmark = pytest.mark.usefixtures("english")
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*\bname=\"([^\"]+)\"[^>]*>", re.S)
HIDDEN = {"csrfmiddlewaretoken", "once", "version", "q", "next"}
PHONE = "13912345678"
# Who someone is, and when it is: the register and the clock know it.
HELD = {"name", "phone", "person", "community", "account", "email", "target", "today", "starts_on", "organisation_name"}


@pytest.fixture
def known(town):
    """A resident of whom the register holds number and door; a desk, a branch and what one agrees to."""
    homes = Homes(town)
    person = Person.objects.get(pk=town.resident.person_id)
    people.correct(person, by=town.worker, phone=PHONE, entrance=homes.entrance)
    load_purposes(town.community, PACK)
    town.branch = organisation(town, "Third grid", "party_branch", town.worker_two)
    town.purpose = Purpose.objects.get(community=town.community, key="duty_phone", ends_on=None)
    town.homes, town.household = homes, homes.home(0, town.resident)
    town.offered = taking_part.offer(by=town.worker, community=town.community, title="Stairs", term_days=90)
    return town


def asked_by(page):
    """List what a page's main form asks of the person before it; what is hidden is not asked."""
    main = page.content.decode().split("<main", 1)[-1].split("</main>", 1)[0]
    found = FIELD.finditer(main)
    return {one[1] for one in found if 'type="hidden"' not in one[0]} - HIDDEN


FORMS = {
    "report": ("report/", {"words", "photos", "address", "category", "disclosure", "contact_phone", "e"}),
    "declare home": ("households/declare/", {"building", "entrance", "door", "relation", "is_second", "starts_on"}),
    "admit a member": (
        "households/{household}/add/",
        {"name", "born_on", "relation", "is_second", "starts_on", "consent"},
    ),
    "register as volunteer": ("take-part/registrations/new/", {"areas", "post_kinds", "words"}),
    "declare membership": ("take-part/memberships/new/", {"organisation", "kind"}),
    "share a talent": ("take-part/talents/new/", {"title", "kind", "words", "audience"}),
    "put up a sign": ("take-part/signs/new/", {"kind", "scope", "on_page", "at_door"}),
    "take a claim": ("take-part/claims/{claim}/claim/", set()),
    "found a group": ("people/organisations/new/", {"kind", "name", "about"}),
    "give consent": ("consents/new/", {"purpose"}),
}
# Here the word means another one: the group's name, a child's, since when one lives there.
OTHERS = {"found a group": {"name"}, "admit a member": {"name", "starts_on"}, "declare home": {"starts_on"}}


@pytest.mark.story("E3")
@pytest.mark.parametrize("form", FORMS)
def test_a_form_asks_only_what_nobody_told_before(known, form):
    path, may_ask = FORMS[form]
    page = Web(known, known.resident).open(path.format(household=known.household.pk, claim=known.offered.pk))
    assert page.status_code == 200
    asked = asked_by(page)
    assert asked <= may_ask, asked - may_ask
    assert not (asked & HELD) - OTHERS.get(form, set())


@pytest.mark.story("E3")
def test_whoever_joins_a_second_community_is_asked_nothing_again(known):
    make_community("lane")
    who = Web(known, known.resident)
    page = who.open("/lane/join/")
    assert asked_by(page) == {"name", "home", "plate"}
    assert 'value="Wang"' in page.content.decode()
    assert who.client.post("/lane/join/").status_code == 302
    assert Person.objects.get(community__slug="lane").account_id == known.resident.account_id


@pytest.mark.story("E3")
def test_the_home_form_begins_with_the_door_of_the_register(known):
    page = Web(known, known.resident).open("households/declare/").content.decode()
    assert re.search(rf'name="building" value="{known.homes.house.pk}"[^>]*checked', page)
    assert re.search(r'name="entrance"[^>]*value="1门"|value="1门"[^>]*name="entrance"', page)


@pytest.mark.story("E3")
def test_a_report_needs_no_number_for_the_desk_to_call(known, door):
    who = door(known, known.resident)
    case = Case.objects.get(pk=who.report("楼道的灯不亮"))
    assert case.contact_phone == ""
    assert see_contact(case, by=known.officer, reason="To ask which floor") == PHONE
    if door is Web:
        page = who.open("report/").content.decode()
        assert "Empty means the number we have" in page
        assert "Empty means the number we have" not in Web(known).open("report/").content.decode()


@pytest.mark.story("E3")
def test_what_the_register_holds_is_filled_in_by_itself(known, door):
    who, me = door(known, known.resident), known.resident.person_id
    zhao = door(known, known.neighbour)
    said = zhao.make("declarations", building=str(known.homes.house.pk), door="102", relation="tenant")
    assert Membership.objects.get(pk=said).person_id == known.neighbour.person_id
    for kind, answers in {
        "registrations": {"areas": ["patrol"]},
        "affiliations": {"organisation": str(known.branch.pk)},
        "talents": {"title": "Erhu", "kind": "music", "audience": "community"},
        "signs": {"kind": "volunteer", "scope": "person", "on_page": True},
        "consents": {"purpose": str(known.purpose.pk)},
    }.items():
        made = who.make(kind, **answers)
        assert who.status(made, kind) == 200
    for name in ("Registration", "Affiliation", "Talent", "Sign"):
        from django.apps import apps

        assert apps.get_model("participation", name).objects.get().person_id == me, name
    assert Consent.objects.get().person_id == me
    who.make("organisations", kind="interest_group", name="Erhu", about="Sundays")
    assert Organisation.objects.get(name="Erhu").contact_id == me
    assert who.move(known.offered.pk, "claim", "claims") in (200, 302)
    known.offered.refresh_from_db()
    assert known.offered.holder_id == me


@pytest.mark.story("E3")
def test_a_post_is_offered_without_dates_and_begins_today(known, door):
    desk, person = door(known, known.worker), Person.objects.get(pk=known.resident.person_id)
    post = people.add_post(by=SYSTEM, community=known.community, kind=known.kinds["mediator"])
    if door is Web:
        answer = desk.send(f"people/posts/{post.pk}/offer/", post=post.pk, name=person.name, phone=PHONE)
        assert answer.status_code == 302
    else:
        desk.make("terms", post=str(post.pk), person=str(person.pk))
    term = Term.objects.get(post=post)
    assert (term.ends_on - term.starts_on).days == 365
    assert viewer_of(person).person_id == term.person_id


@pytest.mark.story("E3")
def test_a_program_is_asked_as_little(known):
    document = Client().get("/api/v1/openapi.json").json()
    for kind in ("registrations", "affiliations", "talents", "signs", "declarations"):
        body = document["paths"][f"/api/v1/{{slug}}/{kind}"]["post"]["requestBody"]["content"]["application/json"]
        asked = set(body["schema"]["properties"])
        assert not asked & (HELD - {"starts_on"}), kind

"""Calls written down by few letters, and the slip of paper for who goes there."""

import pytest

from mulin.cases.models import Case
from mulin.cases.tests.callers import browser
from mulin.channels import queries
from mulin.kernel.clock import SYSTEM
from mulin.people import actions as people
from mulin.people.models import AccessLine
from mulin.territory.queries import entrances

pytestmark = pytest.mark.django_db


def call(town, **more):
    return {"words": "楼道的灯不亮", "place": "2-1", "kind": "", "phone": "", "name": "", "once": "a-key", **more}


@pytest.mark.story("E3")
def test_a_call_is_written_down_and_its_number_stands_above_the_next_form(town):
    desk, address = browser(town.worker), f"/{town.community.slug}/desk/"
    sent = desk.post(address, call(town, phone="139 0000 1234", name="Wu"))
    assert sent.status_code == 302, sent.content.decode()
    case = Case.objects.get()
    assert (case.is_behalf, case.contact_phone, case.contact_name) == (True, "13900001234", "Wu")
    assert (case.building.number, case.entrance.name[:1]) == (2, "1")
    page = desk.get(address).content.decode()
    assert case.number in page
    assert "Secret code" in page
    assert case.number not in desk.get(address).content.decode()


def test_a_second_click_writes_it_down_once(town):
    desk = browser(town.worker)
    for _click in range(2):
        desk.post(f"/{town.community.slug}/desk/", call(town))
    assert Case.objects.count() == 1


def test_nobody_but_the_desk_has_the_form(town):
    for viewer in (town.resident, town.officer):
        assert browser(viewer).get(f"/{town.community.slug}/desk/").status_code == 404
        assert browser(viewer).post(f"/{town.community.slug}/desk/help/", call(town)).status_code == 404


def test_a_few_letters_name_a_kind_and_what_is_unclear_is_asked_back(town):
    assert [row.key for row in queries.kinds(town.community, "lamp")] == ["lamp"]
    desk = browser(town.worker)
    answer = desk.post(f"/{town.community.slug}/desk/", call(town, kind="a"))
    assert answer.status_code == 422
    assert "Which one?" in answer.content.decode()
    assert "楼道的灯不亮" in answer.content.decode()
    desk.post(f"/{town.community.slug}/desk/", call(town, kind="lamp"))
    assert Case.objects.get().category.key == "lamp"


def test_the_code_of_a_plate_names_its_door(town):
    door = entrances(town.community)[0]
    assert queries.place_typed(town.community, door.code.lower()).entrance == door


def test_a_caller_is_known_by_two_things_and_shown_masked(town):
    door = entrances(town.community)[0]
    people.add_person(by=SYSTEM, community=town.community, name="赵六", phone="13911112222", entrance=door)
    desk, address = browser(town.worker), f"/{town.community.slug}/desk/help/"
    alone = desk.post(address, call(town, phone="13911112222", place="somewhere")).content.decode()
    assert "139****2222" not in alone
    both = desk.post(address, call(town, phone="13911112222", place=door.code)).content.decode()
    assert "赵*" in both
    assert "139****2222" in both
    assert "13911112222" not in both


def test_what_was_reported_there_already_is_told_while_the_caller_waits(town):
    case = town.report()
    door = town.where().entrance
    page = browser(town.worker).post(
        f"/{town.community.slug}/desk/help/", call(town, words="楼道的灯不亮，看不清台阶", place=door.code)
    )
    assert case.number in page.content.decode()


# ---- the slip ----


@pytest.mark.story("E1")
def test_a_slip_says_what_where_and_when_it_is_done_but_no_number(town):
    case = town.report(category=town.category("lamp"), contact_phone="13900001234")
    officer, address = browser(town.officer), f"/{town.community.slug}/slips/{case.pk}/"
    page = officer.get(address).content.decode()
    assert case.number in page
    assert "楼道的灯不亮" in page
    assert queries.closing(case)[0] in page
    assert "<svg" in page
    assert "13900001234" not in page
    assert officer.get(f"{address}?paper=narrow").status_code == 200


def test_a_number_is_on_the_slip_only_after_a_reason_and_the_reporter_reads_it(town):
    case = town.report(contact_phone="13900001234")
    officer, address = browser(town.officer), f"/{town.community.slug}/slips/{case.pk}/"
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert "13900001234" in officer.post(address, {"reason": "To be let in"}).content.decode()
    assert AccessLine.objects.filter(subject=town.resident.person_id, what="contact", reason="To be let in").exists()


def test_a_slip_is_for_those_who_handle_the_case(town):
    case = town.report()
    for viewer in (town.resident, town.neighbour):
        assert browser(viewer).get(f"/{town.community.slug}/slips/{case.pk}/").status_code == 404
        assert "/slips/" not in browser(viewer).get(case.get_absolute_url()).content.decode()

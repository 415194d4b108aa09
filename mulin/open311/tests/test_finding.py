"""Lists: paging, boxes and circles, what was answered, the bulk table, updates; and what they cost."""

import csv
import io
from datetime import timedelta

import pytest

from mulin.cases import actions as cases
from mulin.cases.tests.factories import make_town
from mulin.kernel import clock

from .callers import Program, read


def numbers(answer):
    return [each["service_request_id"] for each in answer.json()]


def test_pages_follow_one_another_and_the_array_stays_an_array(program, town):
    made = []
    for _ in range(5):
        made.insert(0, town.report().number)
        clock.advance(timedelta(minutes=1))
    first = program.get("requests.json", page_size="2", status="open")
    assert numbers(first) == made[:2]
    assert 'page=2>; rel="next"' in first["Link"]
    assert "status=open" in first["Link"]
    last = program.get("requests.json", page_size="2", page="3")
    assert numbers(last) == made[4:]
    assert 'rel="prev"' in last["Link"]
    assert 'rel="next"' not in last["Link"]


def test_a_box_and_a_circle_go_by_the_point_that_everyone_sees(program, town):
    near, far = town.report(place=town.where(0)), town.report(place=town.where(2))
    lon, lat = near.shown_lon, near.shown_lat
    box = f"{lon - 0.0003},{lat - 0.0003},{lon + 0.0001},{lat + 0.0003}"
    assert numbers(program.get("requests.json", bbox=box)) == [near.number]
    assert numbers(program.get("requests.json", lat=str(lat), long=str(lon), radius="5")) == [near.number]
    assert len(numbers(program.get("requests.json", lat=str(lat), long=str(lon), radius="5000"))) == 2
    assert far.number not in numbers(program.get("requests.json", lat=str(lat), long=str(lon)))


def test_only_answers_that_were_chosen_are_shown_to_everyone(asking, program):
    number = program.report(**{"attribute[how]": "flickers", "attribute[pole]": "Ms Wang's 7"}).json()[0]
    row = program.get(f"requests/{number['service_request_id']}.json", extensions="true").json()[0]
    assert row["attributes"] == [
        {
            "code": "how", "description": "What is wrong with the lamp?",
            "values": [{"key": "flickers", "name": "It flickers"}],
        }
    ]  # fmt: skip


def test_what_happened_is_told_without_who(program, town):
    case = town.report()
    cases.accept(case, by=town.officer)
    cases.me_too(case, by=town.neighbour)
    case = cases.solve(case, by=town.worker, cause="x", remedy="secret", summary="New bulb")
    row = program.get(f"requests/{case.number}.json", extensions="true").json()[0]
    said = [each["description"] for each in row["notes"]]
    assert said == ["It was reported", "It was taken on", "It was solved: New bulb"]
    updates = program.get("servicerequestupdates.json", service_request_id=case.number)
    assert [(each["description"], each["status"]) for each in updates.json()] == [
        ("It was solved: New bulb", "closed"), ("It was taken on", "open"), ("It was reported", "open"),
    ]  # fmt: skip
    assert read(program.get("servicerequestupdates.xml")) == read(program.get("servicerequestupdates.json"))
    ids = [each["update_id"] for each in updates.json()]
    assert len(set(ids)) == 3


def test_updates_are_narrowed_to_a_time_and_come_in_pages(program, town):
    town.report()
    clock.advance(timedelta(days=2))
    cases.accept(town.report(), by=town.officer)
    since = (clock.now() - timedelta(days=1)).isoformat()
    assert len(program.get("servicerequestupdates.json").json()) == 3
    assert len(program.get("servicerequestupdates.json", start_date=since).json()) == 2
    page = program.get("servicerequestupdates.json", page_size="1")
    assert len(page.json()) == 1
    assert 'rel="next"' in page["Link"]
    assert program.get("servicerequestupdates.json", start_date="1999-01-01", end_date="2000-01-01").status_code == 400


def test_confidential_and_household_matters_are_nowhere(program, town):
    household = next(
        row for row in town.category("lamp").__class__.objects.filter(is_household=True, parent__isnull=False)
    )
    hidden = [town.report(disclosure="confidential"), town.report(category=household)]
    assert household.key not in {each["service_code"] for each in program.get("services.json").json()}
    assert program.report(service_code=household.key).status_code == 404
    assert program.get(f"services/{household.key}.json").status_code == 404
    listed = ",".join(case.number for case in hidden)
    for path in ("requests", "servicerequestupdates"):
        assert program.get(f"{path}.json").json() == []
        assert program.get(f"{path}.json", service_request_id=listed).json() == []
    for case in hidden:
        assert program.get(f"requests/{case.number}.json").status_code == 404
        assert case.number not in program.get("requests.csv").content.decode()


def test_what_became_private_later_is_gone(program, town):
    case = town.report()
    household = case.category.__class__.objects.filter(is_household=True, parent__isnull=False).first()
    cases.correct(case, by=town.worker, category=household)
    assert program.get(f"requests/{case.number}.json").status_code == 404
    assert program.get("servicerequestupdates.json").json() == []


def test_the_bulk_table_is_one_that_no_spreadsheet_runs(program, town):
    case = town.report()
    cases.summarise(case, by=town.worker, summary="=HYPERLINK(1)")
    answer = program.get("requests.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    found = dict(zip(head, row, strict=True))
    assert found["service_request_id"] == case.number
    assert found["description"] == "'=HYPERLINK(1)"
    assert (found["status_description"], found["closed_date"]) == ("open", "")
    assert program.get("requests.csv", status="lost").json()[0]["code"] == 400


def test_everything_may_be_read_from_any_page(program):
    assert program.get("requests.json")["Access-Control-Allow-Origin"] == "*"


def test_words_follow_the_reader(town):
    case = town.report()
    for language, state in (("en", "Assigned"), ("zh-hans", "已派单")):
        row = Program(town, language=language).get(f"requests/{case.number}.json").json()[0]
        assert row["status_notes"] == state


@pytest.mark.parametrize(
    ("path", "most"),
    [("services.json", 3), ("services/lamp.json", 4), ("requests.json", 4), ("servicerequestupdates.json", 2)],
)
def test_a_list_costs_few_statements_however_long_it_is(program, asking, path, most, django_assert_max_num_queries):
    for _ in range(12):
        asking.report()
    program.get(path)
    with django_assert_max_num_queries(most):
        program.get(path)


def test_a_list_with_all_about_each_costs_two_more(program, town, django_assert_max_num_queries):
    for _ in range(12):
        town.report()
    program.get("requests.json")
    with django_assert_max_num_queries(6):
        assert len(program.get("requests.json", extensions="true").json()) == 12


def test_a_report_costs_little_more_than_on_the_page(program, asking, django_assert_max_num_queries):
    program.report()
    with django_assert_max_num_queries(28):
        assert program.report(description="x", **{"attribute[how]": "out"}).status_code == 200


def test_towns_do_not_see_one_another(program, town):
    other = make_town("huwei", letter="H")
    case = other.report()
    assert program.get(f"requests/{case.number}.json").status_code == 404
    assert program.get("requests.json", service_request_id=case.number).json() == []
    assert Program(other).get("requests.json").json()[0]["service_request_id"] == case.number

"""The register of persons: two things to find someone, a line for each look, corrections, moving away, and age."""

from datetime import date, timedelta

import pytest

from mulin.entry.tests.factories import sign_in
from mulin.journal.models import Detail
from mulin.kernel import clock
from mulin.kernel.clock import SYSTEM
from mulin.kernel.refusals import Refused
from mulin.people import actions, figures, queries
from mulin.people.models import AccessLine, Person
from mulin.people.tests import factories
from mulin.territory import actions as places

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def desk(client, cast):
    """The worker at the desk, signed in."""
    sign_in(client, cast.worker)
    client.base = f"/{cast.community.slug}/people/persons/"
    return client


def test_one_thing_alone_finds_nobody(desk, cast):
    for asked in ({"name": "王桂兰"}, {"phone": "13912345678"}, {"born_in": "1950"}, {}):
        page = desk.post(desk.base, asked).content.decode()
        assert "Give two things that you know" in page
        assert f"{cast.resident.pk}" not in page


def test_two_things_find_someone_masked_and_leave_no_line(desk, cast):
    page = desk.post(desk.base, {"name": "王桂", "phone": "139 1234 5678"}).content.decode()
    assert str(cast.resident.pk) in page
    assert "139****5678" in page
    assert "13912345678" not in page.replace("139 1234 5678", "")
    assert not AccessLine.objects.exists()


def test_at_most_ten_are_shown(cast):
    house = places.add_building(cast.community, "1号楼", lon=121.5, lat=31.2)
    door = places.add_entrance(house, "1门")
    for number in range(12):
        actions.add_person(by=SYSTEM, community=cast.community, name=f"李{number:02}", entrance=door)
    found = queries.search(Person.objects.visible_to(cast.viewer(cast.worker)), name="李", building=house)
    assert len(found) == 10


def test_the_year_of_birth_is_one_of_the_two(cast):
    born = date(1950, 3, 1)
    actions.correct(cast.resident, by=cast.viewer(cast.worker), born_on=born)
    rows = Person.objects.visible_to(cast.viewer(cast.worker))
    assert queries.search(rows, name="王桂兰", born_in=1950) == [cast.resident]
    assert queries.search(rows, name="王桂兰", born_in=1951) == []


def test_only_who_keeps_the_register_searches_it(client, cast):
    sign_in(client, cast.officer)
    assert client.get(f"/{cast.community.slug}/people/persons/").status_code == 403
    assert client.get(f"/{cast.community.slug}/people/persons/{cast.resident.pk}/").status_code == 404


def test_who_opens_an_entry_leaves_one_line_an_hour(desk, cast):
    url = f"{desk.base}{cast.resident.pk}/"
    for _ in range(2):
        assert "139****5678" in desk.get(url).content.decode()
    assert AccessLine.objects.get().what == "page"
    clock.advance(timedelta(hours=1))
    desk.get(url)
    assert AccessLine.objects.filter(subject=cast.resident).count() == 2


def test_someone_is_entered_by_hand_but_not_twice(desk, cast):
    asked = {"name": "孙丽华", "phone": "13900000001", "kind": "resident", "born_on": "1958-06-01", "once": "a"}
    made = desk.post(f"{desk.base}new/", asked)
    person = Person.objects.get(name="孙丽华")
    assert made["Location"] == person.get_absolute_url()
    again = desk.post(f"{desk.base}new/", {**asked, "once": "b"})
    assert again.status_code == 409
    assert "in the register already" in again.content.decode()


def test_a_correction_keeps_what_was_left_empty_and_writes_no_words(desk, cast):
    asked = {"name": "王桂蓝", "phone": "", "kind": "", "born_on": "", "version": 1}
    assert desk.post(f"{desk.base}{cast.resident.pk}/correct/", asked).status_code == 302
    person = Person.objects.get(pk=cast.resident.pk)
    assert (person.name, person.phone, person.kind) == ("王桂蓝", "13912345678", "resident")
    body = Detail.objects.get(noun_id=person.pk, verb="correct").body
    assert '"changed":["name"]' in body
    assert "王桂蓝" not in body


def test_who_holds_a_post_cannot_move_away_before_it_is_handed_over(cast):
    by = cast.viewer(cast.worker)
    with pytest.raises(Refused, match="Needed first: a person without posts"):
        actions.move_away(cast.officer, by=by)
    actions.end(cast.officers_term, by=by, reason="Moves")
    gone = actions.move_away(cast.officer, by=by)
    assert (gone.state, gone.left_on) == ("left", figures.today_in(cast.community))
    with pytest.raises(Refused, match="moved away"):
        actions.offer(by=by, post=cast.vacant, person=gone)
    assert actions.come_back(gone, by=by).left_on is None


def test_who_is_under_fourteen_gets_no_account_and_no_post(cast):
    young = figures.today_in(cast.community) - timedelta(days=13 * 365)
    with pytest.raises(Refused, match="under 14"):
        actions.add_person(
            by=SYSTEM, community=cast.community, name="小宁", born_on=young, account=factories.account("x@example.org")
        )
    child = actions.add_person(by=SYSTEM, community=cast.community, name="小宁", born_on=young)
    with pytest.raises(Refused, match="under 14"):
        actions.offer(by=SYSTEM, post=cast.vacant, person=child)
    with pytest.raises(Refused, match="under 14"):
        actions.correct(cast.resident, by=cast.viewer(cast.worker), born_on=young)


def test_age_counts_birthdays():
    assert figures.age_on("2012-11-23", date(2026, 11, 22)) == 13
    assert figures.age_on("2012-11-23", date(2026, 11, 23)) == 14
    assert figures.age_on("2012-02-29", date(2026, 2, 28)) == 13
    assert figures.age_on("", date(2026, 1, 1)) is None


def test_a_date_of_birth_is_stored_unreadable(cast):
    from django.db import connection

    actions.correct(cast.resident, by=cast.viewer(cast.worker), born_on=date(1950, 3, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT born_on FROM people_person WHERE born_on <> ''")
        assert "1950" not in cursor.fetchone()[0]
